"""My assignments: what the reader is asked to do, the most urgent first, each with the way to do it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from engine.case import ACTIVE
from engine.titles import Titles
from store.cases import load_case
from store.lists import AskedRow, asked_of
from web.frame.rendering import page
from web.frame.surroundings import Given, Reader, services_of, signed_in
from web.services import Services
from web.showing.clocks import span_in_words

router: Final = APIRouter()


@dataclass(frozen=True, slots=True)
class Line:
    """One assignment."""

    id: str
    case_id: str
    procedure: str
    step: str
    clause: str
    asked_at: datetime
    due: datetime | None
    left: str
    late: bool
    stands_for: str


@router.get("/")
def home(request: Request) -> Response:
    """Staff begin with their assignments, strangers with the forms they may fill in, or with what to try."""
    strangers = "/demo" if services_of(request).settings.demo else "/f"
    return RedirectResponse("/mine" if signed_in(request) else strangers, 303)


@router.get("/mine")
def mine(request: Request, reader: Reader, services: Given) -> Response:
    """All assignments of the reader."""
    with services.store.database.reading() as connection:
        rows = asked_of(connection, reader)
    return page(request, "mine/page.html", lines=[_line(services, row) for row in rows])


def _line(services: Services, row: AskedRow) -> Line:
    now = services.clock()
    with services.store.database.reading() as connection:
        case, program = load_case(connection, services.store, row.case_id)
    titles = Titles(program)
    rules = program.of_step.get(row.step, ())
    dues = [clock.due for rule in rules if (clock := case.clocks.get(rule.id)) and clock.status in ACTIVE]
    due = min(dues, default=row.due)
    plan = program.plans.get(row.step)
    held = next((one for one in case.assignments.values() if row.id == f"{case.id}/{one.id}"), None)
    return Line(
        row.id, row.case_id, program.procedure.title.zh, titles.step(row.step),
        (plan.step.clause or "") if plan else "", row.asked_at, due,
        f"{'已超' if now > due else '还剩'} {span_in_words(due - now)}" if due else "",
        bool(due and now > due), titles.person(held.stands_for) if held and held.stands_for else "",
    )  # fmt: skip
