"""Boxes: everything an arrow can lead to: the cards of steps, and the small boxes between them."""

from dataclasses import dataclass
from typing import Final, Protocol

from engine.pictures.cards import CARD_WIDTH, card_of
from engine.pictures.flow import START, joins, jumps_to
from engine.pictures.graph import Size
from engine.pictures.layout import Rect
from engine.pictures.rows import SMALL, Row, paragraph, pile
from engine.pictures.steps_in_words import describe
from engine.pictures.svg import Markup, box, element, joined, label
from engine.program import Program
from engine.titles import Titles

WAYS: Final = {
    "form": "内部表单",
    "public_form": "公开表单",
    "email": "邮件",
    "schedule": "日程",
    "procedure": "其他规程",
}


class Box(Protocol):
    """What can be measured and then drawn at a place."""

    @property
    def size(self) -> Size:
        """The room it needs."""

    def draw(self, place: Rect) -> Markup:
        """It at its place."""


@dataclass(frozen=True, slots=True)
class Pill:
    """A rounded box with a few words."""

    words: Row
    filled: bool

    @property
    def size(self) -> Size:
        """The room it needs."""
        return Size(CARD_WIDTH, self.words.height + 14)

    def draw(self, place: Rect) -> Markup:
        """The pill at its place."""
        radius = min(place.height / 2, 18)
        class_ = "start" if self.filled else "card asked"
        return element(
            "g",
            box(place.x, place.y, place.width, place.height, class_, radius),
            self.words.draw(place.x + 16, place.y + 7),
        )


@dataclass(frozen=True, slots=True)
class Joint:
    """A point that waits for several steps before several others go on."""

    any_of: bool

    @property
    def size(self) -> Size:
        """The room it needs."""
        return Size(76, 26)

    def draw(self, place: Rect) -> Markup:
        """The joint at its place."""
        words = "任一办结" if self.any_of else "全部办结"
        middle = place.middle
        frame = box(place.x, place.y, place.width, place.height, "card", 13)
        return joined([frame, label(middle, place.y + 17, words, "small soft", "middle")])


def box_of(name: str, program: Program, titles: Titles) -> Box:
    """The box of a step, or of a place between steps."""
    if name == START:
        return _start(program, titles)
    if target := jumps_to(name):
        return Pill(paragraph(f"↪ 转到「{titles.step(target)}」", CARD_WIDTH - 32, SMALL, "small", 2), filled=False)
    if joins(name):
        waiting = [plan.step for plan in program.plans.values() if plan.after == joins(name)]
        return Joint(bool(waiting) and all(step.wait_for == "any" for step in waiting))
    return card_of(name, describe(program, name, titles))


def _start(program: Program, titles: Titles) -> Pill:
    rows = [paragraph("立项", CARD_WIDTH - 32, 14.5, "name reverse", 1)]
    for start in program.procedure.starts:
        who = f"（{titles.people(start.who)}）" if start.who else ""
        rows.append(paragraph(f"{WAYS[start.by]}{who}", CARD_WIDTH - 32, SMALL, "small reverse", 2))
    return Pill(pile(rows), filled=True)
