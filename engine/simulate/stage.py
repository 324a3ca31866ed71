"""Stage: the case while it is played; everything recorded on it becomes rows, and what repeats is cut short."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from engine.case import ACTIVE, Case
from engine.errors import Refusal
from engine.events import Event
from engine.playing import Play
from engine.program import Program
from engine.sampling.filling import Filling
from engine.sampling.samples import Samples
from engine.simulate.rows import Teller
from engine.simulate.simulation import Row
from models.language.calendar_year import CalendarYear

MOST_REPEATS: Final = 3
"""What happens again and again is shown this often after the first time."""

MOST_TICKS: Final = 5_000


class Stage:
    """A case on the virtual clock, with its rows."""

    def __init__(self, program: Program) -> None:
        self.play = Play(program)
        self.teller = Teller(program)
        self.people = Filling(program, Samples(program, yes=True))
        self.machines = Filling(program, Samples(program))
        self.rows: list[Row] = []
        self._shown: Counter[tuple[str | None, ...]] = Counter()
        self._fired: Counter[str] = Counter()
        self._cut: set[tuple[str | None, ...]] = set()

    @property
    def case(self) -> Case | None:
        """The case as it stands; None before it is opened."""
        return self.play.case

    def record(self, event: Event, now: datetime) -> Refusal | None:
        """Record an event and tell what came of it, or return why it was refused."""
        before = self.case
        try:
            effects = self.play.record(event, now)
        except Refusal as refusal:
            return refusal
        if self.case is not None:
            self.add(self.teller.rows(event, effects, before, self.case, self.play.happenings[-1].at))
        return None

    def add(self, rows: list[Row]) -> None:
        """Show rows, except those that have been shown often enough; that there are more is said once."""
        for row in rows:
            if row.kind == "stuck" and any(
                (row.step, row.to) == (one.step, one.to) for one in self.rows if one.kind == "stuck"
            ):
                continue
            key = (row.kind, row.deadline, row.step, row.to, row.level, row.text if not row.deadline else None)
            self._shown[key] += 1
            if self._shown[key] <= MOST_REPEATS + 1:
                self.rows.append(row)
            elif key not in self._cut:
                self._cut.add(key)
                self.rows.append(self.teller.repeats(row))

    def next_due(self) -> datetime | None:
        """When the clock acts next, or None when nothing is left but what has repeated often enough."""
        if self.case is None or self.case.next_due is None or self.play.ticks >= MOST_TICKS:
            return None
        waiting = {key for key, _ in _pending(self.case)}
        return None if all(self._fired[key] > MOST_REPEATS for key in waiting) else self.case.next_due

    def tick(self, due: datetime) -> None:
        """Fire what is due; a timer is never refused."""
        if self.case is None:
            return
        self._fired.update(key for key, at in _pending(self.case) if at == due)
        before = self.case
        effects = self.play.tick(due, max(due, self.play.happenings[-1].recorded))
        event = self.play.happenings[-1].event
        self.add(self.teller.rows(event, effects, before, self.case, due))

    def run_until(self, until: datetime) -> None:
        """Fire everything due up to a time, inclusive."""
        while (due := self.next_due()) is not None and due <= until:
            self.tick(due)

    def import_calendar(self, notice: CalendarYear) -> None:
        """Play on with another calendar of one year."""
        program = self.play.program
        years = (*(year for year in program.company.years if year.year != notice.year), notice)
        self.play.program = replace(program, company=replace(program.company, years=years))

    def done_often_enough(self, step: str) -> bool:
        """Whether a step has been done again so often that doing it once more would show nothing new."""
        return self.case is not None and self.case.steps[step].times > MOST_REPEATS

    def facts(self) -> Mapping[str, Any]:
        """The facts of the case."""
        return self.case.facts if self.case else {}


def _pending(case: Case) -> Iterator[tuple[str, datetime]]:
    """Everything planned, by a name that is the same when it comes again."""
    for name, clock in case.clocks.items():
        if clock.status in ACTIVE:
            for tick in clock.ticks[clock.next :]:
                yield f"{name}/{tick.kind}/{tick.index}", tick.at
    yield from case.alarms.items()
