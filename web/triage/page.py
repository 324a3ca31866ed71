"""The pages of triage: what waits with its clock, one mail with what can become of it, and all that came."""

from datetime import datetime
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from engine.errors import UnknownName
from engine.intake import ways_in
from models.language.procedure import Procedure
from store import inbox
from store.lists import event_known
from web.answers.typed import Sent
from web.attachments.page import download
from web.cases.access import oversees
from web.frame.rendering import page
from web.frame.surroundings import Given, Reader, company
from web.security.visits import event_of, require_seal, seal_form, visitor
from web.services import Services
from web.showing.clocks import span_in_words
from web.showing.mails import shown
from web.triage.acts import Taken, Unable, begin_sorting, join, keeps_mail, leave, may_join, sealed_case
from web.triage.sorting import Sorting, sorting, to_accept, to_sort

router: Final = APIRouter()

OUTCOMES: Final = {
    "opened": "已立项", "joined": "并入事项", "decided": "审批答复", "bounced": "退信", "automatic": "自动邮件",
    "duplicate": "重复", "spam": "垃圾邮件", "set_aside": "待分拣", "settled": "无需办理",
}  # fmt: skip


@router.get("/triage")
def index(request: Request, reader: Reader, services: Given) -> Response:
    """What the reader is to sort, the most urgent first."""
    now = services.clock()
    with services.store.database.reading() as connection:
        found, accepting = to_sort(services, connection, reader), to_accept(services, connection, reader)
    lines = [(one, shown(one.mail), _left(one, now)) for one in found]
    deemed = [(one, _span(one.due, now)) for one in accepting]
    return page(request, "triage/index.html", lines=lines, deemed=deemed, overseer=oversees(services, reader))


@router.get("/triage/all")
def everything(request: Request, reader: Reader, services: Given, outcome: str = "") -> Response:
    """All that came and what became of it, for overseers; of what is sealed only that it came."""
    if not oversees(services, reader):
        raise HTTPException(404, "mail")
    with services.store.database.reading() as connection:
        mails = inbox.recent(connection, outcome if outcome in OUTCOMES else "")
    boxes = {name: box.title.zh for name, box in company(services).organisation.mailboxes.items()}
    return page(request, "triage/all.html", mails=mails, outcomes=OUTCOMES, outcome=outcome, boxes=boxes)


@router.get("/triage/{number}")
def show(request: Request, number: int, reader: Reader, services: Given) -> Response:
    """One mail and what can become of it."""
    with services.store.database.reading() as connection:
        return _page(request, services, sorting(services, connection, reader, number), "")


@router.get("/triage/{number}/original")
def original(number: int, reader: Reader, services: Given) -> Response:
    """The mail as it came, as a file to save: never shown by the browser."""
    with services.store.database.reading() as connection:
        mail = sorting(services, connection, reader, number).mail
    return download(services.settings.mails, mail.sha256, f"mail-{mail.id}.eml")


@router.get("/triage/{number}/files/{sha256}")
def file(number: int, sha256: str, reader: Reader, services: Given) -> Response:
    """A file of a mail that waits."""
    with services.store.database.reading() as connection:
        mail = sorting(services, connection, reader, number).mail
    name = next((one.name for one in mail.files if one.sha256 == sha256), None)
    if name is None:
        raise HTTPException(404, "file")
    return download(services.settings.attachments, sha256, name)


@router.post("/triage/{number}")
def sort(request: Request, number: int, sent: Sent, reader: Reader, services: Given) -> Response:
    """Join a case, or leave it; opening a case has the form of its procedure."""
    require_seal(services, request, visitor(request), sent.text("nonce"), sent.text("mark"))
    event_id = event_of(f"mail-{number}", sent.text("nonce"))
    with services.store.database.reading() as connection:
        if event_known(connection, event_id):
            return RedirectResponse("/triage", 303)
        found = sorting(services, connection, reader, number)
    try:
        with services.store.database.writing() as connection:
            begin_sorting(connection, found, sent.text("case").strip()[:40])
            problem = _act(connection, services, found, sent, event_id)
    except Taken:
        problem = "此信刚刚已由他人分拣，您的操作没有生效。"
    except Unable as unable:
        problem = str(unable)
    return _page(request, services, found, problem) if problem else RedirectResponse("/triage", 303)


def _act(connection: Connection, services: Services, found: Sorting, sent: Sent, event_id: str) -> str:
    """Do what was asked; says what is wrong, empty if nothing is."""
    match sent.text("act"):
        case "join":
            case_id = sent.text("case").strip()[:40]
            if why_not := _why_not(connection, services, found, case_id):
                return why_not
            join(connection, services, found, case_id, event_id)
        case "leave" | "spam":
            reason = sent.text("reason").strip()[:500]
            if not reason and sent.text("act") == "leave":
                return "请写明为什么无需办理。"
            leave(connection, services, found, reason or "垃圾邮件", sent.text("act") == "spam", event_id)
        case _:
            return "请选择如何处理。"
    return ""


def _why_not(connection: Connection, services: Services, found: Sorting, case_id: str) -> str:
    """Why a mail may not join a case; empty if it may."""
    try:
        if not may_join(services, connection, found, case_id):
            return "您与该事项有利害关系，不能并入。"
    except UnknownName:
        return "没有这个编号的事项：请核对后重试，例如 2026-0042。"
    if not keeps_mail(services, connection, case_id):
        return "该事项只用于分拣来信，不能并入：请写明办理此事的事项编号。"
    if found.mail.sealed and not sealed_case(services, connection, case_id):
        return "疑似举报的来信只能并入密封的事项。"
    return ""


def _page(request: Request, services: Services, found: Sorting, problem: str) -> Response:
    rulebook = services.store.programs.rulebook.procedures
    procedures: list[Procedure] = [rulebook[name].content for name in sorted(rulebook)]
    likely = {one.procedure for one, start in ways_in(procedures) if start.mailbox == found.mail.mailbox}
    offered = [one for one in procedures if any(start.by in ("email", "form", "public_form") for start in one.starts)]
    offered.sort(key=lambda one: (one.procedure not in likely, one.title.zh))
    now = services.clock()
    return page(
        request, "triage/page.html", 422 if problem else 200, sorting=found, mail=shown(found.mail),
        left=_left(found, now), late=bool(found.due and now > found.due), offered=offered, problem=problem,
        seal=seal_form(services, visitor(request)),
    )  # fmt: skip


def _left(one: Sorting, now: datetime) -> str:
    return "" if one.due is None else _span(one.due, now)


def _span(due: datetime, now: datetime) -> str:
    return f"{'已超' if now > due else '还剩'} {span_in_words(due - now)}"
