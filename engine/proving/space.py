"""Space: the states that one slice of a procedure can reach, and the ways between them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.playing import Happening
from engine.program import Program
from engine.proving.scene import Scene
from engine.proving.slices import Slice
from engine.proving.world import World


@dataclass(frozen=True, slots=True)
class Node:
    """One state, with one case that is in it, and the node it was first reached from; -1 for a beginning."""

    scene: Scene
    parent: int


@dataclass(slots=True)
class Space:
    """The states of one slice and the ways between them."""

    world: World
    slice: Slice
    nodes: list[Node] = field(default_factory=list)
    following: list[list[int]] = field(default_factory=list)
    """For each node, the nodes that one move leads to."""
    followed: set[int] = field(default_factory=set)
    """Nodes of which every move was made, or all that can make a difference."""
    sampled: set[int] = field(default_factory=set)
    """Nodes of which only some moves were made, because there were too many states."""
    moves: int = 0
    unsettled: list[tuple[int, str]] = field(default_factory=list)
    """Nodes in which a move makes conditions chase each other, with the engine's words."""
    unanswered: dict[str, Scene] = field(default_factory=dict)
    """Steps for which no acceptable answer was found."""

    @property
    def program(self) -> Program:
        """The program that is carried out."""
        return self.world.program

    @property
    def complete(self) -> bool:
        """Whether every state of the slice was found and followed."""
        return len(self.followed) == len(self.nodes)

    @property
    def ended(self) -> list[int]:
        """Nodes in which the case has ended."""
        return [number for number, node in enumerate(self.nodes) if node.scene.case.closed_at is not None]

    def way_to(self, number: int) -> list[Happening]:
        """All events from the beginning of a case to a node."""
        found: list[Happening] = []
        while number >= 0:
            found[:0] = self.nodes[number].scene.events
            number = self.nodes[number].parent
        return found


def all_complete(spaces: Iterable[Space]) -> bool:
    """Whether nothing was left out in any of the spaces."""
    return all(space.complete for space in spaces)
