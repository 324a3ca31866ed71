"""Remedies for comparisons of things that differ in type: what the writer most likely meant.

Each rule takes the type of one side as meant, and says what to write instead of
the other side, or None if it has no opinion. The first opinion wins.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from models.expressions.dates import read_date, read_moment
from models.expressions.flaws import Complaint, Report
from models.expressions.tree import Literal, Node
from models.expressions.types import Bool, Date, ListOf, Moment, Number, Person, Record, Span, describe, is_textual


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sides of a comparison, and how each is written."""

    one: Node
    other: Node
    name: str
    written: str

    @property
    def text(self) -> str | None:
        """The other side, if it is a text in quotes."""
        value = self.other.value if isinstance(self.other, Literal) else None
        return value if isinstance(value, str) else None


_Rule: TypeAlias = Callable[[_Pair], str | None]


def comparison_remedy(left: Node, right: Node, report: Report) -> str:
    """Say how to write a comparison of two sides whose types do not fit."""
    names = report.quote(left.place)[1:-1], report.quote(right.place)[1:-1]
    for pair in (_Pair(left, right, *names), _Pair(right, left, *names[::-1])):
        for rule in _RULES:
            remedy = rule(pair)
            if remedy is not None:
                return remedy
    return f"compare `{names[0]}` with {describe(left.type)}"


def _moment(pair: _Pair) -> str | None:
    if pair.one.type == Moment and pair.text is not None:
        known = not isinstance(read_moment(pair.text), Complaint)
        return f"write `moment('{pair.text if known else '2026-02-13 15:00'}')`"
    if pair.one.type == Moment and pair.other.type == Date:
        return f"write `date_of({pair.name})`"
    return None


def _date(pair: _Pair) -> str | None:
    if pair.one.type != Date or pair.text is None:
        return None
    known = not isinstance(read_date(pair.text), Complaint)
    return f"write `date('{pair.text if known else '2026-02-13'}')`"


def _number(pair: _Pair) -> str | None:
    digits = (pair.text or "").strip()
    fits = pair.one.type == Number and digits.isdecimal() and digits.isascii()
    return f"write `{digits}` without quotes" if fits else None


def _condition(pair: _Pair) -> str | None:
    fits = pair.one.type == Bool and not isinstance(pair.one, Literal)
    return f"write `{pair.name}` alone, or `not {pair.name}`" if fits else None


def _span(pair: _Pair) -> str | None:
    if pair.one.type == Span and pair.other.type == Number:
        return f"say the unit: `minutes({pair.written})`, `hours({pair.written})` or `days({pair.written})`"
    return None


def _text(pair: _Pair) -> str | None:
    fits = is_textual(pair.one.type) and isinstance(pair.other, Literal) and pair.other.type in {Number, Bool}
    return f"put it in quotes: `'{pair.written}'`" if fits else None


def _list(pair: _Pair) -> str | None:
    if isinstance(pair.one.type, ListOf):
        return f"write `len({pair.name})`" if pair.other.type == Number else f"write `{pair.written} in {pair.name}`"
    return None


def _person(pair: _Pair) -> str | None:
    if pair.one.type == Person:
        return "compare with another person; people are named by their roles, not in an expression"
    return None


def _record(pair: _Pair) -> str | None:
    if isinstance(pair.one.type, Record) and pair.one.type.fields:
        return f"compare a field: `{pair.name}.{min(pair.one.type.fields)}`"
    return None


_RULES: Final[tuple[_Rule, ...]] = (_list, _record, _moment, _date, _number, _condition, _span, _text, _person)
