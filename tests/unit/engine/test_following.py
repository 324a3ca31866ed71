"""Following: a step for every row of another, as each comes to meet the condition."""

import pytest
from pydantic import ValidationError

from engine.effects import Notice, OpenCase
from engine.events import Decided, Done, Opened, Refused
from engine.playing import Play
from models.language.steps import Call, Each
from tests.unit.engine.small import at, play

STEPS = """
steps:
  - id: attest
    kind: task
    each: {people: [both, checker], latecomers: 2 working days, refusable: true}
    within: 5 working days
  - id: talk
    kind: task
    after: []
    who: {superior_of: item.person}
    each: {of: attest, when: "item.status == 'refused'", latecomers: 3 working days}
    fields: {agrees: {type: yes_no}}
    deadline: {within: 3 working days, from: attest.done}
  - id: restrict
    kind: approve
    after: []
    who: gm
    each: {of: talk, when: "item.status == 'done' and not item.agrees", latecomers: 1 working day}
    rejected: continue
    deadline: {within: 1 working day, from: talk.done}
  - id: report
    kind: call
    after: []
    procedure: staff-violation
    each: {of: attest, when: "item.status == 'refused'"}
    inputs: {accused: item.person, why: item.outcome}
  - {id: end, kind: end, after: [attest, talk, restrict, report], outcome: done}
"""


def _opened() -> Play:
    stage = play(STEPS)
    stage.record(Opened(case="1", by="cora"), at("10:00"))
    return stage


def _status(stage: Play, *steps: str) -> list[str]:
    assert stage.case is not None
    return [stage.case.steps[step].status.value for step in steps]


def _asked(stage: Play, step: str) -> list[tuple[str, str | None]]:
    assert stage.case is not None
    return [(one.person, one.key) for one in stage.case.assignments.values() if one.step == step]


def test_it_waits_for_rows_to_come_up() -> None:
    assert _status(_opened(), "talk", "restrict", "report") == ["open", "open", "open"]


def test_it_asks_as_soon_as_a_row_meets_the_condition() -> None:
    stage = _opened()
    stage.record(Refused(step="attest", by="anna", reason="不同意"), at("11:00"))

    assert _asked(stage, "talk") == [("head", "anna")]


def test_it_gives_each_row_its_own_time() -> None:
    stage = _opened()
    stage.record(Refused(step="attest", by="anna", reason="不同意"), at("11:00"))

    assert stage.case is not None
    assert stage.case.steps["talk"].slots["anna"].due == at("2026-03-13 18:00")


def test_it_starts_a_procedure_for_every_such_row_once() -> None:
    stage = _opened()
    stage.record(Refused(step="attest", by="anna", reason="不同意"), at("11:00"))
    stage.record(Done(step="attest", by="bert"), at("11:05"))
    opened = [effect.facts for one in stage.happenings for effect in one.effects if isinstance(effect, OpenCase)]

    assert opened == [{"accused": "anna", "why": "不同意"}]


def test_it_follows_what_follows() -> None:
    stage = _opened()
    stage.record(Refused(step="attest", by="anna", reason="不同意"), at("11:00"))
    stage.record(Done(step="talk", by="head", key="anna", values={"agrees": False}), at("12:00"))

    assert _asked(stage, "restrict") == [("boss", "anna")]


def test_it_ends_when_the_step_it_follows_has_ended() -> None:
    stage = _opened()
    stage.record(Refused(step="attest", by="anna", reason="不同意"), at("11:00"))
    stage.record(Done(step="talk", by="head", key="anna", values={"agrees": False}), at("12:00"))
    stage.record(Decided(step="restrict", by="boss", key="anna", answer="approve"), at("12:30"))
    assert _status(stage, "talk", "restrict", "report") == ["open", "open", "open"]
    stage.record(Done(step="attest", by="bert"), at("13:00"))

    assert stage.case is not None
    assert stage.case.outcome == "done"


def test_it_is_over_at_once_where_nothing_comes_up() -> None:
    stage = _opened()
    stage.record(Done(step="attest", by="anna"), at("11:00"))
    stage.record(Done(step="attest", by="bert"), at("11:00"))

    assert stage.case is not None
    assert stage.case.outcome == "done"


@pytest.mark.parametrize("said", [{}, {"rows": "items", "of": "attest"}, {"people": "staff", "rows": "items"}])
def test_it_says_in_exactly_one_way_for_each_of_what(said: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="exactly one way"):
        Each.model_validate(said)


def test_it_does_not_wait_for_procedures_started_for_each() -> None:
    call = {"id": "report", "kind": "call", "procedure": "staff-violation", "waits": True, "each": {"of": "attest"}}
    with pytest.raises(ValidationError, match="not waited for"):
        Call.model_validate(call)


def test_it_tells_nobody_twice_of_a_row_that_has_its_own_time() -> None:
    stage = _opened()
    stage.record(Refused(step="attest", by="anna", reason="不同意"), at("11:00"))
    stage.record(Done(step="attest", by="bert"), at("11:05"))
    stage.run_until(at("2026-03-13 18:00"))
    told = [
        effect
        for one in stage.happenings
        for effect in one.effects
        if isinstance(effect, Notice) and effect.kind == "escalation" and effect.step == "talk"
    ]

    assert [one.to for one in told] == ["head"]


def test_it_asks_the_deputy_for_a_row_on_its_last_day() -> None:
    stage = play(STEPS.replace("who: gm", "who: manager"))
    stage.record(Opened(case="1", by="cora"), at("10:00"))
    stage.record(Refused(step="attest", by="anna", reason="不同意"), at("11:00"))
    stage.record(Done(step="talk", by="head", key="anna", values={"agrees": False}), at("12:00"))
    stage.run_until(at("2026-03-11 10:00"))

    assert _asked(stage, "restrict") == [("head", "anna"), ("vice", "anna")]
