"""Cases: the open ones with their next deadline, and the page of each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from engine.case import ACTIVE, StepStatus
from engine.errors import UnknownName
from engine.titles import Titles
from store.attachments import attachments_of
from store.cases import load_case
from store.lists import asked_of, history, open_cases
from store.work import run_of
from web.cases.access import concerned, oversees, requestable
from web.frame.rendering import page
from web.frame.surroundings import Given, Reader
from web.services import Services
from web.showing.clocks import deadlines, span_in_words
from web.showing.facts import facts
from web.showing.mails import mails_of
from web.showing.steps import end_in_words, steps
from web.showing.timeline import timeline

router: Final = APIRouter()


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of the list of cases."""

    id: str
    title: str
    opened_at: datetime
    owner: str
    steps: str
    due: datetime | None
    left: str
    late: bool


@router.get("/cases")
def index(request: Request, reader: Reader, services: Given, procedure: str = "", number: str = "") -> Response:
    """Open cases that the reader may see, the next deadline first."""
    lines = _lines(services, reader, procedure, number.strip()[:20])
    procedures = services.store.programs.rulebook.procedures
    names = {name: found.content.title.zh for name, found in procedures.items()}
    return page(request, "cases/index.html", lines=lines, names=names, procedure=procedure, number=number)


@router.get("/cases/{case_id}")
def show(request: Request, case_id: str, reader: Reader, services: Given) -> Response:
    """Everything about one case, for whoever it is the business of."""
    now = services.clock()
    with services.store.database.reading() as connection:
        try:
            case, program = load_case(connection, services.store, case_id)
        except UnknownName as error:
            raise HTTPException(404, "case") from error
        if not concerned(services, connection, reader, case, program):
            raise HTTPException(404, "case")
        entries, files = history(connection, case_id), attachments_of(connection, case_id)
        mails = mails_of(connection, case_id, unsealed=True)
        mine = [one for one in asked_of(connection, reader) if one.case_id == case_id]
        # Prefect's pages have one password and no roles, so on a real system nobody is led there.
        run = run_of(connection, case_id) if services.settings.demo and services.prefect else None
    titles, form = Titles(program), program.procedure.form
    return page(
        request, "cases/page.html", case=case, titles=titles, program=program, mine=mine, files=files, mails=mails,
        facts=facts(titles, form, case.facts, form, unsealed=True), deadlines=deadlines(program, case, now),
        steps=steps(program, case), end=end_in_words(program, case), moments=timeline(program, entries),
        prefect=f"{services.prefect}/runs/flow-run/{run}" if run else "",
        requests=[(name, titles.step(name)) for name in requestable(services, reader, case, program)],
    )  # fmt: skip


def _lines(services: Services, reader: str, procedure: str, number: str) -> list[CaseLine]:
    now, found = services.clock(), []
    with services.store.database.reading() as connection:
        for case_id in open_cases(connection, None if oversees(services, reader) else reader, procedure, number):
            case, program = load_case(connection, services.store, case_id)
            if not concerned(services, connection, reader, case, program):
                continue
            titles = Titles(program)
            due = min((clock.due for clock in case.clocks.values() if clock.status in ACTIVE), default=None)
            now_open = [titles.step(name) for name, state in case.steps.items() if state.status is StepStatus.OPEN]
            left = f"{'已超' if now > due else '还剩'} {span_in_words(due - now)}" if due else ""
            found.append(
                CaseLine(
                    case.id, program.procedure.title.zh, case.opened_at, titles.person(case.owner or ""),
                    titles.listed(now_open[:4]), due, left, bool(due and now > due),
                )
            )  # fmt: skip
    return found
