"""Marks: the signs of a timeline, one shape and colour for each kind of thing that happens."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from engine.pictures.icons import icon
from engine.pictures.svg import Markup, element, joined, label
from engine.simulate.simulation import Kind

Shape = Literal["disc", "ring", "square", "diamond"]


class Sign(NamedTuple):
    """How a kind of row is marked."""

    shape: Shape
    tone: str
    icon: str | None


_PLAIN: Final = Sign("disc", "machine", None)
SIGNS: Final[Mapping[Kind, Sign]] = {
    "opened": Sign("disc", "start", "start"),
    "asked": Sign("disc", "task", "task"),
    "started": Sign("ring", "machine", "clock"),
    "reminder": Sign("disc", "warn", "notify"),
    "substitute": Sign("disc", "approve", "each"),
    "target": Sign("ring", "target", "clock"),
    "missed": Sign("diamond", "alarm", None),
    "escalation": Sign("square", "alarm", None),
    "deemed": Sign("ring", "warn", "task"),
    "notice": Sign("ring", "notify", "notify"),
    "withdrawn": Sign("ring", "machine", "exit"),
    "vacancy": Sign("square", "alarm", None),
    "done": Sign("disc", "good", "end"),
    "met": Sign("ring", "good", "clock"),
    "late": Sign("ring", "alarm", "clock"),
    "changed": Sign("ring", "approve", "clock"),
    "held": Sign("ring", "warn", "gate"),
    "machine": Sign("ring", "machine", "machine"),
    "calls": Sign("ring", "call", "call"),
    "owner": Sign("ring", "start", "who"),
    "refused": Sign("diamond", "alarm", None),
    "stuck": Sign("diamond", "alarm", None),
    "repeats": Sign("ring", "machine", "repeat"),
    "ended": Sign("disc", "good", "end"),
    "rest": Sign("ring", "machine", "wait"),
}


def mark(kind: Kind, x: float, y: float, level: str = "") -> Markup:
    """The mark of a kind of row with its middle at a place; a level of the ladder is written into it."""
    shape, tone, sign = SIGNS.get(kind, _PLAIN)
    parts = [_shape(shape, tone, x, y)]
    if level or kind == "vacancy":
        parts.append(label(x, y + 4, level or "!", "small strong reverse", "middle"))
    elif sign is not None:
        parts.append(icon(sign, x - 6.5, y - 6.5, "reverse" if shape == "disc" else tone, 13))
    elif shape == "diamond":
        parts.append(label(x, y + 4.2, "!", "body strong reverse", "middle"))
    return joined(parts)


def _shape(shape: Shape, tone: str, x: float, y: float) -> Markup:
    if shape == "disc":
        return element("circle", cx=x, cy=y, r=10.5, class_=tone)
    if shape == "ring":
        return element("circle", cx=x, cy=y, r=10, class_=f"icon ring {tone}")
    if shape == "square":
        return element("rect", x=x - 11, y=y - 10.5, width=22, height=21, rx=5, class_=tone)
    return element("path", d=f"M{x:g} {y - 12.5:g}l12.5 12.5l-12.5 12.5l-12.5-12.5z", class_=tone)
