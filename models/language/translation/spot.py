"""Spot, what an error's location means: where in the file, in which model, for which field.

Pydantic's `loc` mixes keys of the file with labels of union members (`steps, 0, task, who`),
and a label may look like a key. So the location is followed through the model and the data at
once: the model says where a label stands.
"""

import re
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Final, Literal, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from models.language.reading.composer import Data

_LABEL_WORD: Final = re.compile(r"\w+")

Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an error belongs.

    `path` leads through the file's data; `is_key` says that the last key itself is wrong.
    """

    path: Loc = ()
    is_key: bool = False
    owner: type[BaseModel] | None = None
    """The model whose key comes last in `path`, or which stands there."""
    info: FieldInfo | None = None
    """The field of that key, if the model has it."""
    siblings: tuple[type[BaseModel], ...] = ()
    """The other models that could stand in the place of `owner`, told apart by a key such as `kind`."""
    union: Loc | None = None
    """Path of the outermost value that may be of several types without a key to tell them apart."""
    member: str = ""
    """Pydantic's label of the type that was tried there."""
    expected: Any = None
    """The annotation of what stands at `path`, None if unknown."""


@dataclass(slots=True)
class _Walk:
    """The state of following one location."""

    expected: Any
    data: Any
    spot: Spot = field(default_factory=Spot)


def spot(model: type[BaseModel], data: Data, loc: Sequence[str | int]) -> Spot:
    """Follow a location of Pydantic's through the model and the file's data."""
    walk = _Walk(model, data)
    for part in loc:
        _step(walk, part)
    return replace(walk.spot, expected=unwrap(walk.expected))


def _step(walk: _Walk, part: str | int) -> None:
    expected = unwrap(walk.expected)
    members = members_of(expected)
    if members:
        _choose(walk, members, str(part))
    elif is_model(expected):
        _enter(walk, expected, str(part))
    elif part == "[key]":
        walk.spot = replace(walk.spot, is_key=True)
    else:
        _descend(walk, part, _item_type(expected, part))


def _choose(walk: _Walk, members: tuple[Any, ...], label: str) -> None:
    """A label of a union: no step in the file, but it says which type was tried."""
    models = [member for member in map(unwrap, members) if is_model(member)]
    tagged = next((model for model in models if label in tag_of(model)[1]), None)
    if tagged is not None:
        walk.expected = tagged
        siblings = tuple(model for model in models if model is not tagged)
        walk.spot = replace(walk.spot, owner=tagged, info=None, siblings=siblings)
        return
    if walk.spot.union is None:
        walk.spot = replace(walk.spot, union=walk.spot.path, member=label)
    named = [member for member in members if _is_called(unwrap(member), label)]
    walk.expected = named[0] if named else None


def _enter(walk: _Walk, model: type[BaseModel], key: str) -> None:
    """A key of a model, known or not; the file may spell it by its alias or its name."""
    name, info = next(
        ((name, info) for name, info in model.model_fields.items() if key in (name, info.alias)), (key, None)
    )
    if isinstance(walk.data, Mapping) and key not in walk.data and name in walk.data:
        key = name
    siblings = walk.spot.siblings if walk.spot.owner is model else ()
    walk.spot = replace(walk.spot, owner=model, info=info, siblings=siblings)
    if isinstance(walk.data, Mapping):
        walk.spot = replace(walk.spot, path=(*walk.spot.path, key))
        walk.data = walk.data.get(key)
    walk.expected = None if info is None else info


def _descend(walk: _Walk, part: str | int, item: Any) -> None:
    """An item of a list or mapping; a shorthand (one value for a list of one) has no such step."""
    walk.expected = item
    fits_list = isinstance(walk.data, list) and isinstance(part, int) and part < len(walk.data)
    if fits_list or (isinstance(walk.data, Mapping) and part in walk.data):
        walk.data = walk.data[part]
        walk.spot = replace(walk.spot, path=(*walk.spot.path, part), owner=None, info=None, siblings=())


def unwrap(annotation: Any) -> Any:
    """The type below `Annotated`, a field, a type alias and `| None`."""
    while True:
        if isinstance(annotation, FieldInfo):
            annotation = annotation.annotation
        elif get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif hasattr(annotation, "__value__"):
            annotation = annotation.__value__
        else:
            parts = members_of(annotation)
            if len(parts) != 1:
                return annotation
            annotation = parts[0]


def members_of(annotation: Any) -> tuple[Any, ...]:
    """The types of a union but None; empty for anything else."""
    if get_origin(annotation) in (Union, types.UnionType):
        return tuple(part for part in get_args(annotation) if part is not type(None))
    return ()


def is_model(annotation: Any) -> TypeGuard[type[BaseModel]]:
    """Whether this is a model of ours rather than a type such as `str` or `list[str]`."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def tag_of(model: type[BaseModel]) -> tuple[str, tuple[str, ...]]:
    """The key by which a union tells this model apart, such as `kind`, and its values; empty if it has none."""
    for name, info in model.model_fields.items():
        if get_origin(info.annotation) is Literal and info.is_required():
            return info.alias or name, tuple(str(value) for value in get_args(info.annotation))
    return "", ()


def _item_type(expected: Any, part: str | int) -> Any:
    arguments = get_args(expected)
    if get_origin(expected) is dict:
        return arguments[1]
    if get_origin(expected) is tuple and isinstance(part, int) and Ellipsis not in arguments:
        return arguments[part] if part < len(arguments) else None
    return arguments[0] if arguments else None


def _is_called(member: Any, label: str) -> bool:
    """Whether Pydantic's label of a union member, such as `function-before[read(), Who]`, names this type."""
    origin = get_origin(member) or member
    return isinstance(origin, type) and origin.__name__ in _LABEL_WORD.findall(label)
