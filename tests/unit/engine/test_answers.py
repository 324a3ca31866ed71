"""Answers: whatever comes in, values of the right type or a refusal that says what to correct."""

from typing import Any

import pytest

from engine.errors import InvalidAnswer
from engine.events import Amended
from tests.unit.engine.small import at, begin, case

FORM = """
form:
  text: {type: text, required: false, at_most: 10, forbid: [不明]}
  number: {type: number, required: false, at_least: 0, at_most: 100}
  sure: {type: yes_no, required: false, must_be: true}
  colour: {type: choice, required: false, options: {red: 红, blue: 蓝}, refuse: {green: 不许}}
  when: {type: datetime, required: false, past_only: true}
  who: {type: person, required: false}
  unit: {type: department, required: false}
  proof: {type: file, required: false}
  rows: {type: table, required: false, at_least: 0, at_most: 2, columns: {n: {type: number}}}
steps: [{id: act, kind: task, who: clerk, within: 1 hour}]
"""


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("text", " a ", "a"),
        ("number", 1.5, 1.5),
        ("sure", True, True),
        ("colour", "red", "red"),
        ("when", "2026-03-10 09:00", at("09:00")),
        ("when", "2026-03-10T01:00+00:00", at("09:00")),
        ("who", "anna", "anna"),
        ("unit", "desk", "desk"),
        ("rows", [{"n": 1}], [{"n": 1}]),
    ],
)
def test_an_answer_is_kept_in_its_own_type(field: str, value: Any, kept: Any) -> None:
    assert case(begin(FORM, **{field: value})).facts[field] == kept


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("text", 5, "must be text"),
        ("text", "a" * 11, "at most 10"),
        ("text", "不明", "say what is really known"),
        ("text", "a\x00b", "no character of any text"),
        ("text", "\ud800", "no character of any text"),
        ("number", "5", "must be a number"),
        ("number", True, "must be a number"),
        ("number", -1, "at least 0"),
        ("number", 101, "at most 100"),
        ("number", float("nan"), "between"),
        ("number", float("inf"), "between"),
        ("number", 10**400, "between"),
        ("sure", "yes", "must be yes or no"),
        ("sure", False, "must be yes before"),
        ("colour", "green", "always refused: 不许"),
        ("colour", "yellow", "one of red, blue"),
        ("colour", ["red"], "one of red, blue"),
        ("when", "yesterday", "no point in time"),
        ("when", at("09:00").replace(tzinfo=None), "must be a point in time"),
        ("when", "2026-03-11 09:00", "lies in the future"),
        ("who", "zoe", "names nobody we know"),
        ("who", {}, "names nobody we know"),
        ("unit", "moon", "is no unit"),
        ("proof", 5, "must be text"),
        ("rows", "a", "list of rows"),
        ("rows", [1], "list of rows"),
        ("rows", [{"n": 1}] * 3, "between 0 and 2"),
        ("rows", [{"n": "a"}], "row 1: `n` must be a number"),
        ("colours", "red", "there is no field 'colours'"),
    ],
)
def test_a_wrong_answer_is_refused_with_the_reason(field: str, value: Any, why: str) -> None:
    with pytest.raises(InvalidAnswer, match=why):
        begin(FORM, **{field: value})


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InvalidAnswer, match=r"`number`.*`who`"):
        begin(FORM, number="a", who="zoe")


def test_a_message_quotes_only_the_beginning_of_what_was_sent() -> None:
    with pytest.raises(InvalidAnswer) as refused:
        begin(FORM, number="a" * 100_000)
    assert len(refused.value.message) < 300


def test_what_is_missing_is_named_by_its_title() -> None:
    with pytest.raises(InvalidAnswer, match=r"`name` is missing \(姓名\)"):
        begin("form: {name: {type: text, title: 姓名}}\nsteps: [{id: act, kind: task, who: clerk, within: 1 hour}]")


def test_a_default_fills_what_was_left_out() -> None:
    text = "form: {sure: {type: yes_no, default: true}}\nsteps: [{id: act, kind: task, who: clerk, within: 1 hour}]"
    assert case(begin(text)).facts == {"sure": True}


def test_an_optional_answer_can_be_taken_away_again() -> None:
    stage = begin(FORM.replace("at_most: 10,", "at_most: 10, editable: true,"), text="a")
    stage.record(Amended(facts={"text": ""}), at("10:05"))
    assert case(stage).facts["text"] is None
