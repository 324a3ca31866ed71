"""Called cases: another procedure is started, waited for or only linked; its reports decide nothing else."""

import pytest

from engine.effects import OpenCase
from engine.errors import NotOpen, OutdatedFacts
from engine.events import ChildClosed, ChildOpened, Decided
from engine.playing import Play
from tests.unit.engine.small import at, begin, case, last, status, told

CALL = """
occurred: found
form: {found: {type: datetime}}
steps:
  - {id: agree, kind: approve, who: checker, rejected: continue, within: 1 hour}
  - {id: help, kind: call, procedure: other, inputs: {found: found}, waits: %s, responsible: manager, within: 4 hours}
  - {id: after, kind: task, who: gm, within: 1 hour}
"""


def called(waits: str = "true", answer: str = "approve") -> Play:
    stage = begin(CALL % waits, found="2026-03-10 08:00")
    stage.record(Decided(step="agree", by="bert", answer=answer, reason="r"), at("10:05"))  # type: ignore[arg-type]
    return stage


def test_another_procedure_is_started_with_the_earliest_discovery() -> None:
    found = [(one.procedure, dict(one.facts), one.discovered_at) for one in last(called(), OpenCase)]
    assert found == [("other", {"found": at("08:00")}, at("08:00"))]


def test_the_case_waits_for_its_end() -> None:
    stage = called()
    stage.record(ChildOpened(step="help", child="2"), at("10:06"))
    assert status(stage, "help") == "open"
    stage.record(ChildClosed(step="help", child="2", outcome="solved"), at("11:00"))
    assert (status(stage, "help"), case(stage).steps["help"].outcome, status(stage, "after")) == (
        "done",
        "solved",
        "open",
    )


def test_a_case_that_is_only_linked_is_not_waited_for() -> None:
    stage = called("false")
    assert status(stage, "after") == "open"
    stage.record(ChildClosed(step="help", outcome="solved"), at("11:00"))
    assert case(stage).steps["help"].outcome == "solved"


def test_whoever_answers_for_the_wait_is_reminded() -> None:
    stage = called()
    stage.run_until(at("13:30"))
    assert told(stage, "reminder") == [("head", "03-10 13:05")]


def test_a_report_from_outside_never_decides_an_approval() -> None:
    stage = called(answer="reject")
    with pytest.raises(NotOpen):
        stage.record(ChildClosed(step="agree", outcome="approved"), at("11:00"))
    assert case(stage).steps["agree"].outcome == "rejected"


def test_a_report_on_a_case_that_was_never_started_is_refused() -> None:
    stage = begin(CALL % "true", found="2026-03-10 08:00")
    with pytest.raises(NotOpen, match="started no other case"):
        stage.record(ChildOpened(step="help", child="2"), at("10:02"))


def test_a_report_on_an_older_case_is_refused() -> None:
    stage = called()
    stage.record(ChildOpened(step="help", child="3"), at("10:06"))
    with pytest.raises(OutdatedFacts):
        stage.record(ChildClosed(step="help", child="2", outcome="solved"), at("11:00"))
