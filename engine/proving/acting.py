"""Acting: carries out one move in a case, through the engine, by whoever is asked.

A move is all that one step needs to be decided: where ten people are asked, ten answers. What
stands between them differs only in how many have answered.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from engine.case import Assignment, StepStatus
from engine.draft import Draft
from engine.events import SYSTEM, Decided, Done, Event, Refused, TimerFired
from engine.machine import decide
from engine.playing import Happening
from engine.program import Program, StepPlan
from engine.proving.scene import Scene, Values

A_MOMENT: Final = timedelta(minutes=1)
"""What passes between two moves of people who act at once."""

MOST_ANSWERS: Final = 2_000
"""Answers to one step; a campaign over a whole company has as many."""

REASON: Final = "理由从略"


class Actors:
    """The people and machines of a proof; between two moves passes as much time as `pace` says."""

    def __init__(self, program: Program, pace: timedelta = A_MOMENT) -> None:
        self.program = program
        self.pace = pace

    def record(self, scene: Scene, event: Event, after: timedelta | None = None) -> Scene:
        """The scene after one event. Raises the engine's refusal."""
        now = scene.now + (self.pace if after is None else after)
        decision = decide(self.program, scene.case, event, now)
        return Scene(decision.state, now, (*scene.events, Happening(now, now, event, decision.effects)))

    def do(self, scene: Scene, step: str, answers: Sequence[Values]) -> Scene:
        """Everybody who is asked does a step; the last of the answers serves all the rest."""

        def event(one: Assignment, number: int) -> Event:
            return Done(step=step, by=one.person, key=one.key, values=answers[min(number, len(answers) - 1)])

        return self._each(scene, step, event)

    def refuse(self, scene: Scene, step: str, answer: Values | None) -> Scene:
        """The first who is asked refuses; the others do it, or without an `answer` refuse as well."""

        def event(one: Assignment, number: int) -> Event:
            if number and answer is not None:
                return Done(step=step, by=one.person, key=one.key, values=answer)
            return Refused(step=step, by=one.person, key=one.key, reason=REASON)

        return self._each(scene, step, event)

    def vote(self, scene: Scene, step: str, votes: Sequence[str], values: Values) -> Scene:
        """Everybody who is asked decides, until the step is decided; the last vote is that of all the rest."""

        def event(one: Assignment, number: int) -> Event:
            answer = votes[min(number, len(votes) - 1)]
            given = values if answer == "approve" else {}
            return Decided(step=step, by=one.person, key=one.key, answer=answer, reason=REASON, values=given)  # type: ignore[arg-type]

        return self._each(scene, step, event)

    def who_may_ask(self, scene: Scene, plan: StepPlan) -> str:
        """The first person who may ask for a step."""
        draft = Draft(self.program, scene.case, scene.now)
        who = getattr(plan.step, "who", ())
        people = draft.find(who, draft.search(plan.step.id)) if who else ()
        return people[0].person if people else scene.case.requester or SYSTEM

    def wait_until(self, scene: Scene, moment: datetime) -> Scene:
        """The scene when everything due up to `moment`, inclusive, has fired and nobody has acted."""
        case, events = scene.case, list(scene.events)
        while case.next_due is not None and case.next_due <= moment:
            due = case.next_due
            now = max(due, scene.now)
            decision = decide(self.program, case, TimerFired(due=due), now)
            case = decision.state
            events.append(Happening(due, now, TimerFired(due=due), decision.effects))
        return Scene(case, max(moment, scene.now), tuple(events))

    def _each(self, scene: Scene, step: str, event: Callable[[Assignment, int], Event]) -> Scene:
        """Record an event for one assignment after the other, until the step is over or begins anew."""
        current = scene.case.steps[step].round
        for number in range(MOST_ANSWERS):
            one = next((one for one in scene.case.assignments.values() if one.step == step), None)
            if one is None:
                break
            scene = self.record(scene, event(one, number), None if number == 0 else timedelta())
            state = scene.case.steps[step]
            if scene.case.closed_at is not None or state.status is not StepStatus.OPEN or state.round != current:
                break
        return scene
