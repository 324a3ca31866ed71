"""Slowest: if everybody uses up their own time to the last second, is the clause's own time still met?

The steps between the start and the end of a clause's deadline may have deadlines of their own.
If these add up to more, everybody can be on time and the clause be broken all the same. A step
without a deadline of its own is taken to be done at once: its limit is the clause's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from engine.case import ACTIVE, Case, Clock, ClockStatus, StepStatus
from engine.events import Decided
from engine.playing import a_second_before
from engine.program import Rule
from engine.proving.acting import Actors
from engine.proving.answers import Answers
from engine.proving.exploring import beginnings
from engine.proving.moves import Moves
from engine.proving.nasty import Nasty
from engine.proving.scene import Scene
from engine.proving.slices import slice_of
from engine.proving.world import World
from models.language.steps import Approve

MOST_PLAYS: Final = 24
"""Courses of events played for one deadline from one nasty time."""

MOST_MOVES: Final = 80
"""Moves in one course; more means that it goes round in circles, which is another property."""

Used = tuple[tuple[str, Clock], ...]
"""Steps that were done at the last second of their own deadline, with that deadline."""


@dataclass(frozen=True, slots=True)
class Late:
    """A course in which everybody was on time and the clause's deadline was not met."""

    rule: Rule
    nasty: Nasty
    scene: Scene
    clock: Clock
    used: Used

    @property
    def by(self) -> timedelta:
        """How late it was."""
        return (self.clock.ended_at or self.clock.due) - self.clock.due


@dataclass(frozen=True, slots=True)
class _Stage:
    """One course as far as it has got."""

    scene: Scene
    used: Used = ()
    moves: int = 0


class Courses:
    """The courses of events between the start and the end of one deadline."""

    def __init__(self, world: World, rule: Rule) -> None:
        program = self.program = world.program
        self.world = world
        self.rule = rule
        named = (rule.until_step or "", *(start.partition(".")[0] for start in rule.starts))
        self.slice = slice_of(program, world.influence, [name for name in named if name in program.plans])
        self.answers = Answers(world, self.slice.deciding)
        self.answers.sparse = True
        self.actors = Actors(program, pace=timedelta())
        self.moves = Moves(world, self.actors, self.slice, self.answers)
        until = rule.until_step
        needed = {until, *world.influence.always_before(until)} if until else set[str]()
        self.asked_for = frozenset(name for name in needed if program.plans[name].on_request)
        self.played = 0
        self.complete = True
        """Whether every course was played that could be told from another."""

    def broken(self, nasty: Nasty) -> Iterator[Late]:
        """The courses that begin at a nasty time and break the deadline."""
        stages = [_Stage(one) for one in beginnings(self.world, self.answers, nasty.at)]
        left = MOST_PLAYS
        while stages and left:
            stage = stages.pop()
            clock = stage.scene.case.clocks.get(self.rule.id)
            following = list(self._following(stage)) if clock is None or clock.status in ACTIVE else []
            if following:
                stages.extend(reversed(following))
                continue
            left -= 1
            self.played += 1
            if clock is not None and clock.status is ClockStatus.LATE:
                yield Late(self.rule, nasty, stage.scene, clock, stage.used)
        self.complete = self.complete and not stages

    def _following(self, stage: _Stage) -> Iterable[_Stage]:
        """What comes of it if the step that is due first is done at the last second of its time."""
        case = stage.scene.case
        if case.closed_at is not None or stage.moves >= MOST_MOVES:
            return []
        opened = [name for name in self.slice.steps if case.steps[name].status is StepStatus.OPEN]
        for name in sorted(opened, key=lambda one: (self._planned(stage.scene, one), case.steps[one].round)):
            planned = self._planned(stage.scene, name)
            wake = min(case.alarms.values(), default=None)
            if wake is not None and wake <= planned:
                return [self._asleep(stage, wake)]
            found = list(self._done(stage, name, planned))
            if found:
                return found
        asked = [self._then(stage, one) for one in self.moves.requests(_alone(stage.scene)) if self._is_needed(one)]
        wake = min(case.alarms.values(), default=None)
        return asked or ([self._asleep(stage, wake)] if wake is not None else [])

    def _planned(self, scene: Scene, name: str) -> datetime:
        """When a step is done: at the end of its own deadline, or at once if it has none or the clock does not run."""
        own = self._own(scene.case, name)
        return max(own.due, scene.now) if own is not None and self.rule.id in scene.case.clocks else scene.now

    def _own(self, case: Case, name: str) -> Clock | None:
        """The earliest of a step's own deadlines."""
        rules = (rule for rule in self.program.of_step.get(name, ()) if rule.id != self.rule.id)
        clocks = [case.clocks[rule.id] for rule in rules if not rule.source.target and rule.id in case.clocks]
        return min((one for one in clocks if one.status is ClockStatus.RUNNING), key=lambda one: one.due, default=None)

    def _done(self, stage: _Stage, name: str, planned: datetime) -> Iterator[_Stage]:
        scene = stage.scene
        if planned > scene.now:
            # The due second itself still counts, so the clock must not have passed it.
            before = self.actors.wait_until(scene, a_second_before(planned))
            scene = Scene(before.case, planned, before.events)
        own = self._own(scene.case, name)
        used = (*stage.used, (name, own)) if own is not None and planned > stage.scene.now else stage.used
        for after in self.moves.of_step(_alone(scene), name):
            if not self._turned_down(after):
                yield _Stage(Scene(after.case, after.now, (*scene.events, *after.events)), used, stage.moves + 1)

    def _turned_down(self, after: Scene) -> bool:
        """Whether somebody has sent the case back or ended it: rework begins the time anew, or has no end."""
        event = after.events[-1].event
        if not isinstance(event, Decided) or event.answer == "approve":
            return False
        step = self.program.plans[event.step].step
        return event.answer == "return" or (isinstance(step, Approve) and step.rejected != "continue")

    def _is_needed(self, after: Scene) -> bool:
        return getattr(after.events[-1].event, "step", "") in self.asked_for

    def _then(self, stage: _Stage, after: Scene) -> _Stage:
        events = (*stage.scene.events, *after.events)
        return _Stage(Scene(after.case, after.now, events), stage.used, stage.moves + 1)

    def _asleep(self, stage: _Stage, wake: datetime) -> _Stage:
        return _Stage(self.actors.wait_until(stage.scene, wake), stage.used, stage.moves + 1)


def _alone(scene: Scene) -> Scene:
    return Scene(scene.case, scene.now)
