"""My account: who one is to Duly, and a password of one's own."""

from datetime import timedelta
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from store.credentials import keep_password_hash, password_hash_of
from store.sessions import begin_session, end_sessions_of
from web.answers.typed import Sent
from web.frame.rendering import page
from web.frame.surroundings import Given, Reader, company, floods_of, services_of
from web.security.seals import open_sealed
from web.security.visits import BY_LINK, SESSION, require_seal, seal_form, set_cookie
from web.signin.passwords import hash_password, password_fits, too_weak

router: Final = APIRouter()

TRIES: Final = 15
"""In 15 minutes: whoever finds a browser signed in must not find out the password as well."""


@router.get("/account")
def show(request: Request, reader: Reader) -> Response:
    """The reader's roles, and the form for a password."""
    return _form(request, reader, "")


@router.post("/account")
def set_password(request: Request, reader: Reader, sent: Sent, services: Given) -> Response:
    """Set a password; the old one is asked for where there is one, and all other sessions end."""
    require_seal(services, request, request.cookies[SESSION], sent.text("nonce"), sent.text("mark"))
    if not floods_of(request).allow("password", reader, TRIES, services.wall(), timedelta(minutes=15)):
        raise HTTPException(429, "password")
    new, now = sent.texts.get("new", "")[:1000], services.wall()
    record = company(services).organisation.people[reader]
    with services.store.database.reading() as connection:
        kept = password_hash_of(connection, reader)
    known = kept is None or _came_by_link(request, reader)
    if not known and not password_fits(kept, sent.texts.get("old", "")[:1000]):
        return _form(request, reader, "原密码不对：请重新输入；忘记时请退出，用邮件链接登录，15 分钟内可直接设置新密码")
    weak = too_weak(new, (record.name, record.email.partition("@")[0], reader))
    if weak or new != sent.texts.get("again", ""):
        return _form(request, reader, weak or "两次输入的新密码不一致：请重新输入")
    hashed, token = hash_password(new), services.new_token()
    with services.store.database.writing() as connection:
        keep_password_hash(connection, reader, hashed, now)
        end_sessions_of(connection, reader, now)
        begin_session(connection, token, reader, now, now + services.settings.session)
    response = RedirectResponse("/account?done=1", 303)
    set_cookie(services, response, SESSION, token, int(services.settings.session.total_seconds()))
    response.delete_cookie(BY_LINK, "/account")
    return response


def _came_by_link(request: Request, reader: str) -> bool:
    """Whether the reader has just shown that the mailbox is theirs; the old password adds nothing to that."""
    services = services_of(request)
    return open_sealed(services.secret, BY_LINK, request.cookies.get(BY_LINK, ""), services.wall()) == reader


def _form(request: Request, reader: str, problem: str) -> Response:
    services = services_of(request)
    organisation = company(services).organisation
    person = organisation.people[reader]
    roles = [role.title.zh for role in organisation.roles.values() if role.everyone or reader in role.holders]
    with services.store.database.reading() as connection:
        has_password = password_hash_of(connection, reader) is not None
    asks_old = has_password and not _came_by_link(request, reader)
    unit = organisation.departments.get(person.department)
    return page(
        request, "signin/account.html", 422 if problem else 200, person=person, unit=unit, roles=roles,
        has_password=has_password, asks_old=asks_old, problem=problem, done="done" in request.query_params,
        seal=seal_form(services, request.cookies[SESSION]),
    )  # fmt: skip
