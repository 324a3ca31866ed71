"""Place, where a value stands in its file; places form a tree of the same shape as the data."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Place:
    """The stretch of text of one value.

    Lines and columns count from 1; `start` and `end` are offsets in characters. The end of a
    block mapping or list is where the next thing begins, comments included.
    """

    line: int
    column: int
    start: int
    end: int
    style: str
    """`""` plain, `'` or `"` quoted, `|` or `>` block text, `[` or `{` flow, `-` or `:` block."""
    key: "Place | None" = None
    children: "dict[str | int, Place] | None" = None


def find(root: Place, loc: Sequence[str | int]) -> Place | None:
    """The place of exactly this location, None if the file does not have it."""
    place = root
    for step in loc:
        child = place.children.get(step) if place.children else None
        if child is None:
            return None
        place = child
    return place


def nearest(root: Place, loc: Sequence[str | int]) -> Place:
    """The place of this location, or of the closest parent that the file has."""
    place = root
    for step in loc:
        child = place.children.get(step) if place.children else None
        if child is None:
            break
        place = child
    return place
