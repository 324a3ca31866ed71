"""Moves: what can happen next in a case: somebody acts, a machine reports, a called case ends, or time passes."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from engine.case import Case, ClockStatus, StepStatus
from engine.draft import Draft
from engine.errors import NotAsked, Refusal
from engine.events import SYSTEM, Amended, ChildClosed, Done, Finished, Reopened
from engine.program import Program, StepPlan
from engine.progress import Unsettled
from engine.proving.acting import REASON, Actors
from engine.proving.answers import Answers
from engine.proving.scene import Scene, Values
from engine.proving.slices import Slice
from engine.proving.world import World
from models.language.steps import PEOPLE_STEPS, Approve, Call, Machine, Task

LATER: Final = (timedelta(hours=5), timedelta(days=4), timedelta(days=35))
"""How long is waited for a requirement that looks at the time."""

OTHERWISE: Final = "finished"
"""How a called case ends if nothing is known about the procedure that is called."""

Attempt = Callable[[Scene, Values], Scene]


class Moves:
    """All moves within one slice."""

    def __init__(self, world: World, actors: Actors, part: Slice, answers: Answers) -> None:
        self.program: Program = world.program
        self.outcomes = world.outcomes
        self.actors = actors
        self.slice = part
        self.answers = answers
        self.correctable = tuple(
            (name, field)
            for name, field in self.program.procedure.form.items()
            if field.editable and name in part.deciding
        )
        self.askers: dict[str, str] = {}
        self.unanswered: dict[str, Scene] = {}
        """Steps for which no acceptable answer was found, with the first scene in which that was so."""

    def after(self, scene: Scene) -> Iterator[Scene]:
        """Every scene that one move of somebody leads to. Raises `Unsettled` where conditions chase each other."""
        scene = Scene(scene.case, scene.now)
        if scene.case.closed_at is not None:
            reopened = Reopened(by=scene.case.owner or SYSTEM, reason=REASON)
            yield from _unless_refused(partial(self.actors.record, scene, reopened))
            return
        for name in self.slice.steps:
            if scene.case.steps[name].status is StepStatus.OPEN:
                yield from self._of_open(scene, self.program.plans[name])
        yield from self.requests(scene)
        for name, field in self.correctable:
            for value in self.answers.samples.deciding(name, field, scene.now):
                if value is not None and value != scene.case.facts.get(name):
                    amended = Amended(facts={name: value})
                    yield from _unless_refused(partial(self.actors.record, scene, amended))

    def one_step(self, scene: Scene) -> Iterator[Scene]:
        """What one of the open steps leads to, the one begun least often, and whatever somebody may ask for."""
        scene = Scene(scene.case, scene.now)
        steps = scene.case.steps
        ranked = sorted(self.slice.steps, key=lambda name: steps[name].round)
        opened = [name for name in ranked if steps[name].status is StepStatus.OPEN]
        for name in opened if scene.case.closed_at is None else ():
            found = list(self.of_step(scene, name))
            if found:
                yield from found
                yield from self.requests(scene)
                return
        yield from self.after(scene)

    def requests(self, scene: Scene) -> Iterator[Scene]:
        """What the steps lead to that anybody may ask for now."""
        for name in self.slice.steps:
            plan = self.program.plans[name]
            if plan.on_request and self._may_be_asked_for(plan, scene):
                yield from self._answered(scene, plan, partial(self._ask_for, plan))

    def of_step(self, scene: Scene, name: str) -> Iterator[Scene]:
        """Every scene that what somebody does at one open step leads to."""
        yield from self._of_open(Scene(scene.case, scene.now), self.program.plans[name])

    def next_change(self, case: Case) -> datetime | None:
        """When time alone may next change something that matters in the slice; None if it never will."""
        times = [
            clock.due
            for name in self.slice.deadlines
            if (clock := case.clocks.get(name)) is not None and clock.status is ClockStatus.RUNNING
        ]
        for alarm, at in case.alarms.items():
            kind, _, name = alarm.partition(":")
            asleep = kind != "repeat" or case.steps[name].status is not StepStatus.OPEN
            if name in self.slice.steps and asleep:
                times.append(at)
        return min(times, default=None)

    def _may_be_asked_for(self, plan: StepPlan, scene: Scene) -> bool:
        """Whether asking is worth a try; the engine has the last word."""
        limit = plan.step.times if isinstance(plan.step, PEOPLE_STEPS) else 1
        steps = scene.case.steps
        if steps[plan.step.id].times >= limit:
            return False
        settled = (StepStatus.DONE, StepStatus.SKIPPED)
        if plan.step.wait_for == "all" and any(steps[name].status not in settled for name in plan.after):
            return False
        return plan.during is None or Draft(self.program, scene.case, scene.now).holds_true(plan.during)

    def _ask_for(self, plan: StepPlan, scene: Scene, values: Values) -> Scene:
        """Somebody asks for a step: whoever did it last time if they still may, which saves looking them up."""
        name = plan.step.id
        if name in self.askers:
            try:
                return self.actors.record(scene, Done(step=name, by=self.askers[name], values=values))
            except NotAsked:
                del self.askers[name]
        self.askers[name] = self.actors.who_may_ask(scene, plan)
        return self.actors.record(scene, Done(step=name, by=self.askers[name], values=values))

    def _of_open(self, scene: Scene, plan: StepPlan) -> Iterator[Scene]:
        step, state = plan.step, scene.case.steps[plan.step.id]
        match step:
            case Task() | Approve() if not any(one.step == step.id for one in scene.case.assignments.values()):
                return
            case Task():
                yield from self._task(scene, plan, step)
            case Approve():
                yield from self._approve(scene, plan, step)
            case Machine():
                yield from self._machine(scene, plan, failed=state.outcome == "failed")
            case Call() if step.waits:
                yield from self._called(scene, step)

    def _task(self, scene: Scene, plan: StepPlan, step: Task) -> Iterator[Scene]:
        actors, name = self.actors, step.id
        answers = self._accepted(scene, plan, lambda now, values: actors.do(now, name, [values]))
        yield from (result for _, result in answers)
        if step.each and answers:
            usual = answers[0][0]
            for other, _ in answers[1:]:
                yield from _unless_refused(partial(actors.do, scene, name, [other, usual]))
            if step.each.refusable:
                yield from _unless_refused(partial(actors.refuse, scene, name, usual))
                yield from _unless_refused(partial(actors.refuse, scene, name, None))

    def _approve(self, scene: Scene, plan: StepPlan, step: Approve) -> Iterator[Scene]:
        actors, name = self.actors, step.id
        yield from self._answered(scene, plan, lambda now, values: actors.vote(now, name, ["approve"], values))
        yield from _unless_refused(partial(actors.vote, scene, name, ["reject"], {}))
        if step.each:
            yield from self._answered(
                scene, plan, lambda now, values: actors.vote(now, name, ["reject", "approve"], values)
            )
        if step.returned:
            yield from _unless_refused(partial(actors.vote, scene, name, ["return"], {}))

    def _machine(self, scene: Scene, plan: StepPlan, failed: bool) -> Iterator[Scene]:
        actors, name = self.actors, plan.step.id
        if failed:
            yield from self._answered(scene, plan, lambda now, values: actors.do(now, name, [values]))
            return
        done = self._answered(scene, plan, lambda now, values: actors.record(now, Finished(step=name, values=values)))
        yield from done
        yield from _unless_refused(partial(actors.record, scene, Finished(step=name, ok=False, error=REASON)))

    def _called(self, scene: Scene, step: Call) -> Iterator[Scene]:
        asked = list(map(str, self.answers.samples.literals.values.get(f"{step.id}.outcome", ())))
        known = list(self.outcomes.get(step.procedure, (OTHERWISE, *asked)))
        # Outcomes that no condition asks about are all alike.
        for outcome in dict.fromkeys([*[one for one in known if one not in asked][:1], *asked]):
            closed = ChildClosed(step=step.id, outcome=outcome)
            yield from _unless_refused(partial(self.actors.record, scene, closed))

    def _answered(self, scene: Scene, plan: StepPlan, attempt: Attempt) -> Iterator[Scene]:
        yield from (result for _, result in self._accepted(scene, plan, attempt))

    def _accepted(self, scene: Scene, plan: StepPlan, attempt: Attempt) -> list[tuple[Values, Scene]]:
        """Answers the step accepts. An open step that accepts none of those that were tried is remembered."""
        try:
            found = self.answers.for_step(plan, scene, partial(attempt, scene))
            for span in LATER if not found and any("at" in one.names for one in plan.require) else ():
                later = self.actors.wait_until(scene, scene.now + span)
                found = found or self.answers.for_step(plan, later, partial(attempt, later))
        except Unsettled:
            raise
        except Refusal:
            return []
        if not found and not plan.on_request:
            self.unanswered.setdefault(plan.step.id, scene)
        return found


def _unless_refused(move: Callable[[], Scene]) -> Iterator[Scene]:
    """The scene after a move, if the engine allows it."""
    try:
        yield move()
    except Unsettled:
        raise
    except Refusal:
        return
