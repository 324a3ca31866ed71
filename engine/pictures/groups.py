"""Groups: boxes that are laid out together, drawn with their arrows."""

from typing import Final

from engine.pictures.boxes import box_of
from engine.pictures.flow import Group
from engine.pictures.graph import Graph, Size
from engine.pictures.layout import Arrow, Layout, Rect, lay_out
from engine.pictures.rows import SMALL, noted
from engine.pictures.svg import Markup, box, element, joined, label, line
from engine.program import Program
from engine.titles import Titles

_PADDING: Final = 12.0


class DrawnGroup:
    """The boxes of a group at their places."""

    def __init__(self, group: Group, program: Program, titles: Titles, most: int) -> None:
        self.boxes = {name: box_of(name, program, titles) for name in group.boxes}
        sizes = {name: one.size for name, one in self.boxes.items()}
        self.layout: Layout = lay_out(Graph(sizes, group.links), most)

    @property
    def size(self) -> Size:
        """The room it needs."""
        return Size(self.layout.width, self.layout.height)

    def draw(self, x: float, y: float) -> Markup:
        """The group with its top left corner at a place."""
        arrows = [_arrow(arrow, x, y) for arrow in self.layout.arrows]
        boxes = [
            self.boxes[name].draw(Rect(x + place.x, y + place.y, place.width, place.height))
            for name, place in self.layout.places.items()
        ]
        return joined([*arrows, *boxes])


class Frame:
    """A request and what follows from it, in a frame that says when it may be asked for."""

    def __init__(self, group: Group, program: Program, titles: Titles) -> None:
        self.inner = DrawnGroup(group, program, titles, 1)
        after = "、".join(f"「{titles.step(name)}」" for name in group.after)
        words = f"{after}办结后" if after else "立项后"
        self.heading = noted("request", words, self.inner.size.width, 3, "soft", SMALL)

    @property
    def size(self) -> Size:
        """The room it needs."""
        inner = self.inner.size
        return Size(inner.width + 2 * _PADDING, inner.height + self.heading.height + 2 * _PADDING + 4)

    def draw(self, x: float, y: float) -> Markup:
        """The frame with its top left corner at a place."""
        top = y + _PADDING + self.heading.height + 4
        return joined(
            [
                box(x, y, self.size.width, self.size.height, "band", 12),
                self.heading.draw(x + _PADDING + 2, y + _PADDING),
                self.inner.draw(x + _PADDING, top),
            ]
        )


def heads() -> Markup:
    """The heads of arrows."""
    return element("defs", *(_head(kind) for kind in ("next", "back")))


def _head(kind: str) -> Markup:
    shape = element("path", d="M0 0L9 4.5L0 9z", class_=f"head {kind}")
    return element(
        "marker", shape, id=f"duly-{kind}", viewBox="0 0 9 9", refX=8, refY=4.5, markerWidth=8, markerHeight=8,
        markerUnits="userSpaceOnUse", orient="auto",
    )  # fmt: skip


def _arrow(arrow: Arrow, x: float, y: float) -> Markup:
    link = arrow.link
    points = [(x + dx, y + dy) for dx, dy in arrow.points]
    class_ = "line back dashed" if link.kind == "back" else "line"
    drawn = [line(points, class_, end=f"duly-{link.kind}")]
    if link.label:
        left, top = points[0]
        drawn.append(label(left + 7, top + 12, link.label, f"small {'back' if link.kind == 'back' else 'soft'} over"))
    return joined(drawn)
