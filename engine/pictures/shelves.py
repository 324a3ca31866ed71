"""Shelves: packing frames of different sizes into a strip, each as high up as it goes."""

from collections.abc import Sequence

from engine.pictures.graph import Size
from engine.pictures.layout import Point

GAP = 14.0


def shelve(frames: Sequence[Size], width: float) -> tuple[list[Point], float]:
    """The top left corner of each frame in a strip of a width, and the height used.

    They stand in the given order, each at the highest free place, of several the leftmost.
    A frame wider than the strip stands at its left edge.
    """
    placed: list[tuple[Point, Size]] = []
    for frame in frames:
        lefts = [0.0, *(corner[0] + size.width + GAP for corner, size in placed)]
        fitting = [x for x in lefts if x + frame.width <= width + 0.5] or [0.0]
        spots = [(_floor(placed, x, frame.width), x) for x in fitting]
        y, x = min(spots)
        placed.append(((x, y), frame))
    height = max((corner[1] + size.height for corner, size in placed), default=0.0)
    return [corner for corner, _ in placed], height


def _floor(placed: Sequence[tuple[Point, Size]], x: float, width: float) -> float:
    """How far up a frame of a width can go at `x`."""
    below = [
        corner[1] + size.height + GAP
        for corner, size in placed
        if corner[0] < x + width + GAP - 0.5 and x < corner[0] + size.width + GAP - 0.5
    ]
    return max(below, default=0.0)
