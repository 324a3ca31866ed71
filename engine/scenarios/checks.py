"""Checks: what a test expects of a case at a moment, paired with what is true of it. Shapes: `(expected, actual)`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from engine.case import Case, Clock
from engine.draft import Draft
from models.expressions import ExpressionError, parse
from models.expressions.types import Bool
from models.language.moments import format_moment, parse_moment
from models.language.policy_test import Expect
from models.language.scope import scope_of

Pair = tuple[str, str]


def compare_case(wanted: Expect, draft: Draft) -> Iterable[Pair]:
    """Everything the line expects of the case itself; messages are compared elsewhere."""
    for check in _CHECKS:
        yield from check(wanted, draft.base)
    yield from _conditions(wanted, draft)


def _times(names: Mapping[str, str], word: str, case: Case, of: Callable[[Clock], str]) -> Iterable[Pair]:
    for name, text in names.items():
        clock = case.clocks.get(name)
        actual = of(clock) if clock else "not running"
        yield f"{name} {word} {format_moment(parse_moment(text))}", f"{name} {word} {actual}"


def _due(wanted: Expect, case: Case) -> Iterable[Pair]:
    return _times(wanted.due, "due", case, lambda clock: format_moment(clock.due))


def _targets(wanted: Expect, case: Case) -> Iterable[Pair]:
    return _times(wanted.target, "target", case, lambda clock: format_moment(clock.target))


def _provisional(wanted: Expect, case: Case) -> Iterable[Pair]:
    for name in wanted.provisional:
        clock = case.clocks.get(name)
        yield f"{name} provisional", f"{name} {'provisional' if clock and clock.provisional else 'final'}"


def _deadlines(wanted: Expect, case: Case) -> Iterable[Pair]:
    for name, status in wanted.deadlines.items():
        clock = case.clocks.get(name)
        yield f"{name} {status}", f"{name} {clock.status.value if clock else 'none'}"


def _steps(wanted: Expect, case: Case) -> Iterable[Pair]:
    for name, status in wanted.steps.items():
        state = case.steps.get(name)
        yield f"{name} {status}", f"{name} {state.status.value if state else 'does not exist'}"


def _asked(wanted: Expect, case: Case) -> Iterable[Pair]:
    for name, people in wanted.asked.items():
        asked = sorted({one.person for one in case.assignments.values() if one.step == name})
        yield f"{name} asked of {', '.join(sorted(people))}", f"{name} asked of {', '.join(asked)}"


def _singles(wanted: Expect, case: Case) -> Iterable[Pair]:
    if wanted.owner is not None:
        yield f"owner {wanted.owner}", f"owner {case.owner}"
    if wanted.outcome != "":
        yield f"ended {wanted.outcome or 'not yet'}", f"ended {case.outcome or 'not yet'}"


def _conditions(wanted: Expect, draft: Draft) -> Iterable[Pair]:
    if not wanted.that:
        return
    scope = scope_of(draft.program.procedure, frozenset(draft.company.modes.modes))
    for text in wanted.that:
        try:
            holds = parse(text, scope, Bool)(draft.view)
        except ExpressionError as error:
            yield text, str(error)
            continue
        yield text, text if holds else f"not ({text})"


_CHECKS: Final = (_due, _targets, _provisional, _deadlines, _steps, _asked, _singles)
