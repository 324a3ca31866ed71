"""Reopening: the same matter comes back after the case has ended."""

import pytest

from engine.errors import NotOpen, NotPermitted
from engine.events import SYSTEM, Done, GateOverridden, Reopened, Withdrawn
from engine.playing import Play
from tests.unit.engine.small import asked, at, begin, case, status

TEXT = """
form: {ok: {type: yes_no, default: false}}
steps:
  - {id: take, kind: task, who: clerk, within: 1 hour}
  - {id: handle, kind: task, who: checker, deadline: {within: 2 hours, from: [take.done, case.reopened]}}
  - {id: end, kind: end, outcome: done}
gates: [{id: papers, holds: [end], until: ok, says: 材料不全, override: gm}]
reopens: {at: handle, owner: gm, outcomes: %s}
"""


def ended(outcomes: str = "[done, withdrawn]") -> Play:
    stage = begin(TEXT % outcomes)
    stage.record(Done(step="take", by="anna"), at("10:10"))
    stage.record(Done(step="handle", by="bert"), at("10:20"))
    stage.record(GateOverridden(gate="papers", by="boss", reason="r"), at("10:30"))
    return stage


def test_a_case_goes_on_at_the_step_that_the_file_names() -> None:
    stage = ended()
    stage.record(Reopened(reason="again"), at("14:00"))
    assert (status(stage, "take"), asked(stage, "handle"), status(stage, "end")) == ("done", ["bert"], "waiting")
    assert (case(stage).closed_at, case(stage).outcome, case(stage).reopened) == (None, None, 1)


def test_it_gets_its_time_anew_from_the_reopening() -> None:
    stage = ended()
    stage.record(Reopened(reason="again"), at("14:00"))
    clock = case(stage).clocks["handle"]
    assert (clock.status, clock.due, clock.round) == ("running", at("16:00"), 2)


def test_somebody_else_becomes_accountable() -> None:
    stage = ended()
    stage.record(Reopened(reason="again"), at("14:00"))
    assert case(stage).owner == "boss"


def test_a_gate_that_was_passed_is_closed_again() -> None:
    stage = ended()
    stage.record(Reopened(reason="again"), at("14:00"))
    stage.record(Done(step="handle", by="bert"), at("14:10"))
    assert status(stage, "end") == "held"


def test_a_case_that_has_not_ended_is_not_reopened() -> None:
    with pytest.raises(NotOpen):
        begin(TEXT % "[done]").record(Reopened(reason="again"), at("14:00"))


def test_an_outcome_that_the_file_does_not_name_is_final() -> None:
    stage = begin(TEXT % "[done]")
    stage.record(Withdrawn(by=SYSTEM, reason="r"), at("10:05"))
    with pytest.raises(NotPermitted, match="withdrawn"):
        stage.record(Reopened(reason="again"), at("14:00"))


def test_what_the_end_broke_off_before_that_step_is_open_again() -> None:
    stage = begin(TEXT % "[withdrawn]")
    stage.record(Withdrawn(by=SYSTEM, reason="r"), at("10:05"))
    stage.record(Reopened(reason="again"), at("14:00"))
    assert (asked(stage, "take"), status(stage, "handle")) == (["anna"], "waiting")
