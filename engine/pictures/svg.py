"""SVG: elements as text, with everything that comes from an author escaped."""

from collections.abc import Iterable, Sequence
from typing import Final, NewType
from xml.sax.saxutils import escape, quoteattr

from engine.pictures.text_width import clean

Markup = NewType("Markup", str)
"""Text that is SVG already. Only this module makes it, so nothing gets into a picture unescaped."""

NOTHING: Final = Markup("")


def element(name: str, *children: Markup, **attributes: str | float | None) -> Markup:
    """One element. `class_` and `text_anchor` are written `class` and `text-anchor`; None leaves an attribute out."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={_value(value)}"
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return Markup(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")


def joined(parts: Iterable[Markup]) -> Markup:
    """Several elements one after another, each on a line of its own, so that a change shows in a diff."""
    return Markup("\n".join(part for part in parts if part))


def written(text: str) -> Markup:
    """An author's text."""
    return Markup(escape(clean(text)))


def label(x: float, y: float, text: str, class_: str, anchor: str | None = None) -> Markup:
    """A line of text with its baseline at `y`."""
    return element("text", written(text), x=x, y=y, class_=class_, text_anchor=anchor)


def tooltip(text: str) -> Markup:
    """What a browser shows when the pointer rests on the parent."""
    return element("title", written(text))


def box(x: float, y: float, width: float, height: float, class_: str, radius: float = 0) -> Markup:
    """A rectangle."""
    return element("rect", x=x, y=y, width=width, height=height, rx=radius or None, class_=class_)


def line(points: Sequence[tuple[float, float]], class_: str, radius: float = 7, end: str | None = None) -> Markup:
    """A line through points, its corners rounded; `end` is the marker at its end."""
    return element("path", d=path(points, radius), class_=class_, marker_end=f"url(#{end})" if end else None)


def path(points: Sequence[tuple[float, float]], radius: float) -> str:
    """The data of a path through points, its corners rounded by at most `radius`."""
    first, last = points[0], points[-1]
    parts = [f"M{_number(first[0])} {_number(first[1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before, radius), _towards(corner, after, radius)
        parts.append(f"L{_pair(start)}Q{_pair(corner)} {_pair(end)}")
    return "".join([*parts, f"L{_pair(last)}"])


def picture(width: float, height: float, style: str, name: str, *parts: Markup) -> str:
    """A whole SVG file, as wide as its place but no wider than `width`; `name` is read to those who cannot see."""
    return (
        element(
            "svg",
            tooltip(name),
            element("style", Markup(style)),
            *(Markup(f"\n{part}") for part in parts),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_number(width)} {_number(height)}",
            width="100%",
            # A browser that opens the file itself would otherwise shrink a tall picture to the window's height.
            style=f"max-width:{_number(width)}px;height:auto",
            role="img",
            class_="duly",
        )
        + "\n"
    )


def _towards(corner: tuple[float, float], other: tuple[float, float], radius: float) -> tuple[float, float]:
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = max(abs(dx), abs(dy))
    share = min(radius, length / 2) / length if length else 0
    return corner[0] + dx * share, corner[1] + dy * share


def _value(value: str | float) -> str:
    return quoteattr(value if isinstance(value, str) else _number(value))


def _pair(point: tuple[float, float]) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    rounded = float(round(value, 1))
    return str(int(rounded)) if rounded.is_integer() else str(rounded)
