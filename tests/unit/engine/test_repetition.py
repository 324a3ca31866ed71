"""Repetition: again at once, on a fixed grid, by a schedule; and waits that end while nobody waits."""

import pytest

from engine.effects import StepMoved
from engine.events import Amended, Done, Opened
from engine.playing import Play
from engine.progress import Unsettled
from models.language.moments import format_moment
from tests.unit.engine.small import at, begin, case, play, status

STOP = """
form: {stop: {type: yes_no, default: false, editable: true}, go: {type: yes_no, default: true, editable: true}}
steps:
  - {id: report, kind: task, who: clerk, repeat: {%s until: stop}, within: 1 hour}
  - {id: after, kind: task, who: gm, within: 1 hour}
gates:
  - {id: door, holds: [report], until: go, says: 关着}
"""
WAIT = """
form: {go: {type: yes_no, default: true, editable: true}, need: {type: yes_no, default: true, editable: true}}
steps:
  - {id: watch, kind: wait, lasts: 2 hours, when: need}
  - {id: after, kind: task, who: gm, within: 1 hour}
gates:
  - {id: door, holds: [watch], until: go, says: 关着}
"""


def opened(stage: Play, step: str) -> list[str]:
    moves = [one for happening in stage.happenings for one in happening.effects if isinstance(one, StepMoved)]
    return [format_moment(one.at)[5:] for one in moves if one.step == step and one.status == "open"]


def do(stage: Play, now: str, step: str = "report") -> None:
    stage.run_until(at(now))
    stage.record(Done(step=step, by="anna"), at(now))


def test_it_opens_again_as_soon_as_it_is_done() -> None:
    stage = begin(STOP % "")
    do(stage, "10:30")
    do(stage, "11:10")
    assert opened(stage, "report") == ["03-10 10:00", "03-10 10:30", "03-10 11:10"]
    assert (case(stage).clocks["report"].due, case(stage).clocks["report"].round) == (at("12:10"), 3)


def test_it_stops_when_its_condition_holds() -> None:
    stage = begin(STOP % "")
    do(stage, "10:30")
    stage.record(Amended(facts={"stop": True}), at("10:40"))
    assert (status(stage, "report"), status(stage, "after")) == ("done", "open")


def test_it_goes_on_when_its_condition_holds_no_longer() -> None:
    stage = begin(STOP % "")
    do(stage, "10:30")
    stage.record(Amended(facts={"stop": True}), at("10:40"))
    stage.record(Amended(facts={"stop": False}), at("10:50"))
    assert status(stage, "report") == "open"


def test_a_gate_holds_it_the_second_time_too() -> None:
    stage = begin(STOP % "")
    stage.record(Amended(facts={"go": False}), at("10:05"))
    assert status(stage, "report") == "held"
    stage.record(Amended(facts={"go": True}), at("10:10"))
    do(stage, "10:30")
    assert status(stage, "report") == "open"


def test_a_gate_holds_a_timetable_too() -> None:
    stage = begin(STOP % 'on: {daily: "17:00"},')
    do(stage, "17:10")
    stage.record(Amended(facts={"go": False}), at("17:20"))
    stage.run_until(at("2026-03-11 17:00"))
    assert status(stage, "report") == "held"


def test_a_fixed_grid_does_not_drift() -> None:
    stage = begin(STOP % "every: 4 hours, from: case.opened,")
    do(stage, "14:50")
    do(stage, "18:40")
    stage.run_until(at("22:30"))
    assert opened(stage, "report") == ["03-10 14:00", "03-10 18:00", "03-10 22:00"]


def test_a_grid_whose_time_comes_while_it_is_open_goes_on_with_the_next() -> None:
    stage = begin(STOP % "every: 4 hours, from: case.opened,")
    do(stage, "19:00")
    stage.run_until(at("22:30"))
    assert opened(stage, "report") == ["03-10 14:00", "03-10 22:00"]


def test_a_grid_that_began_long_ago_is_not_counted_step_by_step() -> None:
    text = (STOP % "every: 1 minutes, from: since,").replace("form: {", "form: {since: {type: datetime}, ")
    stage = begin(text, since="1999-01-01 00:00")
    stage.run_until(at("10:01"))
    assert opened(stage, "report") == ["03-10 10:01"]


def test_a_schedule_opens_it_at_its_times() -> None:
    stage = begin(STOP % 'on: {daily: "17:00"},')
    do(stage, "17:10")
    stage.run_until(at("2026-03-11 17:00"))
    assert opened(stage, "report") == ["03-10 17:00", "03-11 17:00"]


def test_slots_that_a_holiday_moves_to_one_moment_are_two_reports() -> None:
    """T18: the Mondays 16 and 23 February 2026 are days off; both reports are owed on Tuesday the 24th."""
    stage = play(STOP % 'on: {weekly: monday, at: "10:00"},')
    stage.record(Opened(case="1"), at("2026-02-11 10:00"))
    do(stage, "2026-02-24 11:00")
    assert status(stage, "report") == "open", "the second is owed still"
    do(stage, "2026-02-24 11:10")
    assert status(stage, "report") == "done"
    stage.run_until(at("2026-03-02 10:00"))
    assert opened(stage, "report") == ["02-24 10:00", "02-24 11:00", "03-02 10:00"]


def test_a_report_that_is_late_does_not_swallow_the_next() -> None:
    stage = begin(STOP % 'on: {daily: "17:00"},')
    do(stage, "2026-03-11 18:00")
    assert status(stage, "report") == "open"
    do(stage, "2026-03-11 18:10")
    assert status(stage, "report") == "done"


def test_a_roster_that_is_empty_for_ever_is_refused_and_does_not_hang() -> None:
    text = (STOP % "").replace("who: clerk,", "who: clerk, each: {people: {role: nobody}},")
    with pytest.raises(Unsettled):
        begin(text)


def test_a_wait_ends_when_its_time_has_come() -> None:
    stage = begin(WAIT)
    stage.run_until(at("12:00"))
    assert (status(stage, "watch"), status(stage, "after")) == ("done", "open")


def test_a_wait_that_a_gate_holds_does_not_end() -> None:
    stage = begin(WAIT)
    stage.record(Amended(facts={"go": False}), at("11:00"))
    stage.run_until(at("12:00"))
    assert status(stage, "watch") == "held"


def test_a_wait_that_was_held_begins_anew() -> None:
    stage = begin(WAIT)
    stage.record(Amended(facts={"go": False}), at("11:00"))
    stage.record(Amended(facts={"go": True}), at("13:00"))
    stage.run_until(at("14:59"))
    assert status(stage, "watch") == "open"
    stage.run_until(at("15:00"))
    assert status(stage, "watch") == "done"


def test_a_wait_that_is_not_needed_any_more_stays_skipped() -> None:
    stage = begin(WAIT)
    stage.record(Amended(facts={"need": False}), at("11:00"))
    stage.run_until(at("12:00"))
    assert status(stage, "watch") == "skipped"


def test_two_waits_that_end_in_the_same_second_may_end_the_case_between_them() -> None:
    stage = begin("""
steps:
  - {id: one, kind: wait, lasts: 2 hours, after: []}
  - {id: two, kind: wait, lasts: 2 hours, after: []}
  - {id: end, kind: end, after: [one, two], wait_for: any, outcome: done}
""")
    stage.run_until(at("13:00"))
    assert (case(stage).outcome, case(stage).next_due) == ("done", None)
