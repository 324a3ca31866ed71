"""Asked: who may act here and on what, told by a link, by an assignment of one's own, or by a step open to requests."""

import hashlib
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from fastapi import HTTPException, Request

from store.links import find_link_by_hash
from store.lists import asked_by_id
from web.frame.surroundings import require_signed_in, services_of
from web.security.seals import open_sealed
from web.security.visits import SESSION
from web.services import Services

LINK: Final = "link"
"""Purpose of the sealed cookie that stands in for a link."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One person before one thing to be done."""

    person: str
    case_id: str
    step: str
    key: str | None
    assignment_id: str | None
    """None for a step that is asked for of one's own accord."""
    shown: str | None
    status: str
    """`open`; or `expired`, `done`, `withdrawn`; or `not now` for a step that cannot be asked for at present."""
    query: str
    """The address of the page after `/d?`."""
    holder: str
    """What the forms of the page are sealed for."""
    by_link: bool

    @property
    def subject(self) -> str:
        """What a one-time code is good for: this one person, here, and nothing else."""
        return self.assignment_id or f"{self.case_id}/{self.step}/{self.person}"


def link_name(hashed: str) -> str:
    """What the page of a link is called in the address bar: no secret, and of no use without the cookie."""
    return hashlib.sha256(f"page {hashed}".encode()).hexdigest()[:16]


def cookie_of(name: str) -> str:
    """The cookie of a link's page. Each link has its own, so that two can be open side by side."""
    return f"duly_d_{name}"


def asked(request: Request) -> Asked:
    """Who is asked. Raises 401 for a visitor who must sign in, 404 for what does not exist, 410 for a lapsed page."""
    services, query = services_of(request), request.query_params
    if name := query.get("link"):
        return _by_link(services, request, name)
    person = require_signed_in(request)
    holder = request.cookies[SESSION]
    if assignment_id := query.get("do"):
        return _by_assignment(services, person, assignment_id, holder)
    case_id, _, step = (wanted := query.get("ask", "")).partition("/")
    if not step:
        raise HTTPException(404, "page")
    return Asked(person, case_id, step, None, None, None, "open", f"ask={quote(wanted)}", holder, by_link=False)


def _by_link(services: Services, request: Request, name: str) -> Asked:
    cookie = request.cookies.get(cookie_of(name), "")
    hashed = open_sealed(services.secret, LINK, cookie, services.wall())
    if hashed is None or link_name(hashed) != name:
        raise HTTPException(410, "link")
    with services.store.database.reading() as connection:
        link = find_link_by_hash(connection, hashed, services.clock())
    if link is None:
        raise HTTPException(404, "link")
    return Asked(
        link.person, link.case_id, link.step, link.key, link.assignment_id, link.shown, link.status, f"link={name}",
        # Not the cookie's text, which changes when the link is opened again: a page opened before must still work.
        hashed, by_link=True,
    )  # fmt: skip


def _by_assignment(services: Services, person: str, assignment_id: str, holder: str) -> Asked:
    with services.store.database.reading() as connection:
        row = asked_by_id(connection, assignment_id)
    # Somebody else's assignment does not exist for this reader, so that nobody learns of it by trying.
    if row is None or row.person != person:
        raise HTTPException(404, "assignment")
    return Asked(
        person, row.case_id, row.step, row.key, row.id, row.shown, row.status, f"do={quote(row.id)}", holder,
        by_link=False,
    )  # fmt: skip
