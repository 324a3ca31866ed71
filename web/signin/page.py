"""Sign-in: by a link sent to one's mailbox, or by a password. The answer is the same whether somebody exists or not."""

from datetime import timedelta
from typing import Final

from fastapi import APIRouter, BackgroundTasks, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from engine.company import Company
from store.credentials import password_hash_of
from store.links import token_hash
from store.one_time import keep_secret, spend
from store.sessions import begin_session, end_session
from web.answers.typed import Sent
from web.frame.rendering import page
from web.frame.surroundings import Given, address_of, company, floods_of, services_of, signed_in
from web.security.seals import open_sealed, sealed_text
from web.security.visits import BY_LINK, SESSION, VISIT, require_seal, seal_form, set_cookie, visitor
from web.services import Services
from web.signin.passwords import password_fits

router: Final = APIRouter()

LINK_VALID: Final = timedelta(minutes=15)
TRIES_A_MINUTE: Final = 5

_WRONG: Final = "邮箱或密码不对。请检查后重试；忘记密码时，可用邮件链接登录。"


@router.get("/signin")
def show(request: Request) -> Response:
    """The two ways to sign in."""
    return RedirectResponse("/mine", 303) if signed_in(request) else sign_in_page(request)


def sign_in_page(request: Request, status: int = 200, problem: str = "", sent: bool = False) -> Response:
    """The sign-in page; also what a stranger sees in place of a page for staff."""
    services, holder = services_of(request), request.cookies.get(VISIT, "")
    new_visit = "" if holder else services.new_token()
    seal = seal_form(services, holder or new_visit)
    response = page(request, "signin/page.html", status, seal=seal, problem=problem, sent=sent)
    if new_visit:
        set_cookie(services, response, VISIT, new_visit, 24 * 3600)
    return response


@router.post("/signin")
def sign_in(request: Request, sent: Sent, later: BackgroundTasks, services: Given) -> Response:
    """Check a password, or send a link."""
    require_seal(services, request, request.cookies.get(VISIT, ""), sent.text("nonce"), sent.text("mark"))
    email, now = sent.text("email").casefold()[:200], services.wall()
    floods = floods_of(request)
    if not floods.allow("sign-in", address_of(request), TRIES_A_MINUTE, now) or not floods.allow(
        "sign-in name", token_hash(email), TRIES_A_MINUTE * 3, now, timedelta(minutes=15)
    ):
        raise HTTPException(429, "sign in")
    found = company(services)
    if sent.text("act") == "link":
        # After the answer, so that its time tells nothing either.
        later.add_task(_send_link, services, found, email)
        return sign_in_page(request, sent=True)
    person = _person(services, found, email)
    with services.store.database.reading() as connection:
        kept = password_hash_of(connection, person) if person else None
    if not password_fits(kept, sent.texts.get("password", "")[:1000]) or person is None:
        return sign_in_page(request, 422, problem=_WRONG)
    return begin(services, person)


@router.get("/signin/{token}")
def from_link(request: Request, token: str, services: Given) -> Response:
    """Ask for a click: a mail scanner that opens the link signs nobody in."""
    holder = visitor(request) or services.new_token()
    ticket = sealed_text(services.secret, "sign-in", token_hash(token), services.wall() + LINK_VALID)
    response = page(request, "signin/link.html", ticket=ticket, seal=seal_form(services, holder))
    if not visitor(request):
        set_cookie(services, response, VISIT, holder, 24 * 3600)
    return response


@router.post("/signin/link")
def use_link(request: Request, sent: Sent, services: Given) -> Response:
    """Use a link up and begin a session."""
    require_seal(services, request, visitor(request), sent.text("nonce"), sent.text("mark"))
    hashed = open_sealed(services.secret, "sign-in", sent.text("ticket"), services.wall()) or ""
    with services.store.database.writing() as connection:
        person = spend(connection, ("sign-in", hashed), services.wall())
    if person is None or not company(services).employed(person, services.clock()):
        return sign_in_page(request, 410, problem="登录链接已失效：每个链接只能用一次，15 分钟内有效。请重新获取。")
    response = begin(services, person)
    sealed = sealed_text(services.secret, BY_LINK, person, services.wall() + LINK_VALID)
    set_cookie(services, response, BY_LINK, sealed, int(LINK_VALID.total_seconds()), "/account")
    return response


@router.post("/signout")
def sign_out(request: Request, services: Given) -> Response:
    """End the session. It needs no seal: the cookie is not sent by another site's form."""
    with services.store.database.writing() as connection:
        end_session(connection, request.cookies.get(SESSION, ""), services.wall())
    response = RedirectResponse("/signin", 303)
    response.delete_cookie(SESSION)
    return response


def begin(services: Services, person: str) -> Response:
    """Begin a session, and lead to the person's assignments."""
    token, now, span = services.new_token(), services.wall(), services.settings.session
    with services.store.database.writing() as connection:
        begin_session(connection, token, person, now, now + span)
    response = RedirectResponse("/mine", 303)
    set_cookie(services, response, SESSION, token, int(span.total_seconds()))
    return response


def _send_link(services: Services, found: Company, email: str) -> None:
    person = _person(services, found, email)
    if person is None:
        return
    token, now = services.new_token(), services.wall()
    hashed = token_hash(token)
    with services.store.database.writing() as connection:
        keep_secret(connection, ("sign-in", hashed), person, hashed, now, now + LINK_VALID)
    services.post.send_sign_in_link(person, f"{services.settings.address}/signin/{token}", now + LINK_VALID)


def _person(services: Services, found: Company, email: str) -> str | None:
    now, people = services.clock(), found.organisation.people
    named = [name for name, one in people.items() if one.email.casefold() == email and found.employed(name, now)]
    return named[0] if len(named) == 1 else None
