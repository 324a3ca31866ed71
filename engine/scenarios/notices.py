"""Notices: matching the messages a test expects with those that were sent."""

from datetime import datetime
from typing import Final

from engine.effects import Notice
from engine.scenarios.timeline import Line
from models.language.moments import parse_moment
from models.language.policy_test import Expect, Told

WATCHED: Final = frozenset({"reminder", "escalation", "target", "substitute", "deemed"})
"""Kinds of notices that a complete test must expect, every one."""


def compare_notices(wanted: Expect, notices: list[Notice], now: datetime, complete: bool) -> list[Line]:
    """What should have been told at this moment and was not, and the other way round."""
    left, lines = list(notices), []
    for told in wanted.told:
        for person in told.to:
            match = next((one for one in left if matches(told, person, one) and _on_time(told, one, now)), None)
            if match is not None:
                left.remove(match)
            text = told_text(told, person)
            lines.append(Line(now, text, text if match else ""))
    if complete:
        lines += [Line(now, "", notice_text(one)) for one in left if one.kind in WATCHED]
    unwanted = [one for one in notices if one.to in wanted.not_told or wanted.nobody_told]
    return lines + [Line(now, f"{one.to} is told nothing", notice_text(one)) for one in unwanted]


def matches(told: Told, person: str, notice: Notice) -> bool:
    """Whether a notice is the expected one, its time apart."""
    return (
        notice.to == person
        and notice.kind == told.kind
        and (told.about is None or told.about in (notice.deadline, notice.step))
        and (told.level is None or told.level == notice.level)
    )


def told_text(told: Told, person: str) -> str:
    """An expected notice in words."""
    return _text(told.kind, person, told.about or "", told.level or "")


def notice_text(notice: Notice) -> str:
    """A notice that was sent, in the same words."""
    return _text(notice.kind, notice.to, notice.deadline or notice.step or "", notice.level)


def _text(kind: str, person: str, about: str, level: str) -> str:
    return f"{kind} to {person}{f' about {about}' if about else ''}{f' ({level})' if level else ''}"


def _on_time(told: Told, notice: Notice, now: datetime) -> bool:
    """Whether it was planned for exactly this moment, or for the one the test names."""
    return notice.at is None or notice.at == (parse_moment(told.planned) if told.planned else now)
