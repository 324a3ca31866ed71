"""Graph: boxes and links as the layout needs them, put in layers from top to bottom.

The layers are those of the longest path, with at most so many boxes side by side, so that a
picture stays narrow enough for a page or a phone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

LinkKind = Literal["next", "back"]


@dataclass(frozen=True, slots=True)
class Size:
    """How much room a box needs, in pixels."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow from one box to another; `back` leads upwards and takes no part in the layering."""

    source: str
    target: str
    kind: LinkKind = "next"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """Boxes by id, in the order of the file, and their links."""

    boxes: Mapping[str, Size]
    links: tuple[Link, ...]


def without_cycles(graph: Graph) -> Graph:
    """The same graph, with every link that closes a circle leading back.

    `duly check` refuses such a procedure; its picture is what helps to see why.
    """
    following = _following(graph.links)
    state: dict[str, int] = {}
    closing: set[tuple[str, str]] = set()
    for root in graph.boxes:
        stack = [(root, iter(following.get(root, ())))] if root not in state else []
        state.setdefault(root, 1)
        while stack:
            name, targets = stack[-1]
            target = next(targets, None)
            if target is None:
                state[name] = 2
                stack.pop()
            elif state.get(target) == 1:
                closing.add((name, target))
            elif target not in state:
                state[target] = 1
                stack.append((target, iter(following.get(target, ()))))
    links = tuple(replace(link, kind="back") if (link.source, link.target) in closing else link for link in graph.links)
    return replace(graph, links=links)


def in_layers(graph: Graph, most: int) -> dict[str, int]:
    """The layer of each box, from 0, with at most `most` boxes in one. The graph has no cycles."""
    following, before = _following(graph.links), _following(_turned(graph.links))
    depth = _longest(graph.boxes, before, following)
    reach = _longest(graph.boxes, following, before)
    places = {name: place for place, name in enumerate(graph.boxes)}
    layer: dict[str, int] = {}
    filled: dict[int, int] = {}
    # Those that most depends on come first: they keep their layer when it is full.
    for name in sorted(graph.boxes, key=lambda one: (depth[one], -reach[one], places[one])):
        level = max((layer[other] + 1 for other in before.get(name, ())), default=0)
        while filled.get(level, 0) >= most:
            level += 1
        layer[name] = level
        filled[level] = filled.get(level, 0) + 1
    return layer


def _longest(
    names: Iterable[str], before: Mapping[str, list[str]], following: Mapping[str, list[str]]
) -> dict[str, int]:
    """For each box the number of links on the longest way to it."""
    missing = {name: len(before.get(name, ())) for name in names}
    found = dict.fromkeys(missing, 0)
    ready = [name for name, count in missing.items() if not count]
    for name in ready:
        for target in following.get(name, ()):
            found[target] = max(found[target], found[name] + 1)
            missing[target] -= 1
            if not missing[target]:
                ready.append(target)
    return found


def _following(links: Iterable[Link]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for link in links:
        if link.kind == "next" and link.target not in found.setdefault(link.source, []):
            found[link.source].append(link.target)
    return found


def _turned(links: Iterable[Link]) -> list[Link]:
    return [replace(link, source=link.target, target=link.source) for link in links]
