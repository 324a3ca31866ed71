"""Order: which steps of a procedure wait for which, and which of them exist only when somebody asks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from models.language.procedure import Procedure
from models.language.steps import PEOPLE_STEPS, Approve, End, Step


def waits_for(index: int, procedure: Procedure) -> tuple[str, ...]:
    """The steps that a step comes after: those it names, else the one above it."""
    step = procedure.steps[index]
    if step.after is not None:
        return step.after
    return (procedure.steps[index - 1].id,) if index else ()


def back_to(step: Step) -> Iterator[str]:
    """The steps to which a step can send the case back."""
    if isinstance(step, PEOPLE_STEPS) and step.back_to:
        yield step.back_to
    if isinstance(step, Approve):
        if step.returned:
            yield step.returned
        if step.rejected not in ("stop", "continue") and not step.rejected.startswith("end "):
            yield step.rejected


@dataclass(frozen=True)
class Order:
    """The steps of one procedure and what they wait for; names that do not exist are left out."""

    steps: Mapping[str, Step]
    after: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, procedure: Procedure) -> "Order":
        """Read the order of a procedure; of two steps with one name the first counts."""
        steps: dict[str, Step] = {}
        after: dict[str, tuple[str, ...]] = {}
        known = {step.id for step in procedure.steps}
        for index, step in enumerate(procedure.steps):
            if step.id not in steps:
                steps[step.id] = step
                after[step.id] = tuple(name for name in waits_for(index, procedure) if name in known)
        return cls(steps, after)

    @cached_property
    def circles(self) -> list[tuple[str, ...]]:
        """Steps that wait for each other: `a` waits for `b`, `b` for `c`, `c` for `a`; each circle once."""
        found: dict[frozenset[str], tuple[str, ...]] = {}
        for start in self.steps:
            circle = self._way(start, start)
            if circle:
                found.setdefault(frozenset(circle), circle)
        return list(found.values())

    def before(self, name: str) -> frozenset[str]:
        """All steps that a step waits for, directly or not."""
        return self._before[name]

    @cached_property
    def _before(self) -> Mapping[str, frozenset[str]]:
        return {name: _reach(name, self.after) for name in self.steps}

    @cached_property
    def requested(self) -> frozenset[str]:
        """Steps that open only if somebody asks for them, or for all the steps that they wait for."""
        found: set[str] = {name for name, step in self.steps.items() if on_request(step)}
        grown = True
        while grown:
            more = {name for name in self.steps if name not in found and self._follows_request(name, found)}
            found |= more
            grown = bool(more)
        return frozenset(found)

    def _follows_request(self, name: str, requested: set[str]) -> bool:
        # A step that waits for the ordinary course as well is a mistake of its own, and no part of the request.
        after = self.after[name]
        return bool(after) and all(one in requested for one in after)

    @cached_property
    def opening(self) -> frozenset[str]:
        """Steps that can ever open, whatever the conditions and requests.

        Nothing comes after an `end` that always ends the case, nor after a step that always goes
        back to one before it. A step with a condition can be skipped, and lets pass what follows.
        """
        found: set[str] = set()
        grown = True
        while grown:
            more = {name for name in self.steps if name not in found and self._can_open(name, found)}
            found |= more
            grown = bool(more)
        return frozenset(found)

    def _can_open(self, name: str, opening: set[str]) -> bool:
        step, after = self.steps[name], self.after[name]
        if not after:
            return True
        choose = any if step.wait_for == "any" else all
        return choose(one in opening and not self.stops(one) for one in after)

    def stops(self, name: str) -> bool:
        """Whether nothing can come after a step: it ends the case, or goes back to where it came from."""
        step = self.steps[name]
        if step.when is not None and not on_request(step):
            return False
        if isinstance(step, End):
            return True
        back = step.back_to if isinstance(step, PEOPLE_STEPS) else None
        return back == name or back in self.before(name)

    def _way(self, start: str, goal: str) -> tuple[str, ...]:
        """The shortest way from a step to another along what they wait for; empty if there is none."""
        ways: dict[str, tuple[str, ...]] = {start: (start,)}
        frontier = [start]
        while frontier:
            name = frontier.pop(0)
            for one in self.after[name]:
                if one == goal:
                    return ways[name]
                if one not in ways:
                    ways[one] = (*ways[name], one)
                    frontier.append(one)
        return ()


def on_request(step: Step) -> bool:
    """Whether a step opens only when somebody asks for it."""
    return isinstance(step, PEOPLE_STEPS) and step.start == "on_request"


def ends(procedure: Procedure) -> Iterable[Step]:
    """The steps that end the case."""
    return (step for step in procedure.steps if isinstance(step, End))


def outcomes(procedure: Procedure) -> list[str]:
    """How a case can end: by a step that ends it, or by a rejection."""
    found = [step.outcome for step in procedure.steps if isinstance(step, End)]
    for step in procedure.steps:
        if isinstance(step, Approve) and step.rejected == "stop":
            found.append("rejected")
        elif isinstance(step, Approve) and step.rejected.startswith("end "):
            found.append(step.rejected.removeprefix("end ").strip())
    return list(dict.fromkeys([*found, "withdrawn"]))


def _reach(name: str, graph: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    frontier = list(graph[name])
    while frontier:
        one = frontier.pop()
        if one not in found:
            found.add(one)
            frontier.extend(graph[one])
    return frozenset(found)
