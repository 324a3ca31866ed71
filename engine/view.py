"""View: the state of a case as expressions read it, one look-up a dotted name."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.case import ClockStatus, SlotStatus, StepState, StepStatus
from engine.rows import rows

if TYPE_CHECKING:
    from engine.draft import Draft

Reader = Callable[["Draft"], object]


class View(Mapping[str, object]):
    """What a condition sees: the case as it stands in a draft, and on top the answers just given."""

    __slots__ = ("_draft", "_over")

    def __init__(self, draft: "Draft", over: Mapping[str, object] | None = None) -> None:
        self._draft = draft
        self._over = over

    def __getitem__(self, path: str) -> object:
        """The value of a dotted name; None where there is none yet."""
        if self._over is not None and path in self._over:
            return self._over[path]
        reader = _READERS.get(path)
        if reader is None:
            reader = _READERS[path] = _reader(path)
        return reader(self._draft)

    def get(self, path: str, default: Any = None) -> Any:  # noqa: ARG002 - Mapping's signature
        """The value of a dotted name; there is always one, so `default` is never used."""
        return self[path]

    def __iter__(self) -> Iterator[str]:
        """Names are looked up, not listed: the scope of the procedure says which there are."""
        return iter(self._over or ())

    def __len__(self) -> int:
        """The number of names laid on top."""
        return len(self._over or ())


_READERS: dict[str, Reader] = {}
"""One reader a dotted name; names come from checked procedures only, so the table stays small."""


def _reader(path: str) -> Reader:
    head, _, rest = path.partition(".")
    if not rest:
        return lambda draft: draft.facts.get(path)
    if head == "case":
        return _CASE[rest]
    if head == "mode":
        return lambda draft: rest in draft.modes
    if head == "deadline":
        name, _, attribute = rest.partition(".")
        ask = _DEADLINE[attribute]
        return lambda draft: ask(draft, name)
    return _step_reader(head, rest)


def _step_reader(step: str, attribute: str) -> Reader:
    ask = _STEP.get(attribute)
    if ask is not None:
        return lambda draft: ask(draft.steps[step])
    if attribute == "rows":
        return lambda draft: rows(draft, step)
    return lambda draft: draft.steps[step].values.get(attribute)


def _number_of(status: SlotStatus) -> Callable[[StepState], object]:
    return lambda state: sum(slot.status is status for slot in state.slots.values())


_STEP: Mapping[str, Callable[[StepState], object]] = {
    "done": lambda state: state.status is StepStatus.DONE,
    "open": lambda state: state.status is StepStatus.OPEN,
    "skipped": lambda state: state.status is StepStatus.SKIPPED,
    "done_at": lambda state: state.done_at,
    "first_done_at": lambda state: state.first_done_at,
    "opened_at": lambda state: state.opened_at,
    "by": lambda state: state.by,
    "times": lambda state: state.times,
    "missed": lambda state: state.missed,
    "reached": lambda state: state.status is StepStatus.DONE and not state.unreached,
    "approved": lambda state: state.status is StepStatus.DONE and state.outcome == "approved",
    "rejected": lambda state: state.status is StepStatus.DONE and state.outcome == "rejected",
    "failed": lambda state: state.outcome == "failed",
    "outcome": lambda state: state.outcome,
    "digest": lambda state: state.digest,
    "total": lambda state: len(state.slots),
    "finished": _number_of(SlotStatus.DONE),
    "unfinished": _number_of(SlotStatus.OPEN),
    "refused": _number_of(SlotStatus.REFUSED),
    "exempt": _number_of(SlotStatus.EXEMPT),
    "left": _number_of(SlotStatus.LEFT),
}


def _due(draft: "Draft", name: str) -> datetime | None:
    clock = draft.clocks.get(name)
    return clock.due if clock else None


def _started(draft: "Draft", name: str) -> datetime | None:
    clock = draft.clocks.get(name)
    return clock.start if clock else None


def _status_in(*wanted: ClockStatus) -> Callable[["Draft", str], object]:
    def ask(draft: "Draft", name: str) -> bool:
        clock = draft.clocks.get(name)
        return clock is not None and clock.status in wanted

    return ask


def _missed(draft: "Draft", name: str) -> bool:
    clock = draft.clocks.get(name)
    return clock is not None and clock.missed_at is not None


_DEADLINE: Mapping[str, Callable[["Draft", str], object]] = {
    "running": _status_in(ClockStatus.RUNNING),
    "missed": _missed,
    "met": _status_in(ClockStatus.MET),
    "due": _due,
    "started_at": _started,
}

_CASE: Mapping[str, Reader] = {
    "opened_at": lambda draft: draft.base.opened_at,
    "occurred_at": lambda draft: draft.base.occurred_at,
    "channel": lambda draft: draft.base.channel,
    "owner": lambda draft: draft.owner,
    "requester": lambda draft: draft.base.requester,
    "reopened": lambda draft: draft.reopened,
    "sensitivity": lambda draft: draft.base.sensitivity,
    "inherited": lambda draft: draft.base.inherited,
    "holds": lambda draft: sorted(draft.holds),
}
