"""What a step changes when it is done."""

from engine.effects import Notice
from engine.events import Decided, Done, Opened
from engine.playing import Play
from tests.unit.engine.small import at, play

STEPS = """
form:
  due_on: {type: datetime, title: 期限}
  asked_by: {type: person, title: 提出人, required: false}
steps:
  - id: ask
    kind: task
    who: clerk
    within: 1 hour
    fields: {new_date: {type: datetime, title: 新期限}}
    sets: {asked_by: by}
  - id: allow
    kind: approve
    who: checker
    rejected: continue
    within: 1 hour
    sets: {due_on: ask.new_date}
    owner: gm
    tells: [manager]
  - {id: last, kind: task, who: clerk, within: 1 hour}
  - {id: end, kind: end, outcome: done}
"""

LATE = """
form:
  leaves_on: {type: datetime, title: 出发}
  emergency: {type: yes_no, title: 紧急, default: false}
steps:
  - {id: act, kind: task, who: clerk, within: 1 hour}
  - {id: end, kind: end, outcome: done}
deadlines:
  - {id: filed, from: case.opened, until: case.opened, at: leaves_on, before: 1 working day, cancelled: emergency}
"""


def _asked() -> Play:
    stage = play(STEPS)
    stage.record(Opened(case="1", by="boss", facts={"due_on": "2026-03-11 18:00"}), at("10:00"))
    stage.record(Done(step="ask", by="anna", values={"new_date": "2026-03-12 18:00"}), at("10:00"))
    return stage


def test_it_carries_out_an_approval() -> None:
    stage = _asked()
    stage.record(Decided(step="allow", by="bert", answer="approve"), at("10:01"))

    assert stage.case is not None
    assert (stage.case.facts["due_on"], stage.case.owner) == (at("2026-03-12 18:00"), "boss")


def test_it_changes_nothing_when_an_approval_is_turned_down() -> None:
    stage = _asked()
    stage.record(Decided(step="allow", by="bert", answer="reject", reason="太晚"), at("10:01"))

    assert stage.case is not None
    assert (stage.case.facts["due_on"], stage.case.owner) == (at("2026-03-11 18:00"), "head")


def test_it_tells_of_a_rejection_whoever_is_to_know_the_decision() -> None:
    effects = _asked().record(Decided(step="allow", by="bert", answer="reject", reason="太晚"), at("10:01"))

    assert "head" in {getattr(one, "to", "") for one in effects}


def test_it_knows_in_sets_who_did_the_step() -> None:
    stage = _asked()

    assert stage.case is not None
    assert stage.case.facts["asked_by"] == "anna"


def test_it_holds_nothing_against_a_deadline_that_was_not_needed_when_it_was_over() -> None:
    stage = play(LATE)
    stage.record(Opened(case="1", facts={"leaves_on": "2026-03-10 11:00", "emergency": True}), at("10:00"))

    assert stage.case is not None
    assert stage.case.clocks["filed"].status == "cancelled"


def test_it_sees_at_once_that_a_deadline_was_over_before_the_case_began() -> None:
    stage = play(LATE)
    stage.record(Opened(case="1", facts={"leaves_on": "2026-03-10 11:00"}), at("10:00"))

    assert stage.case is not None
    assert stage.case.clocks["filed"].status == "late"


def test_it_tells_the_requester_of_a_decision_that_they_may_not_take() -> None:
    stage = play(STEPS.replace("tells: [manager]", "tells: requester"))
    stage.record(Opened(case="1", by="boss", facts={"due_on": "2026-03-11 18:00"}), at("10:00"))
    stage.record(Done(step="ask", by="anna", values={"new_date": "2026-03-12 18:00"}), at("10:00"))
    effects = stage.record(Decided(step="allow", by="bert", answer="approve"), at("10:01"))

    assert [one.to for one in effects if isinstance(one, Notice) and one.kind == "notice"] == ["boss"]
