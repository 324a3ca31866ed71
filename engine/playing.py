"""Playing: one case on a virtual clock. Tests, simulation, proof and the tour all play cases through here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from engine.case import Case
from engine.effects import Effect, RunMachine
from engine.events import Event, Finished, TimerFired
from engine.machine import decide
from engine.program import Program

MOST_TICKS = 100_000
"""Timers in one play; more means a procedure that never comes to rest."""


class Endless(RuntimeError):  # noqa: N818 - it says what is the case
    """A play that would not end; `duly prove` says why."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a play and what came of it."""

    at: datetime
    """When it was planned or happened."""
    recorded: datetime
    event: Event
    effects: tuple[Effect, ...]


@dataclass(slots=True)
class Play:
    """A case being played: `record` events, `run_until` a time, and look at what happened."""

    program: Program
    case: Case | None = None
    machines: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Machine steps that finish by themselves, at once, with these values; the others wait to be reported."""
    outages: Sequence[tuple[datetime, datetime]] = ()
    happenings: list[Happening] = field(default_factory=list)
    ticks: int = 0

    def record(self, event: Event, now: datetime) -> tuple[Effect, ...]:
        """Record an event at `now`. Raises the engine's refusal, with nothing changed."""
        decision = decide(self.program, self.case, event, now)
        self.case = decision.state
        at = event.due if isinstance(event, TimerFired) else event.at or now
        self.happenings.append(Happening(at, now, event, decision.effects))
        for effect in decision.effects:
            if isinstance(effect, RunMachine) and effect.step in self.machines:
                self.record(Finished(step=effect.step, values=self.machines[effect.step], round=effect.round), now)
        return decision.effects

    def run_until(self, until: datetime, stop_before: bool = False) -> None:
        """Fire everything due up to `until`, inclusive, in order, each once."""
        while (due := self.next_due()) is not None and (due < until or (due == until and not stop_before)):
            recorded = self._recorded(due)
            if recorded > until:
                return
            self.tick(due, recorded)

    def tick(self, due: datetime, recorded: datetime) -> tuple[Effect, ...]:
        """Fire the next timer."""
        self.ticks += 1
        if self.ticks > MOST_TICKS:
            raise Endless(f"{self.program.procedure.procedure}: more than {MOST_TICKS} timers in one case")
        return self.record(TimerFired(due=due), recorded)

    def next_due(self) -> datetime | None:
        """When the clock acts next, or None."""
        return self.case.next_due if self.case else None

    def _recorded(self, due: datetime) -> datetime:
        """When a timer is really recorded: when due, or as soon as Duly is up again; never before the case began."""
        opened = self.case.opened_at if self.case else due
        moment = max(due, opened, self.happenings[-1].recorded if self.happenings else due)
        for start, until in self.outages:
            if start <= moment < until:
                return until
        return moment


def a_second_before(moment: datetime) -> datetime:
    """One second earlier: the engine's resolution."""
    return moment - timedelta(seconds=1)
