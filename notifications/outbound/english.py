"""English: a short summary of a notice, below the Chinese."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from engine.case import ACTIVE, Clock
from engine.effects import Notice
from engine.program import Rule
from engine.titles import Titles
from models.language.moments import format_moment
from notifications.outbound.consequences import Outlook
from notifications.outbound.contents import Matter
from notifications.outbound.standing import settled
from notifications.outbound.values import one_line
from notifications.outbound.wording import Wording

SHOWN: Final = 3
"""Consequences in the summary; the Chinese part lists more, and the reminders."""


def summary(matter: Matter, notice: Notice, clocks: Sequence[tuple[Rule, Clock]], now: datetime) -> tuple[str, ...]:
    """What is wanted, and for each deadline its clause, due time, count and what happens if nothing is done."""
    titles = Titles(matter.program, "en")
    words = Wording(matter, notice, titles)
    clause = words.step.clause if words.step and words.step.clause else ""
    lines = [
        words.english_verb + (f": {words.name}." if words.name else ".") + (f" Clause {clause}." if clause else "")
    ]
    if settled(matter, notice):
        lines.append("This was settled before the mail went out; nothing is left to do.")
    for rule, clock in clocks:
        lines.append(_limit(clock))
        if clock.status in ACTIVE:
            ahead = Outlook(matter, rule, clock, titles, now).lines(but="reminder")[:SHOWN]
            lines.append("If nothing is done: " + "; ".join(f"{one.at} {one.text}" for one in ahead) + ".")
    return tuple(one_line(line, 500) for line in lines)


def _limit(clock: Clock) -> str:
    line = clock.receipt[-1] if clock.receipt else None
    counted = f", {line.span} from {format_moment(line.start)}" if line and line.span else ""
    ended = f", ended {format_moment(clock.ended_at)}" if clock.ended_at else ""
    clause = f" (clause {clock.clause})" if clock.clause else ""
    return f"Due {format_moment(clock.due)} China time{counted}{clause}{ended}."
