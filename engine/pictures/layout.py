"""Layout: where every box stands and how every arrow runs, from sizes and links alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from engine.pictures.graph import Graph, Link, in_layers, without_cycles
from engine.pictures.ordering import Rows, Wire, in_rows, is_waypoint, waypoint
from engine.pictures.placing import NEARLY_STRAIGHT, SMALL, centres
from engine.pictures.tracks import Net, assign

_MARGIN: Final = 18.0
_STEP: Final = 13.0
_GUTTER: Final = 16.0
_PORT: Final = 26.0
"""Arrows that lead back leave and arrive this far from a box's left edge."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rect:
    """A place in the picture, in pixels from the top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Half-way from left to right."""
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link with the corners of its line, from the source's edge to the target's."""

    link: Link
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes and arrows with their places; everything lies within `width` and `height`."""

    places: Mapping[str, Rect]
    arrows: tuple[Arrow, ...]
    width: float
    height: float


def lay_out(graph: Graph, most: int) -> Layout:
    """Arrange a graph top-down with at most `most` boxes side by side. The same graph gives the same layout."""
    return _Sheet(without_cycles(graph), most).layout()


class _Sheet:
    """The drawing sheet while a graph is laid out."""

    def __init__(self, graph: Graph, most: int) -> None:
        self.graph = graph
        self.layer = in_layers(graph, most)
        self.rows: Rows = in_rows(graph, self.layer)
        self.back = [link for link in graph.links if link.kind == "back"]
        # The shortest way back runs closest to the boxes.
        self.back.sort(key=lambda link: abs(self.layer[link.source] - self.layer[link.target]))
        self.left = len(self.back) * _GUTTER
        self.middle, self.inner = centres(self.rows, {name: size.width for name, size in graph.boxes.items()})
        self.middle = {cell: round(x + self.left) for cell, x in self.middle.items()}
        self.nets = {gap: self._nets(gap) for gap in range(-1, len(self.rows.cells))}
        self.tracks = {gap: assign(nets) for gap, nets in self.nets.items()}
        self.gap_at: dict[int, float] = {}
        self.places: dict[str, Rect] = {}

    def layout(self) -> Layout:
        height = self._place_rows()
        arrows = [self._forward(link) for link in self.graph.links if link.kind == "next"]
        arrows += [self._backward(number, link) for number, link in enumerate(self.back)]
        return Layout(self.places, tuple(arrows), self.left + self.inner, height)

    def _place_rows(self) -> float:
        y = 0.0
        self.gap_at[-1] = y
        if self.nets[-1]:
            y += self._gap(-1)
        for level, row in enumerate(self.rows.cells):
            boxes = [name for name in row if not is_waypoint(name)]
            for name in boxes:
                size = self.graph.boxes[name]
                self.places[name] = Rect(self.middle[name] - size.width / 2, y, size.width, size.height)
            y += max((self.graph.boxes[name].height for name in boxes), default=0.0)
            self.gap_at[level] = y
            if level + 1 < len(self.rows.cells) or self.nets[level]:
                y += self._gap(level)
        return y

    def _gap(self, gap: int) -> float:
        count = max(self.tracks[gap].values(), default=-1) + 1
        return 2 * _MARGIN + max(count - 1, 0) * _STEP

    def _nets(self, gap: int) -> list[Net]:
        found: dict[str, tuple[list[float], list[float]]] = {}
        for wire in self.rows.wires[gap] if 0 <= gap < len(self.rows.wires) else ():
            top, bottom = self._ends(wire)
            tops, bottoms = found.setdefault(wire.source, ([], []))
            tops.append(top)
            bottoms.append(bottom)
        nets = [Net(name, tuple(tops), tuple(bottoms)) for name, (tops, bottoms) in found.items()]
        for number, link in enumerate(self.back):
            gutter = self._gutter(number)
            if self.layer[link.source] == gap:
                nets.append(Net(f"\0out{number}", (self._port(link.source),), (gutter,)))
            if self.layer[link.target] == gap + 1:
                nets.append(Net(f"\0in{number}", (gutter,), (self._port(link.target),)))
        return nets

    def _ends(self, wire: Wire) -> tuple[float, float]:
        """Where a stretch begins and ends; a box is met beside its middle rather than with a tiny bend."""
        top, bottom = self.middle[wire.upper], self.middle[wire.lower]
        if abs(top - bottom) >= NEARLY_STRAIGHT:
            return top, bottom
        if self._wide(wire.lower):
            return top, top
        return (bottom, bottom) if self._wide(wire.upper) else (top, bottom)

    def _wide(self, cell: str) -> bool:
        return not is_waypoint(cell) and self.graph.boxes[cell].width >= SMALL

    def _gutter(self, number: int) -> float:
        return self.left - (number + 1) * _GUTTER

    def _port(self, name: str) -> float:
        return self.middle[name] - self.graph.boxes[name].width / 2 + min(_PORT, self.graph.boxes[name].width / 4)

    def _height(self, gap: int, net: str) -> float:
        return self.gap_at[gap] + _MARGIN + self.tracks[gap].get(net, 0) * _STEP

    def _forward(self, link: Link) -> Arrow:
        points: list[Point] = []
        for wire in self._stretches(link):
            top, bottom = self._ends(wire)
            gap = self.layer[link.source] if wire.upper == link.source else int(wire.upper.rpartition("\0")[2])
            if not points:
                points.append((top, self.places[link.source].bottom))
            if abs(top - bottom) >= 1:
                y = self._height(gap, link.source)
                points += [(top, y), (bottom, y)]
            if wire.lower == link.target:
                points.append((bottom, self.places[link.target].y))
        return Arrow(link, tuple(points))

    def _stretches(self, link: Link) -> Sequence[Wire]:
        levels = range(self.layer[link.source] + 1, self.layer[link.target])
        cells = [link.source, *(waypoint(link.source, level) for level in levels), link.target]
        return [Wire(link.source, upper, lower) for upper, lower in pairwise(cells)]

    def _backward(self, number: int, link: Link) -> Arrow:
        start, end, gutter = self._port(link.source), self._port(link.target), self._gutter(number)
        out = self._height(self.layer[link.source], f"\0out{number}")
        into = self._height(self.layer[link.target] - 1, f"\0in{number}")
        source, target = self.places[link.source], self.places[link.target]
        points = ((start, source.bottom), (start, out), (gutter, out), (gutter, into), (end, into), (end, target.y))
        return Arrow(link, points)
