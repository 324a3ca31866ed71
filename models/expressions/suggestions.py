"""Suggestions: when a name is unknown, what the writer may have meant and what there is."""

import difflib
from collections.abc import Iterable
from typing import Final

from models.expressions.words import Words

MOST_NAMES: Final = 8


def suggest(written: str, available: Iterable[str], nothing: Words) -> Words:
    """Write a remedy: the nearest name if one is near, then what is available, nearest first.

    At most `MOST_NAMES` names are listed and the rest counted. `nothing` is the
    remedy when there is no name at all.
    """
    names = nearest_first(written, available)
    if not names:
        return nothing
    near, every = is_near(written, names[0]), listed(names)
    return Words(
        f"{f'did you mean `{names[0]}`? ' if near else ''}available: {every.en}",
        f"{f'是否想写 `{names[0]}`？' if near else ''}可用：{every.zh}",
    )


def suggest_option(written: str, options: Iterable[str]) -> Words:
    """Write the same for the options of a choice, each in quotes as it must be written."""
    names = nearest_first(written, options)
    near, every = bool(names) and is_near(written, names[0]), listed(f"'{name}'" for name in names)
    return Words(
        f"{f'did you mean `{names[0]!r}`? ' if near else ''}options: {every.en}",
        f"{f'是否想写 `{names[0]!r}`？' if near else ''}选项：{every.zh}",
    )


def nearest_first(written: str, available: Iterable[str]) -> list[str]:
    """Sort names by likeness to what was written, then alphabetically."""
    return sorted(available, key=lambda name: (-_likeness(written, name), name))


def is_near(written: str, name: str) -> bool:
    """Tell whether `name` is probably what was meant; Chinese names are short, so one character may differ."""
    return _likeness(written, name) >= (0.5 if len(name) <= 2 else 0.6)


def listed(names: Iterable[str]) -> Words:
    """Join names with commas, count those beyond `MOST_NAMES`."""
    every = list(names)
    shown, more = every[:MOST_NAMES], len(every) - MOST_NAMES
    return Words(
        ", ".join(shown) + (f" and {more} more" if more > 0 else ""),
        "、".join(shown) + (f" 等 {len(every)} 个" if more > 0 else ""),
    )


def _likeness(left: str, right: str) -> float:
    return difflib.SequenceMatcher(None, left.casefold(), right.casefold()).ratio()
