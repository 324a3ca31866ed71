"""Liveness: which values of a case, and which steps, something may still look at.

A fact that only a finished step has asked about makes no difference any more. Leaving such
facts out of the identity of a state is what keeps the number of states small.
"""

from collections.abc import Iterator

from engine.case import Case, ClockStatus, StepStatus
from engine.program import Program
from engine.proving.influence import Influence
from engine.proving.slices import Slice, timing
from models.expressions.tree import Logic, Node, Read, children

_OPEN_ENDED = frozenset({StepStatus.WAITING, StepStatus.HELD, StepStatus.OPEN})


class Liveness:
    """What still matters in the cases of one slice."""

    def __init__(self, program: Program, influence: Influence, part: Slice) -> None:
        self.program = program
        self.slice = part
        self.influence = influence
        self.repeatable = influence.repeatable
        self.readers = dict(self._readers())
        """For each deciding value, the steps and deadlines that look at it."""
        self.revivers = dict(self._revivers())
        self.overwritten = dict(self._overwritten())
        self.guarded = frozenset(self._guarded())
        """Values of steps, and readers to which they make a difference only while the step is done."""
        self._known: dict[object, frozenset[str]] = {}

    def of(self, case: Case) -> frozenset[str]:
        """Values something may still look at, and steps and deadlines that may still look at something."""
        signature = (
            tuple(case.steps[name].status for name in self.slice.steps),
            tuple((clock := case.clocks.get(name)) and clock.status for name in self.slice.deadlines),
        )
        found = self._known.get(signature)
        if found is None:
            found = self._known[signature] = self._live(case)
        return found

    def _live(self, case: Case) -> frozenset[str]:
        known: dict[str, bool] = {}
        for name in (*self.slice.steps, *(f"deadline.{one}" for one in self.slice.deadlines)):
            self._pending(name, case, known)
        found = {name for name, pending in known.items() if pending}
        for path, readers in self.readers.items():
            if any(one in found and not self._is_past(path, one, case) for one in readers):
                found.add(path)
        return frozenset(found)

    def _is_past(self, path: str, reader: str, case: Case) -> bool:
        """Whether the value will certainly be given again before it makes a difference to the reader."""
        if (path, reader) in self.guarded and case.steps[path.partition(".")[0]].status is not StepStatus.DONE:
            return True
        return any(case.steps[one].status in _OPEN_ENDED for one in self.overwritten.get((path, reader), ()))

    def _pending(self, reader: str, case: Case, known: dict[str, bool]) -> bool:
        """Whether a step or deadline may still look at its conditions."""
        if reader not in known:
            known[reader] = False  # until found otherwise: two skipped steps do not revive each other
            known[reader] = self._looks_again(reader, case, known)
        return known[reader]

    def _looks_again(self, reader: str, case: Case, known: dict[str, bool]) -> bool:
        if reader.startswith("deadline."):
            clock = case.clocks.get(reader.removeprefix("deadline."))
            return clock is None or clock.status is ClockStatus.RUNNING or bool(self.repeatable)
        if reader in self.repeatable or case.steps[reader].status in _OPEN_ENDED:
            return True
        # What was skipped comes back when its condition turns true, as long as that can happen.
        skipped = case.steps[reader].status is StepStatus.SKIPPED
        return skipped and any(self._pending(one, case, known) for one in self.revivers[reader])

    def _readers(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        timed = list(timing(self.program, self.slice.steps, self.slice.deadlines))
        for path in sorted(self.slice.deciding):
            if "[]" in path:
                continue  # a column: its table is among them
            inside = f"{path}[]"
            readers = [
                found.owner
                for found in self.slice.conditions
                if any(name == path or name.startswith(inside) for name in found.names)
            ]
            for name in self.slice.steps:
                each = getattr(self.program.plans[name].step, "each", None)
                if each is not None and each.rows == path:
                    readers.append(name)
            readers += [step for field, step in timed if field == path]
            yield path, tuple(dict.fromkeys(readers))

    def _revivers(self) -> Iterator[tuple[str, frozenset[str]]]:
        """For each step, whose course can change the truth of its conditions."""
        for name in self.slice.steps:
            found = [one.expression for one in self.slice.conditions if one.owner == name]
            named = {one for expression in found for one in self.influence.names(expression)}
            writers = {writer for one in named for writer in self.influence.writers.get(one, ())}
            known = (*self.slice.steps, *(f"deadline.{one}" for one in self.slice.deadlines))
            yield name, frozenset(one for one in named | writers if one in known)

    def _overwritten(self) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
        """For each value and reader, steps that always come before the reader and always ask for the value again."""
        for path, readers in self.readers.items():
            head, _, field = path.partition(".")
            writers = (head,) if field else self.influence.writers.get(path, ())
            for reader in readers:
                if reader in self.program.plans:
                    before = self.influence.always_before(reader)
                    always = tuple(one for one in writers if one in before and self._always_asks(one, path))
                    yield (path, reader), always

    def _guarded(self) -> Iterator[tuple[str, str]]:
        for path, readers in self.readers.items():
            for reader in readers if "." in path else ():
                found = [one for one in self.slice.conditions if one.owner == reader and path in one.names]
                # Under another name, as inside the step itself, it would not be recognised.
                named = all(path in one.expression.names for one in found)
                if named and all(_only_when_done(one.expression.tree, path) for one in found):
                    yield path, reader

    def _always_asks(self, writer: str, path: str) -> bool:
        plan = self.program.plans[writer]
        asks = "." in path or path in getattr(plan.step, "asks", ())
        return asks and plan.when is None and plan.already is None and not plan.on_request


def _only_when_done(node: Node, path: str) -> bool:
    """Whether a value of a step is looked at only beside the condition that the step is done."""
    if isinstance(node, Read):
        return node.path != path
    if isinstance(node, Logic) and node.word == "and":
        done = f"{path.partition('.')[0]}.done"
        if any(isinstance(part, Read) and part.path == done for part in node.parts):
            return True
    return all(_only_when_done(child, path) for child in children(node))
