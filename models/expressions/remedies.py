"""Remedies for comparisons of things that differ in type: what the writer most likely meant.

Each rule takes the type of one side as meant, and says what to write instead of
the other side, or None if it has no opinion. The first opinion wins.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from models.expressions.dates import read_date, read_moment
from models.expressions.flaws import Complaint, Report
from models.expressions.phrases import say_unit, write
from models.expressions.tree import Listing, Literal, Node
from models.expressions.types import Bool, Date, ListOf, Moment, Number, Person, Record, Span, describe, is_textual
from models.expressions.words import Words


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


_Rule: TypeAlias = Callable[[_Pair], Words | None]


def comparison_remedy(left: Node, right: Node, report: Report) -> Words:
    """Say how to write a comparison of two sides whose types do not fit."""
    names = report.written(left.place), report.written(right.place)
    for pair in (_Pair(left, right, *names), _Pair(right, left, *names[::-1])):
        for rule in _RULES:
            remedy = rule(pair)
            if remedy is not None:
                return remedy
    said = describe(left.type)
    return Words(f"compare `{names[0]}` with {said.en}", f"请让 `{names[0]}` 与{said.zh}比较")


def _moment(pair: _Pair) -> Words | None:
    if pair.one.type == Moment and pair.text is not None:
        known = not isinstance(read_moment(pair.text), Complaint)
        return write(f"moment('{pair.text if known else '2026-02-13 15:00'}')")
    if pair.one.type == Moment and pair.other.type == Date:
        return write(f"date_of({pair.name})")
    return None


def _date(pair: _Pair) -> Words | None:
    if pair.one.type != Date or pair.text is None:
        return None
    known = not isinstance(read_date(pair.text), Complaint)
    return write(f"date('{pair.text if known else '2026-02-13'}')")


def _number(pair: _Pair) -> Words | None:
    digits = (pair.text or "").strip()
    if pair.one.type == Number and digits.isdecimal() and digits.isascii():
        return Words(f"write `{digits}` without quotes", f"请写 `{digits}`，不加引号")
    return None


def _condition(pair: _Pair) -> Words | None:
    if pair.one.type == Bool and not isinstance(pair.one, Literal):
        return Words(f"write `{pair.name}` alone, or `not {pair.name}`", f"只写 `{pair.name}` 或 `not {pair.name}`")
    return None


def _span(pair: _Pair) -> Words | None:
    return say_unit(pair.written) if pair.one.type == Span and pair.other.type == Number else None


def _text(pair: _Pair) -> Words | None:
    if is_textual(pair.one.type) and isinstance(pair.other, Literal) and pair.other.type in {Number, Bool}:
        return Words(f"put it in quotes: `'{pair.written}'`", f"请加引号：`'{pair.written}'`")
    return None


def _list(pair: _Pair) -> Words | None:
    if isinstance(pair.one.type, ListOf):
        countable = pair.other.type == Number and not isinstance(pair.one, Listing)
        return write(f"len({pair.name})" if countable else f"{pair.written} in {pair.name}")
    return None


def _person(pair: _Pair) -> Words | None:
    if pair.one.type == Person:
        return Words(
            "compare with another person; people are named by their roles, not in an expression",
            "请与另一个人员比较；表达式里不写人名，人员由角色确定",
        )
    return None


def _record(pair: _Pair) -> Words | None:
    if isinstance(pair.one.type, Record) and pair.one.type.fields:
        field = f"{pair.name}.{min(pair.one.type.fields)}"
        return Words(f"compare a field: `{field}`", f"请比较其中一个字段：`{field}`")
    return None


_RULES: Final[tuple[_Rule, ...]] = (_list, _record, _moment, _date, _number, _condition, _span, _text, _person)
