"""Reading values when the expression runs, and refusing those that are not what their type promised.

A missing value is None and always allowed. A wrong one (the text "false" where
yes or no was promised) would be taken for yes by Python; here it is an error.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from models.expressions.flaws import EvaluationError
from models.expressions.types import (
    Bool,
    Choice,
    Date,
    ListOf,
    Moment,
    Number,
    Record,
    Simple,
    Span,
    Text,
    Type,
    describe,
)

Environment: TypeAlias = Mapping[str, object]
Closure: TypeAlias = Callable[[Environment], object]

_CLASSES: Final[dict[Type, tuple[type, ...]]] = {
    Bool: (bool,),
    Number: (int, float),
    Text: (str,),
    Moment: (datetime,),
    Date: (date,),
    Span: (timedelta,),
}
# What a subclass or a duck may be, asked only when the class itself is not among the usual.
_ABSTRACT: Final[dict[type[object], tuple[type, ...]]] = {ListOf: (Sequence, Set), Record: (Mapping,)}


def read_path(path: str, kind: Type) -> Closure:
    """Make the function that reads one dotted path from the environment."""
    usual = _usual(kind)
    if usual is None:
        return lambda env: env.get(path)
    if kind == Moment:
        return _read_moment(path)

    def read(env: Environment) -> object:
        value = env.get(path)
        if value is None or value.__class__ in usual:
            return value
        return _unusual(value, kind, path)

    return read


def read_item(variable: str, fields: Sequence[str], kind: Type) -> Closure:
    """Make the function that reads a loop's item, or a field of it; records in lists are mappings."""
    usual = _usual(kind)
    label = ".".join((variable, *fields))

    def read(env: Environment) -> object:
        value = env.get(variable)
        for field in fields:
            if value is None:
                return None
            # A dict is the usual case, and asking for an abstract Mapping is slow.
            if value.__class__ is not dict and not isinstance(value, Mapping):
                raise EvaluationError(_surprise(value, "a group of fields", variable))
            value = value.get(field)
        if value is None or usual is None or (value.__class__ in usual and kind is not Moment):
            return value
        return _unusual(value, kind, label)

    return read


def _read_moment(path: str) -> Closure:
    def read(env: Environment) -> object:
        value = env.get(path)
        if value is None or (value.__class__ is datetime and value.tzinfo is not None):
            return value
        return _unusual(value, Moment, path)

    return read


def _usual(kind: Type) -> tuple[type, ...] | None:
    """List the classes a value of this type normally has; None means that any will do."""
    match kind:
        case Choice():
            return (str,)
        case ListOf():
            return (list, tuple)
        case Record():
            return (dict,)
        case Simple():
            return _CLASSES.get(kind)


def _unusual(value: object, kind: Type, label: str) -> object:
    """Let subclasses pass, refuse all else; bool is no number and a datetime no date."""
    allowed = _ABSTRACT.get(type(kind)) or _usual(kind) or ()
    fits = isinstance(value, allowed) and not isinstance(value, _excluded(kind))
    if not fits or (isinstance(value, datetime) and value.tzinfo is None):
        raise EvaluationError(_surprise(value, describe(kind).en, label))
    return value


def _excluded(kind: Type) -> tuple[type, ...]:
    if kind == Number:
        return (bool,)
    if kind == Date:
        return (datetime,)
    return (str, bytes) if isinstance(kind, ListOf) else ()


def _surprise(value: object, expected: str, label: str) -> str:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
    return f"`{label}` holds {shown} ({type(value).__name__}), but {expected} was expected; correct the stored value"
