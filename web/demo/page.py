"""The home of a demonstration: what to try first, and a way to be anybody of the sample company. Never in earnest."""

from typing import Final

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from web.answers.pickers import people
from web.answers.typed import Sent
from web.frame.rendering import page
from web.frame.surroundings import Given, company
from web.security.visits import VISIT, require_seal, seal_form, set_cookie, visitor
from web.signin.page import begin

FIRST: Final = ("acceptor", "dept_handler", "cs_manager", "security_officer", "gm")
"""Roles of those whom a newcomer wants to be, if the company has them."""


def _demo_only(services: Given) -> None:
    if not services.settings.demo:
        raise HTTPException(404, "demo")


router: Final = APIRouter(dependencies=[Depends(_demo_only)])


@router.get("/demo")
def show(request: Request, services: Given) -> Response:
    """What to try, and whom to be."""
    found = company(services)
    roles = found.organisation.roles
    first = {role.holders[0]: role.title.zh for name in FIRST if (role := roles.get(name)) is not None and role.holders}
    holder = visitor(request)
    new_visit = "" if holder else services.new_token()
    response = page(
        request, "demo/page.html", first=[(name, found.organisation.people[name].name, first[name]) for name in first],
        people=people(found, services.clock()), seal=seal_form(services, holder or new_visit),
        prefect=services.prefect,
    )  # fmt: skip
    if new_visit:
        set_cookie(services, response, VISIT, new_visit, 24 * 3600)
    return response


@router.post("/demo/as")
def become(request: Request, sent: Sent, services: Given) -> Response:
    """Sign in as somebody, without a password."""
    require_seal(services, request, visitor(request), sent.text("nonce"), sent.text("mark"))
    person = sent.text("person")
    if not company(services).employed(person, services.clock()):
        raise HTTPException(400, "person")
    return begin(services, person)
