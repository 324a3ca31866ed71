"""Text width: how wide mixed Chinese and Latin text is, and where a line of it may break.

A picture has no layout engine behind it: an SVG text stands where we put it, so we must know
its width before it is drawn. Fonts differ, so the widths are those of a slightly wide one.
"""

import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

Measure = Callable[[str], float]
"""The width of one character."""

NOT_FIRST: Final = frozenset("，。；：、？！）】》」』〉〕”’…—～·％,.;:?!)]}>%")
"""Punctuation that may not begin a line (GB/T 15834, and the same habit for Latin)."""

NOT_LAST: Final = frozenset("（【《「『〈〔“‘([{<")
"""Brackets that may not end a line."""

_NARROW: Final = frozenset("iljtfrI.,:;'|!()[] ·")
_BROAD: Final = frozenset("mwMW@%")
_MOST_HANGING: Final = 3
"""So many characters may move to the next line for the sake of punctuation; a row of 2,000 commas breaks anywhere."""


def clean(text: str) -> str:
    """One line that can be drawn: no controls, no characters XML forbids, no marks that turn the reading direction.

    Direction marks are left out because a title with one could rewrite what stands next to it.
    """
    spaced = " ".join(text.split())
    return "".join(character for character in spaced if _may_be_drawn(character))


def _may_be_drawn(character: str) -> bool:
    code = ord(character)
    if code in (0xFFFE, 0xFFFF) or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or code in (0x200E, 0x200F):
        return False
    return unicodedata.category(character) not in ("Cc", "Cs", "Cn")


@lru_cache(maxsize=4096)
def columns(character: str) -> int:
    """Terminal columns of one character: 2 for Chinese and emoji, 0 for what is put on the character before it."""
    if unicodedata.combining(character) or character in "\u200b\u200c\u200d\ufe0e\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


@lru_cache(maxsize=4096)
def ems(character: str) -> float:
    """Width of one character in a proportional font, in em; a Chinese one is 1."""
    if columns(character) != 1:
        return columns(character) / 2
    if character in _NARROW:
        return 0.34
    if character in _BROAD:
        return 0.92
    if character.isupper() or unicodedata.east_asian_width(character) == "A":
        # Ambiguous characters, such as quotation marks and arrows, are full width in Chinese fonts.
        return 0.72 if character.isupper() else 1.0
    return 0.58


def width(text: str, measure: Measure = ems) -> float:
    """The width of a line, in the unit of `measure`: em for pictures, columns for a terminal."""
    return sum(measure(character) for character in text)


def clip(text: str, most: float, measure: Measure = ems) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if width(text, measure) <= most:
        return text
    left, kept = most - measure("…"), ""
    for character in text:
        left -= measure(character)
        if left < 0:
            break
        kept += character
    return kept.rstrip() + "…"


def pad(text: str, to: int) -> str:
    """The text with spaces up to so many terminal columns."""
    return text + " " * max(0, to - int(width(text, columns)))


def wrap(text: str, most: float, lines: int = 0, measure: Measure = ems) -> list[str]:
    """Break a text into lines no wider than `most`; at most `lines` of them (0: any number), the last one clipped.

    Chinese breaks between any two characters, Latin between words. No line begins with
    closing punctuation or ends with an opening bracket.
    """
    found: list[str] = []
    rest = clean(text)
    while rest:
        if lines and len(found) == lines - 1:
            return [*found, clip(rest, most, measure)]
        end = _end_of_line(rest, most, measure)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return found or [""]


def _end_of_line(text: str, most: float, measure: Measure) -> int:
    fits, used = 0, 0.0
    for character in text:
        used += measure(character)
        if used > most:
            break
        fits += 1
    if fits == len(text):
        return fits
    fits = max(fits, 1)
    # A word longer than the line is broken, but not so that its last letters leave a comma alone.
    return next(_possible_ends(text, fits), next(_possible_ends(text, fits, words=False), fits))


def _possible_ends(text: str, fits: int, words: bool = True) -> Iterator[int]:
    """Places to break at or before `fits`, best first; between words, or anywhere."""
    hanging = 0
    for end in range(fits, 0, -1):
        if columns(text[end]) == 0 or text[end - 1] == "\u200d" or (words and _inside_word(text, end)):
            continue
        if text[end] in NOT_FIRST or text[end - 1] in NOT_LAST:
            hanging += 1
            if hanging > _MOST_HANGING:
                return
            continue
        yield end


def _inside_word(text: str, end: int) -> bool:
    before, after = text[end - 1], text[end]
    if (before == "-" and after.isdigit()) or (after == "-" and before.isdigit()):
        # A clause such as 7-4.2.2 stays together.
        return True
    return _in_word(before) and _in_word(after)


def _in_word(character: str) -> bool:
    return columns(character) == 1 and not character.isspace() and character not in "-/、"
