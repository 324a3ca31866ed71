"""Ordering: layers with the waypoints of long links, each layer sorted so that few links cross.

A link over several layers passes through a waypoint in each layer between, so that it is
led around boxes and not through them. All links of one box share their waypoints: they run
as one trunk and branch off where they are needed.
"""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.pictures.graph import Graph

_SWEEPS: Final = 12


@dataclass(frozen=True, slots=True)
class Wire:
    """One stretch of a link, from a cell of one layer to a cell of the next."""

    source: str
    """The box whose links share this stretch."""
    upper: str
    lower: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Layers of cells, from left to right, and the stretches between each layer and the next."""

    cells: tuple[tuple[str, ...], ...]
    wires: tuple[tuple[Wire, ...], ...]


def waypoint(source: str, layer: int) -> str:
    """The id of the cell through which the links of a box pass a layer."""
    return f"\0{source}\0{layer}"


def is_waypoint(cell: str) -> bool:
    """Whether a cell is no box but a place where links pass."""
    return cell.startswith("\0")


def in_rows(graph: Graph, layer: Mapping[str, int]) -> Rows:
    """The layers with their waypoints, sorted against crossings."""
    depth = max(layer.values(), default=-1) + 1
    cells: list[list[str]] = [[] for _ in range(depth)]
    for name in graph.boxes:
        cells[layer[name]].append(name)
    wires: list[list[Wire]] = [[] for _ in range(max(depth - 1, 0))]
    for link in graph.links:
        if link.kind == "next":
            _add(link.source, link.target, layer, cells, wires)
    unique = tuple(tuple(dict.fromkeys(one)) for one in wires)
    return Rows(_sorted(cells, unique), unique)


def _add(source: str, target: str, layer: Mapping[str, int], cells: list[list[str]], wires: list[list[Wire]]) -> None:
    upper = source
    for level in range(layer[source] + 1, layer[target]):
        passing = waypoint(source, level)
        if passing not in cells[level]:
            cells[level].append(passing)
        wires[level - 1].append(Wire(source, upper, passing))
        upper = passing
    wires[layer[target] - 1].append(Wire(source, upper, target))


def _sorted(cells: list[list[str]], wires: Sequence[Sequence[Wire]]) -> tuple[tuple[str, ...], ...]:
    """The best of several sweeps: each cell under, then above, the middle of what it is linked to."""
    best, fewest = [list(row) for row in cells], _crossings(cells, wires)
    rows = [list(row) for row in cells]
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for level in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
            fixed = rows[level - 1 if down else level + 1]
            pairs = [(wire.upper, wire.lower) for wire in wires[level - 1 if down else level]]
            rows[level] = _by_middle(rows[level], fixed, pairs if not down else [(low, up) for up, low in pairs])
        count = _crossings(rows, wires)
        if count < fewest:
            best, fewest = [list(row) for row in rows], count
    return tuple(tuple(row) for row in best)


def _by_middle(row: Sequence[str], fixed: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Sort a row; `pairs` are (cell of the row, cell of the fixed row). Cells without links keep their place."""
    place = {name: number for number, name in enumerate(fixed)}
    linked: dict[str, list[int]] = {}
    for cell, other in pairs:
        linked.setdefault(cell, []).append(place[other])
    scale = len(fixed) / max(len(row), 1)
    middle = {
        name: sum(found) / len(found) if (found := linked.get(name)) else number * scale
        for number, name in enumerate(row)
    }
    return sorted(row, key=lambda name: middle[name])


def _crossings(rows: Sequence[Sequence[str]], wires: Sequence[Sequence[Wire]]) -> int:
    return sum(_between(rows[level], rows[level + 1], between) for level, between in enumerate(wires))


def _between(upper: Sequence[str], lower: Sequence[str], wires: Sequence[Wire]) -> int:
    top = {name: place for place, name in enumerate(upper)}
    bottom = {name: place for place, name in enumerate(lower)}
    ends = [bottom[wire.lower] for wire in sorted(wires, key=lambda one: (top[one.upper], bottom[one.lower]))]
    seen: list[int] = []
    crossed = 0
    for end in ends:
        place = bisect(seen, end)
        crossed += len(seen) - place
        seen.insert(place, end)
    return crossed
