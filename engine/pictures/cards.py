"""Cards: a step as a card, measured before the layout and drawn after it."""

from dataclasses import dataclass
from typing import Final

from engine.pictures.graph import Size
from engine.pictures.icons import icon
from engine.pictures.layout import Rect
from engine.pictures.rows import BODY, SMALL, Row, limit_row, noted, paragraph, pile, space
from engine.pictures.steps_in_words import KINDS, Description
from engine.pictures.svg import Markup, box, element, joined, label, tooltip

CARD_WIDTH: Final = 216.0
_LEFT: Final = 15.0
_ROOM: Final = CARD_WIDTH - _LEFT - 11
_NAME: Final = 14.5
_TONES: Final = {"when": "warn"}


@dataclass(frozen=True, slots=True)
class Card:
    """A step, ready to be placed: its barriers, and what stands on it."""

    name: str
    description: Description
    gates: Row
    content: Row

    @property
    def size(self) -> Size:
        """The room it needs, barriers included."""
        return Size(CARD_WIDTH, self.gates.height + self.content.height)

    def draw(self, place: Rect) -> Markup:
        """The card at its place."""
        x, y, height, kind = place.x, place.y + self.gates.height, self.content.height, self.description.kind
        class_ = "card asked" if self.description.on_request else "card"
        behind = [box(x + 4, y + 4, CARD_WIDTH, height, class_, 9)] if self.description.many else []
        # The coloured edge tells the kind from afar.
        bar = f"M{x + 6:g} {y:g}h1v{height:g}h-1a6 9 0 0 1-6-9v{18 - height:g}a6 9 0 0 1 6-9z"
        return element(
            "g",
            tooltip(self.description.title),
            *behind,
            box(x, y, CARD_WIDTH, height, class_, 9),
            element("path", d=bar, class_=kind),
            self.gates.draw(x, place.y),
            self.content.draw(x + _LEFT, y),
            class_="step",
            data_step=self.name,
        )


def card_of(name: str, description: Description) -> Card:
    """Measure a step."""
    rows = [space(8), _kind(description), paragraph(description.title, _ROOM, _NAME, "name", 3), space(4)]
    if description.who:
        rows.append(noted("who", description.who, _ROOM, 2, size=BODY))
    rows += [noted(one.kind, one.text, _ROOM, 4, _TONES.get(one.kind, "soft")) for one in description.remarks]
    rows += [limit_row(one, _ROOM) for one in description.limits]
    return Card(name, description, pile(_gate(text) for text in description.gates), pile([*rows, space(7)]))


def _kind(description: Description) -> Row:
    def draw(x: float, y: float) -> Markup:
        kind = description.kind
        parts = [
            icon(kind, x - 1, y, kind, 15),
            label(x + 18, y + 11.5, KINDS[kind], f"small strong {kind}"),
            label(x + _ROOM, y + 11.5, description.clause, "small soft", "end"),
        ]
        return joined(parts)

    return Row(19, draw)


def _gate(text: str) -> Row:
    """A barrier before the card: nobody gets past it until its condition holds."""
    words = paragraph(text, CARD_WIDTH - 38, SMALL, "small warn", 3)
    height = words.height + 9

    def draw(x: float, y: float) -> Markup:
        posts = f"M{x + 12:g} {y + height:g}v7M{x + CARD_WIDTH - 12:g} {y + height:g}v7"
        parts = [
            element("path", d=posts, class_="line barrier"),
            box(x, y, CARD_WIDTH, height, "barrier", 5),
            icon("gate", x + 8, y + 4, "warn", 14),
            words.draw(x + 28, y + 3.5),
        ]
        return joined(parts)

    return Row(height + 6, draw)
