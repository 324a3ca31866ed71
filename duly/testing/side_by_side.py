"""Side by side: the expected and the real timeline of a test that failed, in two columns.

Chinese characters are two columns wide in a terminal, so widths are counted in columns
and not in characters.
"""

from collections.abc import Iterator
from typing import Final

import click

from duly.testing.running import Outcome
from engine.pictures.text_width import columns, pad, wrap
from engine.scenarios.timeline import Line
from models.language.moments import format_moment

PLAIN_WIDTH: Final = 120
"""Columns of an output that no terminal shows, such as a file or the log of a CI run."""

_LEAST: Final = 16
_TIME: Final = 19
_FRAME: Final = 2 + 2 + _TIME + 3 + 3
_EXPECTED, _ACTUAL = "预期 / expected", "实际 / actual"
_NOTHING: Final = "—"


def lines_of(outcome: Outcome, width: int = PLAIN_WIDTH) -> Iterator[str]:
    """The lines to print about a failed test; a differing one begins with `≠` and is red where colours are shown."""
    test = outcome.selected.test
    yield click.style(f"✗ {test.name}", bold=True)
    yield f"  {outcome.selected.file}:{outcome.selected.line}  {test.procedure}"
    half = max(_LEAST, (width - _FRAME) // 2)
    yield _row(" ", "时间 / time", _EXPECTED, _ACTUAL, half)
    for line in outcome.result.lines:
        rows = list(_rows(line, half))
        yield from (click.style(row, fg="red") for row in rows) if line.differs else rows
    yield ""


def _rows(line: Line, half: int) -> Iterator[str]:
    """One line of the timelines, on as many rows as its longer side needs."""
    left = wrap(line.expected or _NOTHING, half, measure=columns)
    right = wrap(line.actual or _NOTHING, half, measure=columns)
    for number in range(max(len(left), len(right))):
        mark, time = ("≠" if line.differs else " ", format_moment(line.at)) if number == 0 else (" ", "")
        yield _row(mark, time, _at(left, number), _at(right, number), half)


def _at(rows: list[str], number: int) -> str:
    return rows[number] if number < len(rows) else ""


def _row(mark: str, time: str, left: str, right: str, half: int) -> str:
    return f"  {mark} {pad(time, _TIME)} │ {pad(left, half)} │ {right}".rstrip()
