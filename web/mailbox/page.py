"""The built-in mailbox of a demonstration: every mail as its reader would see it. On a real system there is none."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from notifications.mailbox import Kept, Mailbox, NotTaken, Writing
from web.answers.typed import Sent
from web.frame.headers import HEADERS
from web.frame.rendering import page
from web.frame.surroundings import Given, company
from web.security.visits import VISIT, require_seal, seal_form, set_cookie, visitor
from web.services import Services

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


@router.get("/mailbox/write", dependencies=[Depends(_mailbox)])
def write(request: Request, services: Given, to: str = "", sender: str = "", subject: str = "") -> Response:
    """An empty mail, to one of the company's mailboxes, or an answer to a mail."""
    return _writing(request, services, Writing(sender, "", to, subject, ""), "")


@router.post("/mailbox/write")
def deliver(request: Request, box: Box, sent: Sent, services: Given) -> Response:
    """Send it, as the sender's mail client would; then the mailbox shows what comes of it."""
    require_seal(services, request, visitor(request), sent.text("nonce"), sent.text("mark"))
    people = {one.email: one.name for one in company(services).organisation.people.values()}
    sender = sent.text("sender").strip()[:100]
    writing = Writing(
        sender, people.get(sender, sent.text("name").strip()[:60]), sent.text("to").strip()[:200],
        sent.text("subject")[:200], sent.text("text")[:20_000], sender in people,
    )  # fmt: skip
    try:
        box.hand_over(writing)
    except NotTaken as error:
        return _writing(request, services, writing, f"邮件没有送达：{error}")
    return RedirectResponse("/mailbox", 303)


def _writing(request: Request, services: Services, writing: Writing, problem: str) -> Response:
    organisation, holder = company(services).organisation, visitor(request)
    new_visit = "" if holder else services.new_token()
    boxes = [(box.addresses[0], box.title.zh) for box in organisation.mailboxes.values()]
    staff = sorted((one.name, one.email) for one in organisation.people.values())
    response = page(
        request, "mailbox/write.html", 422 if problem else 200, writing=writing, boxes=boxes, staff=staff,
        problem=problem, seal=seal_form(services, holder or new_visit),
    )  # fmt: skip
    if new_visit:
        set_cookie(services, response, VISIT, new_visit, 24 * 3600)
    return response


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
        "reply_to": mail.reply_to,
    }  # fmt: skip
