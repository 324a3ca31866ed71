"""Ladders: who hears of a deadline, when, and who may act as well."""

from engine.events import Done
from tests.unit.engine.small import asked, at, begin, status, told

TASK = "steps: [{id: act, kind: task, who: clerk, within: %s}]"


def test_up_to_half_an_hour_there_is_one_reminder_and_three_rungs_within_the_hour() -> None:
    stage = begin(TASK % "20 minutes")
    stage.run_until(at("13:00"))
    assert told(stage, "reminder") == [("anna", "03-10 10:10")]
    assert told(stage, "escalation") == [("head", "03-10 10:20"), ("boss", "03-10 10:50"), ("boss", "03-10 11:20")]


def test_hours_climb_by_shares_of_their_span() -> None:
    stage = begin(TASK % "4 hours")
    stage.run_until(at("20:00"))
    assert told(stage, "reminder") == [("anna", "03-10 13:00")]
    assert told(stage, "escalation") == [("head", "03-10 14:00"), ("boss", "03-10 16:00"), ("boss", "03-10 18:00")]


def test_days_are_reminded_of_on_the_last_morning_and_repeated_in_the_end() -> None:
    stage = begin(TASK % "3 working days")
    stage.run_until(at("2026-03-25 00:00"))
    assert told(stage, "reminder") == [("anna", "03-13 10:00")]
    assert told(stage, "escalation") == [
        ("head", "03-13 18:00"),
        ("boss", "03-16 18:00"),
        ("boss", "03-17 18:00"),
        ("boss", "03-25 00:00"),
    ]


def test_nothing_more_is_sent_once_it_is_done() -> None:
    stage = begin(TASK % "4 hours")
    stage.record(Done(step="act", by="anna"), at("12:00"))
    stage.run_until(at("2026-03-12 00:00"))
    assert (told(stage, "reminder"), told(stage, "escalation")) == ([], [])


def test_an_escalation_takes_nothing_away_from_anybody() -> None:
    stage = begin(TASK % "20 minutes")
    stage.run_until(at("13:00"))
    assert (asked(stage, "act"), status(stage, "act")) == (["anna"], "open")


def test_an_internal_target_is_told_of_but_is_no_breach() -> None:
    stage = begin("steps: [{id: act, kind: task, who: clerk, deadline: {within: 1 hour, target: true}}]")
    stage.run_until(at("13:00"))
    assert (told(stage, "target"), told(stage, "escalation")) == ([("anna", "03-10 11:00")], [])
    assert stage.case is not None
    assert not stage.case.steps["act"].missed


def test_a_deadline_without_anybody_to_ask_reminds_the_owner() -> None:
    stage = begin("""
steps: [{id: wait, kind: wait, lasts: 24 hours}]
deadlines: [{id: whole, from: case.opened, until: wait.done, within: 4 hours}]
""")
    stage.run_until(at("13:00"))
    assert told(stage, "reminder") == [("head", "03-10 13:00")]


def test_a_step_that_has_not_opened_reminds_whoever_will_do_it() -> None:
    stage = begin("""
steps:
  - {id: first, kind: task, who: clerk, within: 24 hours}
  - {id: act, kind: task, who: checker, deadline: {within: 4 hours, from: case.opened}}
""")
    stage.run_until(at("13:00"))
    assert told(stage, "reminder") == [("bert", "03-10 13:00")]
