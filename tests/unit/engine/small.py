"""A small company and a way to run a procedure in it, for tests of the engine."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from engine.case import Case
from engine.company import Company
from engine.compiling import compile_procedure
from engine.effects import Notice
from engine.events import SYSTEM, Opened
from engine.playing import Play
from engine.program import Program
from models.language.calendar_year import CalendarYear
from models.language.clauses import Modes, Period, Term
from models.language.company_hours import CompanyHours
from models.language.ladders import Ladders
from models.language.moments import format_moment, parse_moment
from models.language.organisation import Absence, Organisation, Person
from models.language.procedure import Procedure
from models.language.source import read, read_text

T = TypeVar("T")

_ORGANISATION = """
company: 小公司
departments:
  board: {name: 总经办, head: boss}
  desk: {name: 服务台, head: head, deputy: vice, parent: board}
people:
  boss: {name: 老板, email: boss@small.example, department: board}
  head: {name: 主管, email: head@small.example, department: desk}
  vice: {name: 副主管, email: vice@small.example, department: desk}
  anna: {name: 安娜, email: anna@small.example, department: desk}
  bert: {name: 贝特, email: bert@small.example, department: desk}
  cora: {name: 柯拉, email: cora@small.example, department: desk}
roles:
  clerk: {title: 经办, holders: [anna]}
  both: {title: 两人, holders: [anna, bert]}
  checker: {title: 审核, holders: [bert], deputies: [{person: cora, from: 2026-01-01, until: 2027-12-31}]}
  manager: {title: 主管, holders: [head], deputies: [{person: vice, from: 2026-01-01, until: 2027-12-31}]}
  gm: {title: 总经理, holders: [boss]}
  group: {title: 小组, holders: [boss, head, vice, bert, cora], chair: boss}
  staff: {title: 全体, everyone: true}
  nobody: {title: 空缺}
duty:
  desk:
    title: 值班
    shifts:
      - {from: "08:00", until: "20:00", rota: [anna, bert], since: 2026-01-01}
      - {from: "20:00", until: "08:00", rota: [cora], since: 2026-01-01}
duty_person: desk
vacancy: gm
"""

_LADDERS = """
ladders:
  NOW:
    reminders: [{before: 50 %}]
    rungs: [{tell: L1}, {after: 30 minutes, tell: L2}, {after: 60 minutes, tell: L3}]
  HOURS:
    reminders: [{before: 25 %}]
    rungs: [{tell: L1}, {after: 50 %, tell: L2}, {after: 100 %, tell: L3}]
  OFFICE:
    reminders: [{day: last, at: "10:00"}]
    rungs: [{tell: L1}, {after: 1 working day, tell: L2}, {after: 2 working days, tell: L3, repeat: 7 calendar days}]
  TARGET: {}
  PERIODIC:
    reminders: [{before: 1 working day}]
    rungs:
      - {tell: {superior_of: assignee}}
      - {after: 2 working days, tell: L2}
      - {after: 5 working days, starts: staff-violation}
chains:
  desk: {L1: manager, L2: gm, L3: gm}
defaults: {short: NOW, hours: HOURS, days: OFFICE, campaign: PERIODIC, target: TARGET}
"""

CALENDARS = Path(__file__).parents[3] / "policies_as_yaml" / "calendars"


@cache
def company(periods: tuple[tuple[str, str], ...] = ()) -> Company:
    """The small company, with sensitive periods if given as pairs of start and end."""
    named = tuple(
        Period.model_validate({"mode": "sensitive", "title": "t", "from": start, "until": until, "decision": "d"})
        for start, until in periods
    )
    return Company(
        Organisation.model_validate(read_text(_ORGANISATION, "organisation.yaml").data),
        Ladders.model_validate(read_text(_LADDERS, "ladders.yaml").data),
        {
            "soon": Term.model_validate(
                {"title": "马上", "within": "30 minutes", "least": "5 minutes", "most": "60 minutes"}
            )
        },
        Modes(modes={"sensitive": {"zh": "敏感时期"}}, periods=named),  # type: ignore[dict-item]
        tuple(_years()),
        CompanyHours(),
    )


@cache
def _years() -> list[CalendarYear]:
    names = ("2025.yaml", "2026.yaml", "provisional-2027.yaml")
    return [CalendarYear.model_validate(read(CALENDARS / name).data) for name in names]


def program(text: str, periods: tuple[tuple[str, str], ...] = ()) -> Program:
    """A procedure ready to run; what every procedure must say is filled in."""
    head = "procedure: small\ntitle: 小规程\nowner: manager\nchain: desk\nstarts: [{by: form}]\n"
    return compile_procedure(Procedure.model_validate(read_text(head + text, "small.yaml").data), company(periods))


def play(text: str, periods: tuple[tuple[str, str], ...] = ()) -> Play:
    """A play of a procedure that has not begun."""
    return Play(program(text, periods))


def with_absences(whole: Program, *absences: Absence) -> Program:
    """The same procedure while some people are away."""
    organisation = whole.company.organisation.model_copy(update={"absences": absences})
    return replace(whole, company=whole.company.changed(organisation))


def with_new_hire(whole: Program, person: str) -> Program:
    """The same procedure after somebody has joined the desk."""
    hired = Person(name=person, email=f"{person}@small.example", department="desk")
    people = {**whole.company.organisation.people, person: hired}
    return replace(
        whole, company=whole.company.changed(whole.company.organisation.model_copy(update={"people": people}))
    )


def at(text: str) -> datetime:
    """A moment; `10:00` alone is on Tuesday 2026-03-10."""
    return parse_moment(text if "-" in text else f"2026-03-10 {text}")


def begin(text: str, /, now: str = "10:00", by: str = SYSTEM, **facts: Any) -> Play:
    """A play whose case has been opened, by nobody in particular unless `by` says so."""
    stage = play(text)
    stage.record(Opened(case="1", by=by, facts=facts), at(now))
    return stage


def case(stage: Play) -> Case:
    """The case of a play that has begun."""
    assert stage.case is not None
    return stage.case


def asked(stage: Play, step: str) -> list[str]:
    """Who is asked to do a step, in the order in which they were asked."""
    return [one.person for one in case(stage).assignments.values() if one.step == step]


def status(stage: Play, step: str) -> str:
    """Where a step stands."""
    return case(stage).steps[step].status.value


def last(stage: Play, kind: type[T]) -> list[T]:
    """The effects of a kind that the last event had."""
    return [effect for effect in stage.happenings[-1].effects if isinstance(effect, kind)]


def told(stage: Play, kind: str) -> list[tuple[str, str]]:
    """Everybody who ever got a notice of a kind, with the time it was planned for."""
    notices = [one for happening in stage.happenings for one in happening.effects if isinstance(one, Notice)]
    return [(one.to, format_moment(one.at)[5:] if one.at else "") for one in notices if one.kind == kind]


def away(stage: Play, person: str, start: str, until: str) -> None:
    """From now on an absence stands in the files of the company."""
    organisation = stage.program.company.organisation
    one = Absence.model_validate({"person": person, "from": start, "until": until})
    changed = organisation.model_copy(update={"absences": (*organisation.absences, one)})
    stage.program = replace(stage.program, company=stage.program.company.changed(changed))
