"""Visits: forms are sealed for the browser that asked for them, so that no other site can send one for it.

Every form carries a nonce, made anew each time it is shown, and a seal over the nonce and what the browser's cookie
says. The nonce also names the event that the form records: two clicks on one form are one event.
"""

import hashlib
from dataclasses import dataclass

from fastapi import HTTPException, Request, Response

from web.security.seals import seal, sealed_right
from web.services import Services

VISIT = "duly_visit"
BY_LINK = "duly_by_link"
"""For a while after signing in by a mailed link: whoever has the mailbox may forget the password."""
SESSION = "duly_session"


@dataclass(frozen=True, slots=True)
class FormSeal:
    """The two hidden inputs of every form."""

    nonce: str
    mark: str


def visitor(request: Request) -> str:
    """What the browser is known by: its session, else its visit; empty on the first request."""
    return request.cookies.get(SESSION) or request.cookies.get(VISIT) or ""


def seal_form(services: Services, holder: str) -> FormSeal:
    """A new seal for a form; `holder` is the cookie's text it is bound to."""
    nonce = services.new_token()
    return FormSeal(nonce, seal(services.secret, "form", f"{nonce}\n{holder}"))


def require_seal(services: Services, request: Request, holder: str, nonce: str, mark: str) -> None:
    """Raise 403 for a form that was not shown to this browser."""
    foreign = request.headers.get("sec-fetch-site") in ("cross-site", "same-site")
    if foreign or not holder or not nonce or not sealed_right(services.secret, "form", f"{nonce}\n{holder}", mark):
        raise HTTPException(403, "form")


def event_of(case_id: str, nonce: str) -> str:
    """The event id of a form: the same for every click on it."""
    return f"{case_id}/web/{hashlib.sha256(nonce.encode()).hexdigest()[:32]}"


def set_cookie(services: Services, response: Response, name: str, value: str, seconds: int, path: str = "/") -> None:
    """A cookie that no script reads and no other site's form sends."""
    response.set_cookie(
        name, value, max_age=seconds, path=path, httponly=True, samesite="lax",
        secure=services.settings.secure_cookies,
    )  # fmt: skip
