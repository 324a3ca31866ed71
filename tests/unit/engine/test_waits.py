"""Waits: for a span of time, or until a time that somebody gave."""

import pytest
from pydantic import ValidationError

from engine.events import Amended, Opened
from engine.playing import Play
from models.language.steps import Wait
from tests.unit.engine.small import at, play

STEPS = """
form:
  planned_at: {type: datetime, title: 计划时间, required: false, editable: true}
steps:
  - {id: pause, kind: wait, until: planned_at}
  - {id: publish, kind: task, who: clerk, within: 1 hour}
  - {id: end, kind: end, outcome: done}
"""


def _opened(facts: dict[str, str]) -> Play:
    stage = play(STEPS)
    stage.record(Opened(case="1", by="boss", facts=facts), at("10:00"))
    return stage


def _opens(stage: Play) -> object:
    stage.run_until(at("18:00"))
    assert stage.case is not None
    return stage.case.steps["publish"].opened_at


def test_it_waits_until_the_time_in_a_field() -> None:
    assert _opens(_opened({"planned_at": "2026-03-10 15:00"})) == at("15:00")


def test_it_does_not_wait_for_a_time_that_has_passed() -> None:
    assert _opens(_opened({"planned_at": "2026-03-10 09:00"})) == at("10:00")


def test_it_does_not_wait_for_a_time_that_nobody_gave() -> None:
    assert _opens(_opened({})) == at("10:00")


def test_it_waits_for_the_new_time_when_that_is_corrected() -> None:
    stage = _opened({"planned_at": "2026-03-10 15:00"})
    stage.record(Amended(facts={"planned_at": "2026-03-10 16:00"}), at("11:00"))

    assert _opens(stage) == at("16:00")


def test_it_goes_on_at_once_when_the_corrected_time_has_passed() -> None:
    stage = _opened({"planned_at": "2026-03-10 15:00"})
    stage.record(Amended(facts={"planned_at": "2026-03-10 10:30"}), at("11:00"))

    assert _opens(stage) == at("11:00")


@pytest.mark.parametrize("said", [{}, {"lasts": "1 hour", "until": "planned_at"}])
def test_it_says_in_exactly_one_way_how_long(said: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="how long it lasts or until when"):
        Wait.model_validate({"id": "pause", "kind": "wait", **said})
