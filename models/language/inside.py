"""Inside a scalar: where a character of its value stands in the file.

A value is not what is written: quotes are gone, `''` is one sign, folded lines are joined by
blanks. Folding changes nothing but blanks and line ends, so the value is walked along the text,
and wherever one of the two has blanks the other's are passed over.
"""

from typing import Final

from models.language.places import Place

_ESCAPES: Final = {"x": 4, "u": 6, "U": 10}
"""How long the escapes of a double-quoted text are that name a character by its number."""


def offset(text: str, place: Place, value: str, index: int) -> int:
    """The offset in the file's text of the character `index` of a scalar's value.

    Args:
        text: The text that was read.
        place: Where the scalar stands in it.
        value: What it was read as.
        index: From 0; the length of the value means its end.
    """
    at = _first(text, place)
    for number, sign in enumerate(value[: index + 1]):
        at = _past_blanks(text, at, place.end) if not sign.isspace() else at
        if number == index:
            break
        at = _past_blanks(text, at, place.end) if sign.isspace() else at + _width(text, at, place.style)
    return min(at, place.end)


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """Line and column of an offset, from 1; columns count characters."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _first(text: str, place: Place) -> int:
    """Where the value begins: after its quote, or below the line of `|` and `>`."""
    if place.style in ("'", '"'):
        return place.start + 1
    if place.style in ("|", ">"):
        return text.find("\n", place.start, place.end) + 1 or place.start
    return place.start


def _past_blanks(text: str, at: int, end: int) -> int:
    while at < end and (text[at].isspace() or text.startswith("\\\n", at)):
        at += 1
    return at


def _width(text: str, at: int, style: str) -> int:
    """How many characters of the text make the one character of the value that stands here."""
    if style == "'" and text.startswith("''", at):
        return 2
    if style == '"' and text[at : at + 1] == "\\":
        return _ESCAPES.get(text[at + 1 : at + 2], 2)
    return 1
