"""Rows: parts of a card or panel. Each knows its height and draws itself, so measure and drawing cannot differ."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.pictures.icons import icon
from engine.pictures.limits import Limit
from engine.pictures.svg import NOTHING, Markup, box, element, joined, label, written
from engine.pictures.text_width import width, wrap

BODY: Final = 12.5
SMALL: Final = 11.0
BESIDE_ICON: Final = 18.0

_TONE: Final[Mapping[str, str]] = {"explicit": "alarm", "law": "law", "default": "plain", "target": "target"}


@dataclass(frozen=True, slots=True)
class Row:
    """A part of a picture: its height in pixels, and how it is drawn with its top left corner at (x, y)."""

    height: float
    draw: Callable[[float, float], Markup]


def pile(rows: Iterable[Row]) -> Row:
    """Rows below one another, as one."""
    kept = tuple(rows)

    def draw(x: float, y: float) -> Markup:
        drawn = []
        for row in kept:
            drawn.append(row.draw(x, y))
            y += row.height
        return joined(drawn)

    return Row(sum(row.height for row in kept), draw)


def space(height: float) -> Row:
    """Nothing, so high."""
    return Row(height, lambda _x, _y: NOTHING)


def text_lines(lines: Sequence[str], x: float, y: float, step: float, class_: str) -> Markup:
    """Lines of text, the first one's baseline at `y`."""
    if not lines:
        return NOTHING
    if len(lines) == 1:
        return label(x, y, lines[0], class_)
    spans = (element("tspan", written(one), x=x, y=y + number * step) for number, one in enumerate(lines))
    return element("text", *spans, class_=class_)


def paragraph(text: str, room: float, size: float, class_: str, most: int) -> Row:
    """A text of at most so many lines; `room` and `size` (the font's) in pixels."""
    lines, step = wrap(text, room / size, most), round(size * 1.36, 1)
    return Row(step * len(lines), lambda x, y: text_lines(lines, x, y + size, step, class_))


def noted(sign: str, text: str, room: float, most: int, tone: str = "", size: float = SMALL) -> Row:
    """A sign with a few lines of text beside it."""
    inner = paragraph(text, room - BESIDE_ICON, size, f"{'body' if size == BODY else 'small'} {tone}".rstrip(), most)

    def draw(x: float, y: float) -> Markup:
        colour = "" if tone == "soft" else tone
        return joined([icon(sign, x - 1, y + size / 2 - 6.3, colour, 14), inner.draw(x + BESIDE_ICON, y)])

    return Row(inner.height + 3.5, draw)


def limit_row(limit: Limit, room: float, most: int = 6) -> Row:
    """A deadline: its span, its clause, its basis as a badge, remarks below."""
    tone = _TONE[limit.basis]
    colour = "" if tone == "plain" else tone
    span = wrap(limit.span, (room - BESIDE_ICON - 44 - width(limit.clause) * SMALL) / BODY, 2)
    remarks = pile(paragraph(one, room - 8, SMALL, "small soft", most) for one in limit.remarks)
    head = 17.0 * len(span)
    height = 7 + head + remarks.height + 4

    def draw(x: float, y: float) -> Markup:
        return joined(
            [
                box(x - 4, y + 4, room + 8, height, f"{tone}-soft", 6),
                icon("clock", x, y + 7.5, colour, 14),
                text_lines(span, x + BESIDE_ICON, y + 19, 17, f"body strong {colour}".rstrip()),
                _badge(x + room, y + 7, limit),
                label(x + room - width(limit.tag) * SMALL - 14, y + 18.8, limit.clause, "small soft", "end"),
                remarks.draw(x + 4, y + 8 + head),
            ]
        )

    return Row(height + 8, draw)


def _badge(right: float, y: float, limit: Limit) -> Markup:
    """The basis at the right edge: filled where a clause or a law says it, an outline where we do."""
    long = width(limit.tag) * SMALL + 9
    filled = limit.basis in ("explicit", "law")
    words = "small strong reverse" if filled else "small soft"
    return joined(
        [
            box(right - long, y, long, 16, _TONE[limit.basis] if filled else "rule", 4),
            label(right - long / 2, y + 11.9, limit.tag, words, "middle"),
        ]
    )


def badge_of(limit: Limit) -> Row:
    """The badge alone, for the legend."""
    long = width(limit.tag) * SMALL + 9
    return Row(long, lambda x, y: _badge(x + long, y, limit))
