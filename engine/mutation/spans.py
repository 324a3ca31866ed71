"""Spans: every deadline removed, doubled and halved, and what may replace, extend, cancel or end it."""

from collections.abc import Iterator, Mapping

from engine.mutation.mutant import Mutant, drop, put
from models.language.clauses import Term
from models.language.deadlines import StepDeadline
from models.language.durations import Duration, DurationError, Unit
from models.language.problem import Words
from models.language.procedure import Procedure
from models.language.scope import Loc, step_deadline_ids
from models.language.steps import TIMED_STEPS, Wait

_FINER = {Unit.HOURS: Unit.MINUTES, Unit.WORKING_HOURS: Unit.WORKING_MINUTES}

_TIMES = (("doubled", "加倍"), ("halved", "减半"))


def deadline_mutants(procedure: Procedure, terms: Mapping[str, Term]) -> Iterator[Mutant]:
    """One mutant for each deadline removed, span changed, and variation dropped."""
    for index, step in enumerate(procedure.steps):
        if isinstance(step, Wait) and step.lasts:
            yield from _spans(procedure, ("steps", index, "lasts"), step.id, step.lasts)
        if not isinstance(step, TIMED_STEPS):
            continue
        if step.within:
            yield _removed(
                procedure, put(procedure, ("steps", index, "within"), None), step.id, ("steps", index, "within")
            )
            yield from _spans(procedure, ("steps", index, "within"), step.id, step.within)
        named = _named(procedure, index)
        ids = step_deadline_ids(step)[1 if step.within else 0 :]
        for number, (name, deadline) in enumerate(zip(ids, step.deadline, strict=True)):
            loc: Loc = ("steps", index, "deadline", number)
            yield _removed(procedure, drop(named, loc), name, loc)
            yield from _inside(procedure, loc, name, deadline, terms)
    for number, deadline in enumerate(procedure.deadlines):
        loc = ("deadlines", number)
        yield _removed(procedure, drop(procedure, loc), deadline.id, loc)
        yield from _inside(procedure, loc, deadline.id, deadline, terms)


def _named(procedure: Procedure, index: int) -> Procedure:
    """The procedure with explicit names for the deadlines of a step: removing one must not rename the others."""
    step = procedure.steps[index]
    if not isinstance(step, TIMED_STEPS):
        return procedure
    ids = step_deadline_ids(step)[1 if step.within else 0 :]
    named = tuple(one.model_copy(update={"id": name}) for name, one in zip(ids, step.deadline, strict=True))
    return put(procedure, ("steps", index, "deadline"), named)


def _removed(_procedure: Procedure, without: Procedure, name: str, loc: Loc) -> Mutant:
    return Mutant("deadline", Words(f"deadline `{name}` removed", f"删去时限 `{name}`"), loc, without)


def _inside(
    procedure: Procedure, loc: Loc, name: str, deadline: StepDeadline, terms: Mapping[str, Term]
) -> Iterator[Mutant]:
    if deadline.within:
        yield from _spans(procedure, (*loc, "within"), name, deadline.within)
    elif deadline.before:
        yield from _spans(procedure, (*loc, "before"), name, deadline.before)
    elif deadline.term and deadline.term in terms:
        yield from _of_term(procedure, loc, name, terms[deadline.term])
    for key, zh, en in (("replaced", "替换", "replacement"), ("extended", "延期", "extension")):
        for number in range(len(getattr(deadline, key))):
            what = Words(
                f"{en} {number + 1} of deadline `{name}` dropped", f"删去时限 `{name}` 的第 {number + 1} 个{zh}"
            )
            yield Mutant("variation", what, (*loc, key, number), drop(procedure, (*loc, key, number)))
    if deadline.cancelled:
        what = Words(f"`cancelled` of deadline `{name}` dropped", f"删去时限 `{name}` 的取消条件")
        yield Mutant("variation", what, (*loc, "cancelled"), put(procedure, (*loc, "cancelled"), None))
    for mode, span in deadline.in_mode.items():
        rest = {key: value for key, value in deadline.in_mode.items() if key != mode}
        what = Words(
            f"`{span}` of deadline `{name}` in mode `{mode}` dropped", f"删去时限 `{name}` 在 `{mode}` 时期的 {span.zh}"
        )
        yield Mutant("variation", what, (*loc, "in_mode", mode), put(procedure, (*loc, "in_mode"), rest))
    if deadline.missed == "deem":
        what = Words(f"deadline `{name}` escalates instead of deeming", f"时限 `{name}` 到期不再视为已办")
        yield Mutant("deemed", what, (*loc, "missed"), put(procedure, (*loc, "missed"), "escalate"))


def _of_term(procedure: Procedure, loc: Loc, name: str, term: Term) -> Iterator[Mutant]:
    """A vague word, written out as the span it stands for and changed; in modes it stays what it was."""
    plain = put(procedure, (*loc, "term"), None)
    plain = put(plain, (*loc, "in_mode"), {**term.in_mode, **_at(procedure, loc).in_mode})
    for mutant in _spans(plain, (*loc, "within"), name, term.within):
        yield Mutant(mutant.kind, mutant.what, (*loc, "term"), mutant.procedure)


def _at(procedure: Procedure, loc: Loc) -> StepDeadline:
    if loc[0] == "deadlines":
        return procedure.deadlines[int(loc[1])]
    step = procedure.steps[int(loc[1])]
    if not isinstance(step, TIMED_STEPS):
        raise TypeError(f"{step.id} has no deadlines")
    return step.deadline[int(loc[3])]


def _spans(procedure: Procedure, loc: Loc, name: str, span: Duration) -> Iterator[Mutant]:
    for (en, zh), changed in zip(_TIMES, (twice(span), half(span)), strict=True):
        if changed is not None:
            what = Words(f"`{name}` {en}: {span} → {changed}", f"`{name}` 时长{zh}：{span.zh} → {changed.zh}")
            yield Mutant("span", what, loc, put(procedure, loc, changed))


def twice(span: Duration) -> Duration | None:
    """The span doubled; None beyond what a file may say."""
    try:
        return Duration(2 * span.amount, span.unit)
    except DurationError:
        return None


def half(span: Duration) -> Duration | None:
    """The span halved, in a finer unit if need be; None for what has no half, such as one working day."""
    amount, unit = span.amount, span.unit
    if amount % 2 and unit in _FINER:
        amount, unit = 60 * amount, _FINER[unit]
    return Duration(amount // 2, unit) if amount > 1 else None
