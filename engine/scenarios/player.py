"""The player: one policy test on the virtual clock, line by line."""

from collections.abc import Iterable
from dataclasses import replace

from engine.draft import Draft
from engine.effects import Effect, Notice, OpenCase
from engine.errors import Refusal
from engine.events import CompanyChanged, Event, Opened
from engine.playing import Endless, Play
from engine.program import Program
from engine.scenarios.actions import describe, event_of
from engine.scenarios.checks import compare_case
from engine.scenarios.mailing import form_of_mail
from engine.scenarios.notices import WATCHED, compare_notices, matches, notice_text, told_text
from engine.scenarios.timeline import Line, Result
from models.expressions import EvaluationError
from models.language.calendar_year import CalendarYear
from models.language.moments import parse_moment
from models.language.policy_test import Expect, Moment, PolicyTest

_NOTHING = Expect()


def run_test(test: PolicyTest, program: Program, to_the_end: bool = True) -> Result:
    """Play one policy test. Never raises for what the procedure or the test says: that makes the test fail.

    Without `to_the_end` it stops at the first line that fails, which is all that some callers ask.
    """
    player = _Player(test, _in_company(test, program))
    try:
        player.play(to_the_end)
    except (Endless, EvaluationError, Refusal) as error:
        player.lines.append(Line(player.now, "", str(error)))
    return Result(test, tuple(sorted(player.lines, key=lambda line: line.at)), player.stage)


def _in_company(test: PolicyTest, program: Program) -> Program:
    """The program in a company with the absences and modes that the test assumes."""
    given, company = test.given, program.company
    if not given.absences and not given.periods:
        return program
    absences = (*company.organisation.absences, *given.absences)
    periods = (*company.modes.periods, *given.periods)
    # Neither absences nor periods are compiled into a program, so it need not be compiled again.
    organisation = company.organisation.model_copy(update={"absences": absences})
    return replace(
        program, company=company.changed(organisation, modes=company.modes.model_copy(update={"periods": periods}))
    )


class _Player:
    def __init__(self, test: PolicyTest, program: Program) -> None:
        self.test = test
        outages = [(parse_moment(one.start), parse_moment(one.until)) for one in test.given.outages]
        self.stage = Play(program, machines=test.given.machines, outages=outages)
        self.lines: list[Line] = []
        self.now = parse_moment(test.given.at)
        self.seen = 0

    def play(self, to_the_end: bool) -> None:
        given = self.test.given
        found = parse_moment(given.discovered_at) if given.discovered_at else None
        facts = form_of_mail(self.stage.program, given.mail, self.now, self.lines) if given.mail else given.form
        if facts is None:
            return
        opening = Opened(case="TEST-1", facts=facts, by=given.by, channel=given.channel, discovered_at=found)
        if not self._act(opening, None):
            return
        self._compare(self.test.expect)
        for line in self.test.then:
            if not to_the_end and any(one.differs for one in self.lines):
                return
            self._moment(line)
        self._compare_never()

    def _moment(self, line: Moment) -> None:
        self.now = parse_moment(line.at)
        self.stage.run_until(self.now)
        self._quiet_until_now()
        event = event_of(line)
        if line.calendar is not None:
            self._import(line.calendar)
        elif event is not None:
            self._act(event, line.refused)
        self.stage.run_until(self.now)
        self._compare(line.expect)

    def _import(self, notice: CalendarYear) -> None:
        company = self.stage.program.company
        years = (*(year for year in company.years if year.year != notice.year), notice)
        self.stage.program = replace(self.stage.program, company=replace(company, years=years))
        self._act(CompanyChanged(), None)

    def _act(self, event: Event, refused: str | None) -> bool:
        """Record what the line does. False if the test went another way than the line says."""
        what = describe(event)
        try:
            self.stage.record(event, self.now)
        except Refusal as refusal:
            said = str(refusal)
            if refused is None:
                self.lines.append(Line(self.now, f"{what}: accepted", f"{what}: refused: {said}"))
                return False
            actual = refused if refused in said else said
            self.lines.append(Line(self.now, f"{what}: refused: {refused}", f"{what}: refused: {actual}"))
            return True
        if refused is not None:
            self.lines.append(Line(self.now, f"{what}: refused: {refused}", f"{what}: accepted"))
        return refused is None

    def _quiet_until_now(self) -> None:
        """What was told between two lines of a complete test, expected by neither, is a difference."""
        if not self.test.complete:
            return
        happenings = self.stage.happenings
        while self.seen < len(happenings) and happenings[self.seen].recorded < self.now:
            one = happenings[self.seen]
            told = [effect for effect in one.effects if isinstance(effect, Notice) and effect.kind in WATCHED]
            self.lines.extend(Line(one.at, "", notice_text(effect)) for effect in told)
            self.seen += 1

    def _compare(self, expect: Expect | None) -> None:
        wanted, effects = expect or _NOTHING, self._new_effects()
        notices = [effect for effect in effects if isinstance(effect, Notice)]
        self.lines += compare_notices(wanted, notices, self.now, self.test.complete)
        case = self.stage.case
        if case is not None and expect is not None:
            draft = Draft(self.stage.program, case, self.stage.happenings[-1].recorded)
            self.lines.extend(Line(self.now, *pair) for pair in compare_case(expect, draft))
        opened = {effect.procedure for effect in effects if isinstance(effect, OpenCase)}
        for procedure in wanted.opens:
            self.lines.append(Line(self.now, f"opens {procedure}", f"opens {procedure}" if procedure in opened else ""))

    def _new_effects(self) -> list[Effect]:
        """Effects since the last line of the test."""
        new: Iterable[Effect] = (effect for one in self.stage.happenings[self.seen :] for effect in one.effects)
        found = list(new)
        self.seen = len(self.stage.happenings)
        return found

    def _compare_never(self) -> None:
        for happening in self.stage.happenings if self.test.never else ():
            for effect in happening.effects:
                if not isinstance(effect, Notice):
                    continue
                for told in self.test.never:
                    if any(matches(told, person, effect) for person in told.to):
                        never = f"never {told_text(told, effect.to)}"
                        self.lines.append(Line(happening.at, never, notice_text(effect)))
