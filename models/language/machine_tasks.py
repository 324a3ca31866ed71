"""Machine tasks: what the language has to know of the work that a machine step may name.

The work itself lies in a room above this one. What is here is data, made from it by the composition root, so that a
file can be checked against what there really is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from models.expressions import Choice, ListOf, Nothing, Text, Type
from models.expressions.types import Unknown, is_textual
from models.language.problem import Words


@dataclass(frozen=True, slots=True)
class TaskInput:
    """One thing that work is given."""

    accepts: tuple[Type, ...]
    """The types of expressions that may stand here; `Unknown` among them for any."""
    required: bool
    about: Words


@dataclass(frozen=True, slots=True)
class MachineTask:
    """One kind of work, by what goes in and what comes out."""

    name: str
    title: Words
    inputs: Mapping[str, TaskInput]
    outputs: Mapping[str, Type]


_ANYTHING: Final = frozenset({Unknown, Nothing})


def fits(kind: Type, wanted: Type) -> bool:
    """Whether a value of a type may be given where another is wanted. Text may turn out to be an option."""
    if kind == wanted or kind in _ANYTHING or wanted == Unknown:
        return True
    if isinstance(kind, Choice) and isinstance(wanted, Choice):
        return kind.options <= wanted.options
    if isinstance(kind, ListOf) and isinstance(wanted, ListOf):
        return fits(kind.item, wanted.item)
    return is_textual(wanted) and is_textual(kind)


def holds(wanted: Type, kind: Type) -> bool:
    """Whether a field of the type `kind` takes every answer of the type `wanted`."""
    if isinstance(kind, Choice):
        return isinstance(wanted, Choice) and wanted.options <= kind.options
    return wanted in (kind, Unknown) or (kind == Text and is_textual(wanted))
