"""The built-in mailbox of a demonstration: every mail as its reader would see it. On a real system there is none."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from notifications.mailbox import Kept, Mailbox
from web.frame.headers import HEADERS
from web.frame.rendering import page
from web.frame.surroundings import Given, company

router: Final = APIRouter()

_FRAME: Final = "Content-Security-Policy"

_OUTSIDE: Final = {_FRAME: f"{HEADERS[_FRAME]}; frame-src 'self'"}

_INSIDE: Final = {
    # What a mail holds is a stranger's: no script, nothing from elsewhere, an origin of its own; only links go out.
    _FRAME: (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; "
        "sandbox allow-top-navigation-by-user-activation"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}


def _mailbox(services: Given) -> Mailbox:
    if not services.settings.demo or services.mailbox is None:
        raise HTTPException(404, "mailbox")
    return services.mailbox


Box = Annotated[Mailbox, Depends(_mailbox)]


@router.get("/mailbox")
def index(request: Request, box: Box, services: Given, to: str = "") -> Response:
    """Mails, the newest first; of one person if asked."""
    people = company(services).organisation.people.values()
    readers = {one.email: one.name for one in people}
    mails = box.mails(to)
    written = {mail.to for mail in mails} | {to}
    known = sorted((name, address) for address, name in readers.items() if address in written or not to)
    return page(request, "mailbox/page.html", mails=mails, readers=known, to=to)


@router.get("/mailbox.json")
def as_data(box: Box, to: str = "") -> Response:
    """The same for programs."""
    return JSONResponse([_data(mail) for mail in box.mails(to)])


@router.get("/mailbox/{mail_id}")
def show(request: Request, box: Box, mail_id: str, form: str = "html") -> Response:
    """One mail: as a mail client shows it, as text, or as it was sent."""
    response = page(request, "mailbox/mail.html", mail=_found(box, mail_id), form=form)
    response.headers.update(_OUTSIDE)
    return response


@router.get("/mailbox/{mail_id}/body")
def body(box: Box, mail_id: str) -> Response:
    """The HTML of a mail, for the frame on its page; its links open in the whole window."""
    html = _found(box, mail_id).html.replace("<head>", '<head><base target="_top">', 1)
    return HTMLResponse(html, headers=_INSIDE)


def _found(box: Mailbox, mail_id: str) -> Kept:
    mail = box.mail(mail_id)
    if mail is None:
        raise HTTPException(404, "mail")
    return mail


def _data(mail: Kept) -> dict[str, object]:
    return {
        "id": mail.id, "to": mail.to, "name": mail.name, "subject": mail.subject, "message_id": mail.message_id,
        "date": mail.date.isoformat() if mail.date else None, "text": mail.text, "links": list(mail.links),
    }  # fmt: skip
