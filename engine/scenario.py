"""Scenarios: playing a policy test and comparing what was expected with what happened."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from engine.case import Case
from engine.compiling import recompile
from engine.draft import Draft
from engine.effects import Effect, Notice, OpenCase
from engine.errors import Refusal
from engine.events import (
    Amended,
    ApproverAdded,
    Bounced,
    BreachCleared,
    ChildClosed,
    CompanyChanged,
    Decided,
    Done,
    Event,
    Exempted,
    Finished,
    GateOverridden,
    HandedOver,
    Opened,
    Reached,
    Refused,
    Reopened,
    RosterChanged,
    Withdrawn,
)
from engine.playing import Play
from engine.program import Program
from models.expressions import ExpressionError, parse
from models.expressions.types import Bool
from models.language.moments import format_moment, parse_moment
from models.language.policy_test import Expect, Moment, PolicyTest, Told
from models.language.scope import scope_of

WATCHED = frozenset({"reminder", "escalation", "target", "substitute", "deemed"})
"""Kinds of notices that a complete test must expect, every one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the two timelines: what was expected at a time and what happened then."""

    at: datetime
    expected: str
    actual: str

    @property
    def differs(self) -> bool:
        """Whether the test fails here."""
        return self.expected != self.actual


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one test."""

    test: PolicyTest
    lines: tuple[Line, ...]
    play: Play

    @property
    def passed(self) -> bool:
        """Whether everything expected happened, and nothing else that counts."""
        return not any(line.differs for line in self.lines)


def run_test(test: PolicyTest, program: Program) -> Result:
    """Play one policy test on the virtual clock."""
    return _Player(test, _in_company(test, program)).play()


def _in_company(test: PolicyTest, program: Program) -> Program:
    """The program in a company with the absences and modes that the test assumes."""
    given, company = test.given, program.company
    if not given.absences and not given.periods:
        return program
    organisation = company.organisation.model_copy(
        update={"absences": (*company.organisation.absences, *given.absences)}
    )
    modes = company.modes.model_copy(update={"periods": (*company.modes.periods, *given.periods)})
    return recompile(program, replace(company, organisation=organisation, modes=modes))


class _Player:
    def __init__(self, test: PolicyTest, program: Program) -> None:
        self.test = test
        outages = [(parse_moment(one.start), parse_moment(one.until)) for one in test.given.outages]
        self.stage = Play(program, outages=outages)
        self.lines: list[Line] = []
        self.seen = 0

    def play(self) -> Result:
        given = self.test.given
        start = parse_moment(given.at)
        found = parse_moment(given.discovered_at) if given.discovered_at else None
        opening = Opened(case="TEST-1", facts=given.form, by=given.by, channel=given.channel, discovered_at=found)
        if not self._act(opening, start, None):
            return Result(self.test, tuple(self.lines), self.stage)
        self._compare(start, self.test.expect)
        for line in self.test.then:
            self._moment(line)
        self._compare_never()
        return Result(self.test, tuple(self.lines), self.stage)

    def _moment(self, line: Moment) -> None:
        now = parse_moment(line.at)
        self.stage.run_until(now)
        self._quiet_before(now)
        event = _event_of(line)
        if line.calendar is not None:
            self._import(line, now)
        elif event is not None:
            self._act(event, now, line.refused)
        self.stage.run_until(now)
        self._compare(now, line.expect)

    def _import(self, line: Moment, now: datetime) -> None:
        notice = line.calendar
        if notice is None:
            return
        company = self.stage.program.company
        years = (*(year for year in company.years if year.year != notice.year), notice)
        self.stage.program = recompile(self.stage.program, replace(company, years=years))
        self._act(CompanyChanged(), now, None)

    def _act(self, event: Event, now: datetime, refused: str | None) -> bool:
        what = _describe(event)
        try:
            self.stage.record(event, now)
        except Refusal as refusal:
            said = str(refusal)
            if refused is None:
                self.lines.append(Line(now, f"{what}: accepted", f"{what}: refused: {said}"))
                return False
            actual = refused if refused in said else said
            self.lines.append(Line(now, f"{what}: refused: {refused}", f"{what}: refused: {actual}"))
            return True
        if refused is not None:
            self.lines.append(Line(now, f"{what}: refused: {refused}", f"{what}: accepted"))
            return False
        return True

    def _effects(self) -> list[tuple[datetime, Effect]]:
        """Effects since the last line of the test, with the time each was planned for."""
        new = self.stage.happenings[self.seen :]
        return [(_planned(effect, one.at), effect) for one in new for effect in one.effects]

    def _quiet_before(self, now: datetime) -> None:
        """What was told between two lines of a complete test, expected by neither, is a difference."""
        if not self.test.complete:
            return
        happenings = self.stage.happenings
        while self.seen < len(happenings) and happenings[self.seen].recorded < now:
            one = happenings[self.seen]
            told = [effect for effect in one.effects if isinstance(effect, Notice) and effect.kind in WATCHED]
            self.lines.extend(Line(one.at, "", _notice_text(effect)) for effect in told)
            self.seen += 1

    def _compare(self, now: datetime, expect: Expect | None) -> None:
        notices = [effect for _, effect in self._effects() if isinstance(effect, Notice)]
        opened = [effect.procedure for _, effect in self._effects() if isinstance(effect, OpenCase)]
        self.seen = len(self.stage.happenings)
        wanted = expect or Expect()
        self._compare_notices(now, wanted, notices)
        case = self.stage.case
        if case is not None:
            for check in _CHECKS:
                self.lines.extend(Line(now, *pair) for pair in check(wanted, case))
            self.lines.extend(Line(now, *pair) for pair in self._conditions(wanted))
        for procedure in wanted.opens:
            self.lines.append(
                Line(now, f"opens {procedure}", f"opens {procedure if procedure in opened else 'nothing'}")
            )

    def _compare_notices(self, now: datetime, wanted: Expect, notices: list[Notice]) -> None:
        left = list(notices)
        for told in wanted.told:
            for person in told.to:
                match = next((one for one in left if _matches(told, person, one) and _on_time(told, one, now)), None)
                text = _told_text(told, person)
                if match is not None:
                    left.remove(match)
                self.lines.append(Line(now, text, text if match else "nothing"))
        if self.test.complete:
            self.lines.extend(Line(now, "", _notice_text(one)) for one in left if one.kind in WATCHED)
        unwanted = [one for one in notices if one.to in wanted.not_told or wanted.nobody_told]
        self.lines.extend(Line(now, f"{one.to} is told nothing", _notice_text(one)) for one in unwanted)

    def _conditions(self, wanted: Expect) -> Iterable[tuple[str, str]]:
        program, case = self.stage.program, self.stage.case
        if case is None:
            return
        view = Draft(program, case, self.stage.happenings[-1].recorded).view
        for text in wanted.that:
            try:
                holds = parse(text, scope_of(program.procedure, frozenset(program.company.modes.modes)), Bool)(view)
            except ExpressionError as error:
                yield text, str(error)
                continue
            yield text, text if holds else f"not ({text})"

    def _compare_never(self) -> None:
        for happening in self.stage.happenings:
            for effect in happening.effects:
                if not isinstance(effect, Notice):
                    continue
                for told in self.test.never:
                    if any(_matches(told, person, effect) for person in told.to):
                        self.lines.append(
                            Line(happening.at, f"never {_told_text(told, effect.to)}", _notice_text(effect))
                        )


def _planned(effect: Effect, at: datetime) -> datetime:
    return effect.at if isinstance(effect, Notice) and effect.at is not None else at


def _matches(told: Told, person: str, notice: Notice) -> bool:
    return (
        notice.to == person
        and notice.kind == told.kind
        and (told.about is None or told.about in (notice.deadline, notice.step))
        and (told.level is None or told.level == notice.level)
    )


def _on_time(told: Told, notice: Notice, now: datetime) -> bool:
    """Whether it was planned for exactly this moment, or for the one the test names."""
    return notice.at is None or notice.at == (parse_moment(told.planned) if told.planned else now)


def _told_text(told: Told, person: str) -> str:
    about = f" about {told.about}" if told.about else ""
    return f"{told.kind} to {person}{about}{f' ({told.level})' if told.level else ''}"


def _notice_text(notice: Notice) -> str:
    about = notice.deadline or notice.step
    return f"{notice.kind} to {notice.to} about {about}{f' ({notice.level})' if notice.level else ''}"


def _due(wanted: Expect, case: Case) -> Iterable[tuple[str, str]]:
    for name, text in wanted.due.items():
        clock = case.clocks.get(name)
        actual = format_moment(clock.due) if clock else "not running"
        yield f"{name} due {format_moment(parse_moment(text))}", f"{name} due {actual}"


def _targets(wanted: Expect, case: Case) -> Iterable[tuple[str, str]]:
    for name, text in wanted.target.items():
        clock = case.clocks.get(name)
        actual = format_moment(clock.target) if clock else "not running"
        yield f"{name} target {format_moment(parse_moment(text))}", f"{name} target {actual}"


def _provisional(wanted: Expect, case: Case) -> Iterable[tuple[str, str]]:
    for name in wanted.provisional:
        clock = case.clocks.get(name)
        yield f"{name} provisional", f"{name} {'provisional' if clock and clock.provisional else 'final'}"


def _deadlines(wanted: Expect, case: Case) -> Iterable[tuple[str, str]]:
    for name, status in wanted.deadlines.items():
        clock = case.clocks.get(name)
        yield f"{name} {status}", f"{name} {clock.status.value if clock else 'none'}"


def _steps(wanted: Expect, case: Case) -> Iterable[tuple[str, str]]:
    for name, status in wanted.steps.items():
        state = case.steps.get(name)
        yield f"{name} {status}", f"{name} {state.status.value if state else 'does not exist'}"


def _asked(wanted: Expect, case: Case) -> Iterable[tuple[str, str]]:
    for name, people in wanted.asked.items():
        asked = sorted({one.person for one in case.assignments.values() if one.step == name})
        yield f"{name} asked of {', '.join(sorted(people))}", f"{name} asked of {', '.join(asked)}"


def _singles(wanted: Expect, case: Case) -> Iterable[tuple[str, str]]:
    if wanted.owner is not None:
        yield f"owner {wanted.owner}", f"owner {case.owner}"
    if wanted.outcome is not None:
        yield f"ended {wanted.outcome}", f"ended {case.outcome or 'not yet'}"


_CHECKS = (_due, _targets, _provisional, _deadlines, _steps, _asked, _singles)


def _event_of(line: Moment) -> Event | None:
    """The event a line of a test stands for, or None for a line that only looks."""
    for name, make in _EVENTS.items():
        value = getattr(line, name)
        if value:
            at = parse_moment(line.happened) if line.happened else None
            return msgspec.structs.replace(make(line, value), by=line.by, at=at)
    return None


def _to(line: Moment) -> str:
    return line.to[0] if line.to else ""


_EVENTS: Mapping[str, Callable[[Moment, Any], Event]] = {
    "do": lambda line, step: Done(step=step, values=line.values, key=line.key),
    "approve": lambda line, step: Decided(
        step=step, answer="approve", reason=line.reason, key=line.key, values=line.values
    ),
    "reject": lambda line, step: Decided(step=step, answer="reject", reason=line.reason, key=line.key),
    "return_": lambda line, step: Decided(step=step, answer="return", reason=line.reason, key=line.key),
    "refuse": lambda line, step: Refused(step=step, reason=line.reason, key=line.key),
    "hand_over": lambda line, step: HandedOver(step=step, to=_to(line), reason=line.reason, key=line.key),
    "add_approver": lambda line, step: ApproverAdded(step=step, person=_to(line), reason=line.reason),
    "amend": lambda line, facts: Amended(facts=facts),
    "withdraw": lambda line, _yes: Withdrawn(reason=line.reason),
    "finish": lambda line, step: Finished(step=step, values=line.values),
    "fail": lambda line, step: Finished(step=step, ok=False, error=line.reason),
    "child_closed": lambda line, step: ChildClosed(step=step, outcome=line.outcome),
    "bounce": lambda line, step: Bounced(step=step, person=_to(line)),
    "reached": lambda line, step: Reached(step=step, person=_to(line), note=line.reason),
    "override": lambda line, gate: GateOverridden(gate=gate, reason=line.reason),
    "clear": lambda line, deadline: BreachCleared(deadline=deadline, note=line.reason),
    "exempt": lambda line, step: Exempted(
        step=step, key=_to(line), reason=line.reason, until=parse_moment(line.until) if line.until else None
    ),
    "join": lambda line, step: RosterChanged(step=step, joined=line.to),
    "leave": lambda line, step: RosterChanged(step=step, left=line.to),
    "reopen": lambda line, _yes: Reopened(reason=line.reason),
}


def _describe(event: Event) -> str:
    parts = [type(event).__name__.lower(), getattr(event, "step", ""), f"by {event.by}"]
    return " ".join(part for part in parts if part)
