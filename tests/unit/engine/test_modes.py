"""Modes: a sensitive period tightens what starts inside it, never what began before, and ends cleanly (P32)."""

import pytest

from engine.events import Opened
from engine.playing import Play
from tests.unit.engine.small import asked, at, case, play, status

NOON = ("2026-03-10 12:00", "2026-03-10 18:00")
TASK = "steps: [{id: act, kind: task, who: clerk, deadline: {within: 4 hours, in_mode: {sensitive: %s}}}]"
FREEZE = """
steps:
  - {id: change, kind: task, who: clerk, within: 4 hours}
  - {id: end, kind: end, outcome: done}
gates:
  - {id: freeze, holds: [change], until: not mode.sensitive, says: 敏感时期冻结变更}
"""


def opened(text: str, now: str, *periods: tuple[str, str]) -> Play:
    stage = play(text, periods)
    stage.record(Opened(case="1"), at(now))
    return stage


@pytest.mark.parametrize(
    ("now", "due"), [("11:59", "15:59"), ("12:00", "13:00"), ("17:59", "18:59"), ("18:00", "22:00")]
)
def test_only_what_starts_inside_is_tightened(now: str, due: str) -> None:
    assert case(opened(TASK % "1 hour", now, NOON)).clocks["act"].due == at(due)


def test_a_mode_never_loosens() -> None:
    assert case(opened(TASK % "24 hours", "12:30", NOON)).clocks["act"].due == at("16:30")


def test_overlapping_periods_tighten_once() -> None:
    stage = opened(TASK % "1 hour", "13:00", NOON, ("2026-03-10 12:30", "2026-03-12 00:00"))
    assert case(stage).clocks["act"].due == at("14:00")


def test_a_gate_closes_when_a_mode_begins_and_opens_when_it_ends() -> None:
    stage = opened(FREEZE, "11:00", NOON)
    assert status(stage, "change") == "open"
    stage.run_until(at("12:00"))
    assert (status(stage, "change"), asked(stage, "change")) == ("held", [])
    stage.run_until(at("17:59"))
    assert status(stage, "change") == "held"
    stage.run_until(at("18:00"))
    assert asked(stage, "change") == ["anna"]


def test_a_gate_stays_closed_from_one_period_into_the_next() -> None:
    stage = opened(FREEZE, "12:30", NOON, ("2026-03-10 18:00", "2026-03-11 00:00"))
    stage.run_until(at("20:00"))
    assert status(stage, "change") == "held"
    stage.run_until(at("2026-03-11 00:00"))
    assert status(stage, "change") == "open"


def test_the_clock_of_a_held_step_goes_on() -> None:
    stage = opened(FREEZE, "11:00", NOON)
    stage.run_until(at("15:00"))
    assert case(stage).clocks["change"].status == "missed"
