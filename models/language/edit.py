"""Edits a YAML file from a program, touching only what changes: comments, order and quoting stay.

A number or text is cut out and replaced by its position. Anything larger (a new key, a whole
list) goes through ruamel.yaml's round trip, of whose output only the changed lines are taken.
"""

import copy
import json
from typing import Any, Final

from models.language.places import find
from models.language.round_trip import ROUND_TRIP_ERRORS, Changes, apply, can_stand_plain, rewrite, round_trip
from models.language.source import Source, read_text

Loc = tuple[str | int, ...]

_QUOTES: Final = ("'", '"')


class EditError(ValueError):
    """A change that cannot be made: the file has errors, or has no such place."""


def edit(text: str, changes: Changes) -> str:
    """The text with the values at these places set.

    Args:
        text: A file without errors.
        changes: New values, plain data, by location: `{("steps", 0, "who"): "acceptor"}`. The last
            part may be a new key of a mapping, or the length of a list, to append to it.

    Raises:
        EditError: The text has errors, a location leads nowhere, or the value cannot be written.
    """
    if not changes:
        return text
    source = _readable(text)
    wanted = copy.deepcopy(source.data)
    for loc, value in changes.items():
        _set(wanted, loc, value)
    for attempt in (_keep_lines, rewrite):
        try:
            edited = attempt(text, source, changes)
        except ROUND_TRIP_ERRORS as error:
            raise EditError(f"the layout of this file is beyond editing by a program: {error}") from error
        if _says(edited, wanted):
            return edited
    raise EditError("the values cannot be written in this file: give plain texts, numbers, lists and mappings")


def _readable(text: str) -> Source:
    source = read_text(text, "the file")
    errors = [problem for problem in source.problems if problem.severity == "error"]
    if errors:
        raise EditError(f"a file with errors is not edited, correct it first: {errors[0].message}")
    return source


def _says(text: str, wanted: object) -> bool:
    """Whether the text is read as exactly these data: the last word about every edit."""
    source = read_text(text, "the file")
    errors = any(problem.severity == "error" for problem in source.problems)
    # JSON tells 1 from true, which Python's `==` does not.
    return not errors and json.dumps(source.data) == json.dumps(wanted)


def _set(data: Any, loc: Loc, value: object) -> None:
    try:
        apply(data, loc, json.loads(json.dumps(value)))
    except (KeyError, IndexError, TypeError) as error:
        raise EditError(f"{'/'.join(map(str, loc)) or 'the whole file'} cannot be set: {error!r}") from error


def _keep_lines(text: str, source: Source, changes: Changes) -> str:
    """The text with scalars replaced in place, and with whole lines replaced for all else."""
    small = {loc: value for loc, value in changes.items() if _is_small(source, loc, value)}
    large = {loc: value for loc, value in changes.items() if loc not in small}
    spliced = _splice(text, source, small)
    return round_trip(spliced, read_text(spliced, source.name), large) if large else spliced


def _is_small(source: Source, loc: Loc, value: object) -> bool:
    place = find(source.place, loc) if source.place else None
    scalar = place is not None and place.children is None and place.style not in ("|", ">")
    return scalar and isinstance(value, str | int | float | None)


def _splice(text: str, source: Source, changes: Changes) -> str:
    mark = len(text) - len(source.text)
    spots = [(place, value) for loc, value in changes.items() if source.place and (place := find(source.place, loc))]
    # From the end, so that the offsets of earlier places stay true.
    for place, value in sorted(spots, key=lambda spot: spot[0].start, reverse=True):
        start, end = place.start + mark, place.end + mark
        space = " " if start == end and not text[start - 1].isspace() else ""
        text = text[:start] + space + _written(value, place.style) + text[end:]
    return text


def _written(value: object, style: str) -> str:
    """The scalar as YAML, quoted like the one it replaces, or as much as it needs."""
    quoted = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, str) or style == _QUOTES[1]:
        return quoted
    if style == _QUOTES[0] and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return value if can_stand_plain(value) else quoted
