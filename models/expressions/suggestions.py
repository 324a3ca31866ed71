"""Suggestions: when a name is unknown, what the writer may have meant and what there is."""

import difflib
from collections.abc import Iterable
from typing import Final

MOST_NAMES: Final = 8


def suggest(written: str, available: Iterable[str], nothing: str) -> str:
    """Write a remedy: the nearest name if one is near, then what is available, nearest first.

    At most `MOST_NAMES` names are listed and the rest counted. `nothing` is the
    remedy when there is no name at all.
    """
    names = nearest_first(written, available)
    if not names:
        return nothing
    hint = f"did you mean `{names[0]}`? " if is_near(written, names[0]) else ""
    return f"{hint}available: {listed(names)}"


def nearest_first(written: str, available: Iterable[str]) -> list[str]:
    """Sort names by likeness to what was written, then alphabetically."""
    return sorted(available, key=lambda name: (-_likeness(written, name), name))


def is_near(written: str, name: str) -> bool:
    """Tell whether `name` is probably what was meant; Chinese names are short, so one character may differ."""
    return _likeness(written, name) >= (0.5 if len(name) <= 2 else 0.6)


def listed(names: Iterable[str]) -> str:
    """Join names with commas, count those beyond `MOST_NAMES`."""
    every = list(names)
    shown = ", ".join(every[:MOST_NAMES])
    return shown if len(every) <= MOST_NAMES else f"{shown} and {len(every) - MOST_NAMES} more"


def _likeness(left: str, right: str) -> float:
    return difflib.SequenceMatcher(None, left.casefold(), right.casefold()).ratio()
