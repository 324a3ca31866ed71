"""Tracks: the horizontal stretches of arrows between two layers, at heights of their own where they would overlap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_APART: Final = 10.0
"""Stretches closer than this in x may not share a height; verticals closer than this look like one line."""


@dataclass(frozen=True, slots=True)
class Net:
    """All arrows of one box through one gap: where they come in from above and go out below, in pixels."""

    name: str
    tops: tuple[float, ...]
    bottoms: tuple[float, ...]
    labelled: bool = False

    @property
    def low(self) -> float:
        """Its leftmost x."""
        return min((*self.tops, *self.bottoms))

    @property
    def high(self) -> float:
        """Its rightmost x."""
        return max((*self.tops, *self.bottoms))

    @property
    def straight(self) -> bool:
        """Whether it runs straight down and needs no track."""
        return self.high - self.low < 1


def assign(nets: Sequence[Net]) -> Mapping[str, int]:
    """A track number, from 0 at the top, for every net that bends.

    Where one net comes down above the place at which another goes on, it must turn off first,
    or the two would look like one line. Nets that demand it of each other are drawn as they come.
    """
    bending = [net for net in nets if not net.straight]
    tracks: dict[str, int] = {}
    taken: list[list[Net]] = []
    waiting = sorted(bending, key=lambda net: (net.low, net.high, net.name))
    while waiting:
        net = next((one for one in waiting if not _blocked(one, waiting)), waiting[0])
        waiting.remove(net)
        above = [tracks[other.name] for other in bending if other.name in tracks and _must_turn_first(other, net)]
        track = max(above, default=-1) + 1
        while track < len(taken) and any(_overlap(net, other) for other in taken[track]):
            track += 1
        taken.extend([] for _ in range(track + 1 - len(taken)))
        taken[track].append(net)
        tracks[net.name] = track
    return tracks


def _blocked(net: Net, waiting: Sequence[Net]) -> bool:
    return any(other is not net and _must_turn_first(other, net) for other in waiting)


def _must_turn_first(first: Net, second: Net) -> bool:
    return any(abs(top - bottom) < _APART for top in first.tops for bottom in second.bottoms)


def _overlap(one: Net, other: Net) -> bool:
    return one.low < other.high + _APART and other.low < one.high + _APART
