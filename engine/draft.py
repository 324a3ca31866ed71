"""Draft: a case being decided upon. It is changed in place, then frozen into the next state, or thrown away."""

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from engine.case import ACTIVE, Assignment, Case, Clock, StepState
from engine.effects import Effect, Notice, StepMoved
from engine.errors import UnknownName
from engine.people import Chosen, Search
from engine.program import Manner, Program, Rule, StepPlan
from engine.view import View
from models.expressions import Expression
from models.language.steps import PEOPLE_STEPS, Approve, Step
from models.language.who import Who

_NOBODY: frozenset[str] = frozenset()


def personal(step: Step) -> bool:
    """Whether everybody answers for themselves: a campaign over people."""
    return isinstance(step, PEOPLE_STEPS) and step.each is not None and bool(step.each.people)


class Decision(Struct, frozen=True):
    """What an event makes of a case: the new state, and what must be done because of it."""

    state: Case
    effects: tuple[Effect, ...]


class Draft:
    """The working copy of one case during one decision."""

    base: Case
    owner: str | None
    reopened: int
    holds: frozenset[str]

    def __init__(self, program: Program, base: Case, now: datetime, at: datetime | None = None) -> None:
        self.program = program
        self.company = program.company
        self.base = base
        self.now = now
        self.at = at or now
        """When it happened, which may be earlier than `now`, when it is recorded."""
        self.owner = base.owner
        self.requester = base.requester
        self.reopened = base.reopened
        self.asked = base.asked
        self.outcome = base.outcome
        self.closed_at = base.closed_at
        self.holds = base.holds
        self.overridden = base.overridden
        self.facts: dict[str, Any] = dict(base.facts)
        self.steps: dict[str, StepState] = dict(base.steps)
        self.assignments: dict[str, Assignment] = dict(base.assignments)
        self.clocks: dict[str, Clock] = dict(base.clocks)
        self.alarms: dict[str, datetime] = dict(base.alarms)
        self.moments: dict[str, datetime] = dict(base.moments)
        self.effects: list[Effect] = []
        self.requests: list[tuple[int, Notice]] = []
        self.queue: deque[str] = deque()
        self.changed: deque[tuple[str, str | None]] = deque()
        """Facts that were changed, and the step that changed each."""
        self.starting: dict[str, Rule] = {}
        self.touched: set[str] = set()
        self.view = View(self)
        self._modes: frozenset[str] | None = None
        self._by_person = {(one.step, one.person, one.key): one for one in self.assignments.values()}

    @property
    def modes(self) -> frozenset[str]:
        """Modes that are on now."""
        if self._modes is None:
            self._modes = self.company.modes_at(self.now)
        return self._modes

    def plan(self, step: str) -> StepPlan:
        """The plan of a step. Raises `UnknownName`."""
        found = self.program.plans.get(step)
        if found is None:
            names = ", ".join(self.program.plans)
            raise UnknownName(f"{self.program.procedure.procedure} has no step `{step}`", f"Its steps are: {names}")
        return found

    def holds_true(self, condition: Expression | None, over: Mapping[str, object] | None = None) -> bool:
        """Whether a condition holds; no condition always does."""
        if condition is None:
            return True
        return bool(condition(self.view if over is None else View(self, over)))

    def touch(self, root: str) -> None:
        """A step, field, deadline or case fact has changed: look again at all that depends on it."""
        self.touched.add(root)
        self.queue.extend(self.program.dependents.get(root, ()))

    def move(self, step: str, state: StepState, at: datetime | None = None, detail: str = "") -> None:
        """Give a step a new state; a new status becomes an effect."""
        old = self.steps[step]
        self.steps[step] = state
        if old.status is not state.status or old.round != state.round:
            self.effects.append(StepMoved(step, state.status.value, at or self.now, state.by, detail))
            self.touch(step)

    def search(
        self,
        step: str | None = None,
        row: Mapping[str, object] | None = None,
        chain: Mapping[str, tuple[Who, ...]] | None = None,
        assignees: tuple[str, ...] = (),
    ) -> Search:
        """A search for people on behalf of a step, with its conflicts and separations of duty."""
        plan = self.program.plans.get(step) if step else None
        conflicted = self.conflicted()
        return Search(
            self.company,
            self,
            self.now,
            chain=self.company.ladders.chains.get(self.program.procedure.chain, {}) if chain is None else chain,
            assignees=assignees or (self.assignees(step) if step else ()),
            row=row or {},
            excluded=self._excluded(plan) if plan and isinstance(plan.step, Approve) else frozenset(),
            conflicted=conflicted,
            step=step,
            manner=plan.manner if plan else Manner(),
        )

    def barred(self, step: str) -> frozenset[str]:
        """Who may not act on a step, not even for others: whom it concerns, and whom an `except` names (S-33)."""
        search, found = self.search(step), self.plan(step).step
        named = search.barred_by(found.who) if isinstance(found, PEOPLE_STEPS) else frozenset[str]()
        return search.excluded | search.conflicted | named

    def find(self, wanted: Iterable[Who], search: Search) -> tuple[Chosen, ...]:
        """The people a search finds; whom it skipped goes on record."""
        found = search.find(wanted)
        self.effects.extend(search.skipped)
        search.skipped.clear()
        return found

    def tell(self, people: Iterable[Chosen], notice: Notice) -> None:
        """The same notice to each of some people."""
        for person in people:
            self.effects.append(replace(notice, to=person.person))

    def give(self, one: Assignment) -> None:
        """Ask a person; `asked_for` says whether they are asked already."""
        self._by_person[one.step, one.person, one.key] = one
        self.assignments[one.id] = one

    def drop(self, one: Assignment) -> None:
        """Ask a person no longer."""
        self._by_person.pop((one.step, one.person, one.key), None)
        del self.assignments[one.id]

    def asked_for(self, step: str, person: str, key: str | None) -> Assignment | None:
        """The open assignment of a person for exactly this step and key; found at once, however many there are."""
        return self._by_person.get((step, person, key))

    def assigned(self, step: str) -> list[Assignment]:
        """The open assignments of a step."""
        return [one for one in self.assignments.values() if one.step == step]

    def assignees(self, step: str) -> tuple[str, ...]:
        """Who is asked to do a step now."""
        return tuple(one.person for one in self.assignments.values() if one.step == step)

    def conflicted(self) -> frozenset[str]:
        """People named in the case's conflict fields, and those directly under them."""
        if not self.program.procedure.conflicts:
            return _NOBODY
        named: set[str] = set()
        for name in self.program.procedure.conflicts:
            head, _, rest = name.partition(".")
            value = self.steps[head].values.get(rest) if rest else self.facts.get(head)
            if isinstance(value, str) and value:
                named.add(value)
        return frozenset(named.union(*(self.company.reports_of(person) for person in named)))

    def _excluded(self, plan: StepPlan) -> frozenset[str]:
        """Nobody approves their own: neither who opened the case nor who did the task before."""
        barred = {self.base.requester} if self.base.requester else set()
        for name in plan.judges:
            state = self.steps[name]
            barred.update(one for one in (state.by, *(slot.by for slot in state.slots.values())) if one)
        return frozenset(barred)

    def freeze(self) -> Decision:
        """The next state and the effects."""
        closed = self.closed_at is not None
        times = [] if closed else [at for clock in self.clocks.values() if (at := clock.next_at) is not None]
        if not closed:
            times.extend(self.alarms.values())
        state = replace(
            self.base,
            owner=self.owner,
            reopened=self.reopened,
            asked=self.asked,
            outcome=self.outcome,
            closed_at=self.closed_at,
            holds=self.holds,
            overridden=self.overridden,
            facts=self.facts,
            steps=self.steps,
            assignments=self.assignments,
            clocks=self.clocks,
            alarms=self.alarms,
            moments=self.moments,
            next_due=min(times, default=None),
        )
        self._date_requests()
        return Decision(state, tuple(self.effects))

    def _date_requests(self) -> None:
        """Who is asked learns by when: the clock starts only after the step has opened."""
        for index, notice in self.requests:
            rules = self.program.of_step.get(notice.step or "", ())
            dues = [clock.due for rule in rules if (clock := self.clocks.get(rule.id)) and clock.status in ACTIVE]
            if dues:
                self.effects[index] = replace(notice, due=min(dues))

    def request(self, notice: Notice) -> None:
        """Tell somebody that they are asked; the due time is filled in once it is known."""
        self.requests.append((len(self.effects), notice))
        self.effects.append(notice)
