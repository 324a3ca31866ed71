"""Steps repeated by a timetable."""

from engine.events import Done, GateOverridden, Opened
from engine.playing import Play
from tests.unit.engine.small import at, play

REVIEWS = """
form:
  quiet: {type: yes_no, title: 不必复核, default: false}
steps:
  - {id: stop, kind: task, who: clerk, within: 1 hour}
  - id: review
    kind: task
    who: clerk
    when: not quiet
    repeat: {every: 4 hours, from: stop.done, until: restart.done}
    within: 30 minutes
  - {id: restart, kind: task, who: clerk, after: stop, within: 5 working days}
  - {id: end, kind: end, after: restart, outcome: done}
gates:
  - {id: sealed, holds: review, until: quiet, says: 未封存, override: gm}
"""

DAILY = """
steps:
  - id: look
    kind: task
    who: clerk
    repeat: {on: {daily: "17:00"}, until: finish.done}
    within: 1 hour
  - {id: finish, kind: task, who: clerk, after: [], within: 5 working days}
  - {id: end, kind: end, after: finish, outcome: done}
"""


def _stopped(text: str) -> Play:
    stage = play(text)
    stage.record(Opened(case="1", by="cora"), at("03:10"))
    stage.record(Done(step="stop", by="anna"), at("03:18"))
    return stage


def _opened_at(stage: Play, step: str) -> list[str]:
    return [
        f"{happening.at:%d %H:%M}"
        for happening in stage.happenings
        for effect in happening.effects
        if getattr(effect, "step", "") == step and getattr(effect, "status", "") == "open"
    ]


def test_it_first_opens_at_the_first_time_of_the_interval() -> None:
    stage = _stopped(REVIEWS.partition("gates:")[0])
    for moment in ("07:18", "11:18", "15:18"):
        stage.run_until(at(moment))
        stage.record(Done(step="review", by="anna"), at(moment))

    assert _opened_at(stage, "review") == ["10 07:18", "10 11:18", "10 15:18"]


def test_it_first_opens_at_the_next_time_of_a_daily_timetable() -> None:
    stage = play(DAILY)
    stage.record(Opened(case="1", by="cora"), at("03:10"))
    stage.run_until(at("17:30"))

    assert _opened_at(stage, "look") == ["10 17:00"]


def test_it_never_opens_when_the_end_comes_before_the_first_time() -> None:
    stage = _stopped(REVIEWS.partition("gates:")[0])
    stage.record(Done(step="restart", by="anna"), at("05:00"))

    assert stage.case is not None
    assert (stage.case.outcome, _opened_at(stage, "review")) == ("done", [])


def test_it_holds_a_step_whose_time_comes_while_its_gate_is_closed() -> None:
    stage = _stopped(REVIEWS)
    stage.run_until(at("08:00"))
    stage.record(GateOverridden(gate="sealed", by="boss", reason="可以"), at("08:10"))

    assert _opened_at(stage, "review") == ["10 08:10"]
