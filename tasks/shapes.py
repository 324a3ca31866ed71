"""Shapes: the registered work as data for the check of procedures, made from the models that the work itself uses."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import HttpUrl
from pydantic.fields import FieldInfo

from models.expressions import Bool, Choice, ListOf, Moment, Number, Person, Text, Type
from models.expressions.types import Unknown
from models.language.machine_tasks import MachineTask, TaskInput
from models.language.translation.keys import bilingual, describe
from tasks.registered import PEOPLE, PERSON, Marker, Registered
from tasks.registry import registry

_SIMPLE: Final[Mapping[Any, Type]] = {
    str: Text, HttpUrl: Text, bool: Bool, int: Number, float: Number, datetime: Moment, Any: Unknown,
}  # fmt: skip

_MARKED: Final[Mapping[Marker, tuple[Type, ...]]] = {
    PERSON: (Person,),
    PEOPLE: (ListOf(Text), ListOf(Person), Text, Person),
}


def known_tasks() -> Mapping[str, MachineTask]:
    """All registered work by name."""
    return {name: shape_of(one) for name, one in registry().items()}


def shape_of(work: Registered) -> MachineTask:
    """What goes in and what comes out. Raises `TypeError` for a model that no expression or field could fill."""
    inputs = {
        name: TaskInput(_accepted(field), field.is_required(), describe(field))
        for name, field in work.inputs.model_fields.items()
    }
    outputs = {name: _only(field) for name, field in work.outputs.model_fields.items()}
    return MachineTask(work.name, bilingual(work.title), inputs, outputs)


def _accepted(field: FieldInfo) -> tuple[Type, ...]:
    mark = next((one for one in field.metadata if isinstance(one, Marker)), None)
    return _MARKED[mark] if mark else _types(field.annotation)


def _only(field: FieldInfo) -> Type:
    (found,) = _types(field.annotation)
    return found


def _types(annotation: Any) -> tuple[Type, ...]:
    origin, args = get_origin(annotation), get_args(annotation)
    if annotation in _SIMPLE:
        return (_SIMPLE[annotation],)
    read: Callable[[tuple[Any, ...]], tuple[Type, ...]] | None = _READ.get(origin)
    if read is None:
        raise TypeError(f"no expression has the type {annotation}: give inputs and outputs simple types")
    return read(args)


def _of_union(args: tuple[Any, ...]) -> tuple[Type, ...]:
    return tuple(dict.fromkeys(kind for one in args if one is not NoneType for kind in _types(one)))


_READ: Final[Mapping[Any, Callable[[tuple[Any, ...]], tuple[Type, ...]]]] = {
    Annotated: lambda args: _types(args[0]),
    Literal: lambda args: (Choice(frozenset(args)),),
    tuple: lambda args: tuple(ListOf(one) for one in _types(args[0])),
    Union: _of_union,
    UnionType: _of_union,
}
