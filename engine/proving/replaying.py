"""Replaying: the same course of events once more, with somebody else in one place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from msgspec.structs import replace

from engine.errors import Refusal
from engine.events import Decided, Done, Event, Finished, HandedOver, Opened, Refused, TimerFired
from engine.machine import decide
from engine.playing import Happening
from engine.program import Program
from engine.proving.acting import REASON, Actors
from engine.proving.answers import Answers
from engine.proving.scene import Scene, Values
from engine.proving.world import World

_AT_ONCE: Final = timedelta()


@dataclass(frozen=True, slots=True)
class Part:
    """The part somebody has in a matter: who opened it, who did a step, or whom a field names."""

    person: str
    way: Literal["requester", "did", "named"]
    where: str = ""
    """The step that was done, or the field that names somebody."""
    named: str = ""
    """Whom the field names: the person, or somebody whom the person reports to."""


def replay(world: World, happenings: Iterable[Happening], part: Part) -> Scene | None:
    """The scene after the same events, at the same times, with this part; None where that is not possible."""
    scene: Scene | None = None
    program, actors = world.program, Actors(world.program)
    try:
        for one in happenings:
            if isinstance(one.event, Opened):
                scene = _opened(program, one.event, one.recorded, part)
            elif scene is not None:
                scene = actors.wait_until(scene, one.recorded)
                if not isinstance(one.event, TimerFired):
                    scene = _acted(actors, scene, one.event, part)
        if scene is not None and part.way == "named" and not _is_real(scene, part):
            scene = _name_them(world, actors, scene, part)
    except Refusal:
        return None
    return scene if scene is not None and _is_real(scene, part) else None


def _is_real(scene: Scene, part: Part) -> bool:
    """Whether the person really has the part."""
    case = scene.case
    if part.way == "requester":
        return case.requester == part.person
    if part.way == "did":
        return case.steps[part.where].by == part.person
    head, _, field = part.where.rpartition(".")
    return (case.steps[head].values if head else case.facts).get(field) == part.named


def _name_them(world: World, actors: Actors, scene: Scene, part: Part) -> Scene | None:
    """Somebody asks for the step in which the person is named, if it is one that can be asked for."""
    head, _, field = part.where.rpartition(".")
    plan = world.program.plans.get(head)
    if plan is None or not plan.on_request:
        return None
    by = actors.who_may_ask(scene, plan)

    def named(values: Values) -> Scene:
        return actors.record(scene, Done(step=head, by=by, values={**values, field: part.named}), _AT_ONCE)

    found = Answers(world, frozenset()).for_step(plan, scene, named)
    return found[0][1] if found else None


def _opened(program: Program, event: Opened, now: datetime, part: Part) -> Scene:
    by = part.person if part.way == "requester" else event.by
    event = replace(event, by=by, facts=_named(event.facts, part, ""))
    decision = decide(program, None, event, now)
    return Scene(decision.state, now, (Happening(now, now, event, decision.effects),))


def _acted(actors: Actors, scene: Scene, event: Event, part: Part) -> Scene:
    """One event, done by whoever is asked in this course of events."""
    if isinstance(event, Finished) and part.way == "did" and event.step == part.where:
        return _by_hand(actors, scene, event, part)
    if not isinstance(event, Done | Decided | Refused):
        return actors.record(scene, event, _AT_ONCE)
    by = _asked(scene, event)
    if isinstance(event, Done):
        event = replace(event, values=_named(event.values, part, event.step))
        if part.way == "did" and event.step == part.where and by != part.person:
            scene, by = _handed_over(actors, scene, event, by, part.person), part.person
    return actors.record(scene, replace(event, by=by), _AT_ONCE)


def _by_hand(actors: Actors, scene: Scene, event: Finished, part: Part) -> Scene:
    """The machine fails, and its work is done by hand."""
    failed = Finished(step=event.step, ok=False, error=REASON)
    return _acted(actors, actors.record(scene, failed, _AT_ONCE), Done(step=event.step, values=event.values), part)


def _handed_over(actors: Actors, scene: Scene, event: Done, by: str, to: str) -> Scene:
    """The work is passed on; what anybody may ask for needs no passing on."""
    if not any(one.step == event.step for one in scene.case.assignments.values()):
        return scene
    return actors.record(scene, HandedOver(step=event.step, by=by, to=to, key=event.key, reason=REASON), _AT_ONCE)


def _asked(scene: Scene, event: Done | Decided | Refused) -> str:
    """Who does it now: who did it before, if they are still asked."""
    people = [
        one.person
        for one in scene.case.assignments.values()
        if one.step == event.step and (event.key is None or one.key == event.key)
    ]
    return event.by if not people or event.by in people else people[0]


def _named(values: Mapping[str, Any], part: Part, step: str) -> Mapping[str, Any]:
    """The answers, with the person named who is to be concerned."""
    head, _, field = part.where.rpartition(".")
    return {**values, field: part.named} if part.way == "named" and head == step else values
