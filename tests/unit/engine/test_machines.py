"""Machine work: on a timetable, and bound to the facts it looked at."""

import pytest
from pydantic import ValidationError

from engine.effects import Effect, RunMachine
from engine.errors import OutdatedFacts
from engine.events import Amended, Done, Finished, Opened
from engine.playing import Play
from models.language.steps import Machine
from tests.unit.engine.small import at, play

WATCH = """
steps:
  - id: look
    kind: machine
    runs: fetch_page
    outputs: {changed: {type: yes_no, title: 有变化}}
    repeat: {every: 15 minutes, until: look.changed}
    otherwise: clerk
    within: 10 minutes
  - {id: restore, kind: task, when: look.changed, who: clerk, within: 1 hour}
  - {id: end, kind: end, after: restore, when: restore.done, outcome: done}
"""

FILTER = """
form:
  text: {type: text, title: 内容, editable: true}
steps:
  - id: filter
    kind: machine
    runs: content_filter
    inputs: {text: text}
    outputs: {hit: {type: yes_no, title: 命中}}
    shows: [text]
    otherwise: clerk
    within: 15 minutes
  - {id: review, kind: approve, who: checker, within: 1 hour}
  - {id: end, kind: end, outcome: done}
"""


def _opened(written: str, **facts: str) -> Play:
    stage = play(written)
    stage.record(Opened(case="1", by="boss", facts=facts), at("10:00"))
    return stage


def _runs(effects: tuple[Effect, ...]) -> int:
    return sum(isinstance(one, RunMachine) for one in effects)


def test_it_runs_again_at_every_interval() -> None:
    stage = _opened(WATCH)
    stage.machines = {"look": {"changed": False}}
    stage.record(Finished(step="look", values={"changed": False}), at("10:00"))
    stage.run_until(at("10:45"))

    assert [one.at for one in stage.happenings if _runs(one.effects)] == [
        at(t) for t in ("10:00", "10:15", "10:30", "10:45")
    ]


def test_it_runs_no_more_once_the_condition_holds() -> None:
    stage = _opened(WATCH)
    stage.record(Finished(step="look", values={"changed": True}), at("10:00"))
    stage.run_until(at("10:30"))

    assert stage.case is not None
    assert (stage.case.steps["look"].times, stage.case.steps["restore"].status) == (1, "open")


def test_it_does_not_run_twice_while_one_run_is_under_way() -> None:
    stage = _opened(WATCH)
    stage.run_until(at("10:20"))

    assert sum(_runs(one.effects) for one in stage.happenings) == 1


def test_it_finishes_by_itself_in_a_play_that_says_with_what() -> None:
    stage = play(FILTER)
    stage.machines = {"filter": {"hit": False}}
    stage.record(Opened(case="1", by="boss", facts={"text": "a"}), at("10:00"))

    assert stage.case is not None
    assert stage.case.steps["review"].status == "open"


def test_it_runs_again_when_what_it_looked_at_has_changed() -> None:
    stage = _opened(FILTER, text="a")
    stage.record(Finished(step="filter", values={"hit": False}), at("10:01"))
    effects = stage.record(Amended(facts={"text": "a,"}), at("10:02"))

    assert stage.case is not None
    assert (_runs(effects), stage.case.steps["review"].status) == (1, "waiting")


def test_it_takes_no_result_for_facts_that_have_changed_meanwhile() -> None:
    stage = _opened(FILTER, text="a")
    stage.record(Amended(facts={"text": "a,"}), at("10:01"))

    with pytest.raises(OutdatedFacts):
        stage.record(Finished(step="filter", values={"hit": False}, round=1), at("10:02"))


def test_it_asks_people_when_it_fails_and_goes_on_by_itself_afterwards() -> None:
    stage = _opened(WATCH)
    stage.record(Finished(step="look", ok=False, error="timeout"), at("10:01"))
    stage.record(Done(step="look", by="anna", values={"changed": False}), at("10:05"))
    stage.run_until(at("10:15"))

    assert sum(_runs(one.effects) for one in stage.happenings) == 2


def test_it_must_pause_between_two_runs() -> None:
    with pytest.raises(ValidationError, match="would never pause"):
        Machine.model_validate(
            {"id": "look", "kind": "machine", "runs": "fetch", "otherwise": "clerk", "repeat": {"until": "x"}}
        )
