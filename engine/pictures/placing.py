"""Placing: where each cell stands from left to right, close to what it is linked to and never overlapping."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from engine.pictures.ordering import Rows, is_waypoint

BETWEEN_BOXES: Final = 26.0
BESIDE_WAYPOINTS: Final = 16.0
SMALL: Final = 100.0
"""Boxes narrower than this are met in the middle only; wider ones also beside it."""
NEARLY_STRAIGHT: Final = 14.0
"""A line with a smaller bend than this is drawn without one where that is possible."""
_SWEEPS: Final = 16
_STRAIGHT: Final = 6.0
"""How much more a waypoint insists on its place than a box: long links should run straight."""


def centres(rows: Rows, widths: Mapping[str, float]) -> tuple[dict[str, float], float]:
    """The middle of each cell, in pixels from the left edge, and the width of all."""
    total = max((_room(row, widths) for row in rows.cells), default=0.0)
    found: dict[str, float] = {}
    for row in rows.cells:
        first = (total - _room(row, widths) + widths.get(row[0], 0)) / 2
        found |= {cell: first + offset for cell, offset in zip(row, _offsets(row, widths), strict=True)}
    above, below = _linked(rows)
    for sweep in range(_SWEEPS):
        last = sweep >= _SWEEPS - 2
        down = sweep % 2 == 0
        for row in rows.cells if down else reversed(rows.cells):
            sides = (above, below) if last else (above,) if down else (below,)
            near = [[one for side in sides for one in side.get(cell, ())] for cell in row]
            wanted = [
                sum(found[one] for one in others) / len(others) if others else found[cell]
                for cell, others in zip(row, near, strict=True)
            ]
            found.update(_settle(row, wanted, widths, total))
    for cells in _chains(rows):
        _straighten(cells, sum(found[cell] for cell in cells) / len(cells), rows, found, (widths, total))
    for between in rows.wires:
        for wire in between:
            # A small box stands exactly under an arrow that comes down almost on it.
            if 0 < widths.get(wire.lower, 0) < SMALL and abs(found[wire.upper] - found[wire.lower]) < NEARLY_STRAIGHT:
                _straighten([wire.lower], found[wire.upper], rows, found, (widths, total))
    return found, total


def _chains(rows: Rows) -> list[list[str]]:
    """The waypoints of each box, from top to bottom."""
    chains: dict[str, dict[str, None]] = {}
    for between in rows.wires:
        for wire in between:
            if is_waypoint(wire.lower):
                chains.setdefault(wire.source, {})[wire.lower] = None
    return [list(cells) for cells in chains.values()]


def _straighten(
    cells: Sequence[str], wanted: float, rows: Rows, found: dict[str, float], sheet: tuple[Mapping[str, float], float]
) -> None:
    """Put cells of different rows exactly below one another, if their neighbours leave room for that."""
    room = [_room_for(cell, row, found, sheet) for row in rows.cells for cell in row if cell in cells]
    low, high = max(one for one, _ in room), min(other for _, other in room)
    if low <= high:
        found |= dict.fromkeys(cells, min(max(wanted, low), high))


def _room_for(
    cell: str, row: Sequence[str], found: Mapping[str, float], sheet: tuple[Mapping[str, float], float]
) -> tuple[float, float]:
    """How far left and right the middle of a cell may go without its neighbours moving."""
    widths, total = sheet
    place, half = row.index(cell), widths.get(cell, 0) / 2
    low, high = half, total - half
    if place:
        left = row[place - 1]
        low = found[left] + widths.get(left, 0) / 2 + _gap(left, cell) + half
    if place + 1 < len(row):
        right = row[place + 1]
        high = found[right] - widths.get(right, 0) / 2 - _gap(cell, right) - half
    return low, high


def _settle(row: Sequence[str], wanted: Sequence[float], widths: Mapping[str, float], total: float) -> dict[str, float]:
    """The places closest to those wanted that keep the order and the distances (isotonic regression)."""
    offsets = _offsets(row, widths)
    blocks: list[tuple[float, float, int]] = []
    for cell, want, offset in zip(row, wanted, offsets, strict=True):
        weight = _STRAIGHT if is_waypoint(cell) else 1.0
        block = (want - offset, weight, 1)
        while blocks and blocks[-1][0] >= block[0]:
            value, other, count = blocks.pop()
            both = other + block[1]
            block = ((value * other + block[0] * block[1]) / both, both, count + block[2])
        blocks.append(block)
    low = widths.get(row[0], 0) / 2
    high = total - widths.get(row[-1], 0) / 2 - offsets[-1]
    values = [min(max(value, low), high) for value, _, count in blocks for _ in range(count)]
    return {cell: value + offset for cell, value, offset in zip(row, values, offsets, strict=True)}


def _offsets(row: Sequence[str], widths: Mapping[str, float]) -> list[float]:
    """How far each middle is from the first one when the row is as narrow as possible."""
    found = [0.0]
    for left, right in pairwise(row):
        found.append(found[-1] + (widths.get(left, 0) + widths.get(right, 0)) / 2 + _gap(left, right))
    return found


def _gap(left: str, right: str) -> float:
    return BESIDE_WAYPOINTS if is_waypoint(left) or is_waypoint(right) else BETWEEN_BOXES


def _room(row: Sequence[str], widths: Mapping[str, float]) -> float:
    if not row:
        return 0.0
    return _offsets(row, widths)[-1] + (widths.get(row[0], 0) + widths.get(row[-1], 0)) / 2


def _linked(rows: Rows) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for between in rows.wires:
        for wire in between:
            above.setdefault(wire.lower, []).append(wire.upper)
            below.setdefault(wire.upper, []).append(wire.lower)
    return above, below
