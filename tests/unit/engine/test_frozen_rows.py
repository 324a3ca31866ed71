"""Frozen rows: a roster is fixed when its step opens, whatever becomes of the table."""

from typing import Any

import pytest

from engine.errors import AlreadyDecided, NotAsked, NotPermitted, UnknownName, WrongTime
from engine.events import SYSTEM, Amended, Decided, Done, Exempted, RosterChanged
from engine.playing import Play
from store.codec import decode_case, encode_case
from tests.unit.engine.small import asked, at, begin, case, status

TEXT = """
form:
  go: {type: yes_no, default: true, editable: true}
  items:
    type: table
    editable: true
    at_least: 0
    columns: {name: {type: text}, owner: {type: person}, on: {type: datetime, required: false}}
steps:
  - {id: check, kind: %s, who: {field: item.owner}, each: {rows: items}, within: 1 hour}
  - {id: sum, kind: task, who: clerk, require: [{that: "count(r.name == 'b' for r in check.rows) == 1", says: b}]}
gates: [{id: door, holds: [check], until: go, says: 关着}]
"""
ITEMS = [{"name": "a", "owner": "anna"}, {"name": "b", "owner": "bert", "on": "2026-03-01 08:00"}]
SHORT = [{"name": "z", "owner": "cora"}]


def opened(kind: str = "task", items: list[dict[str, Any]] | None = None) -> Play:
    return begin(TEXT % kind, items=ITEMS if items is None else items)


def test_each_row_is_asked_of_whom_it_names() -> None:
    assert [(one.key, one.person) for one in case(opened()).assignments.values()] == [("0", "anna"), ("1", "bert")]


def test_a_table_that_is_amended_later_changes_nothing_that_is_being_asked() -> None:
    stage = opened()
    stage.record(Amended(facts={"items": SHORT}), at("10:05"))
    for person in ("anna", "bert"):
        stage.record(Done(step="check", by=person), at("10:10"))
    stage.record(Done(step="sum", by="anna"), at("10:20"))
    assert status(stage, "sum") == "done"


def test_a_row_that_is_asked_again_is_asked_as_it_was() -> None:
    stage = opened()
    stage.record(Done(step="check", by="anna"), at("10:04"))
    stage.record(Amended(facts={"items": SHORT}), at("10:05"))
    stage.record(Amended(facts={"go": False}), at("10:06"))
    stage.record(Amended(facts={"go": True}), at("10:07"))
    assert asked(stage, "check") == ["bert"], "what was answered before the gate closed stays answered"


def test_frozen_rows_are_stored_with_their_times() -> None:
    stage = opened()
    assert decode_case(encode_case(case(stage)), stage.program) == case(stage)


def test_a_table_without_rows_needs_nobody() -> None:
    assert status(opened(items=[]), "check") == "done"


def test_somebody_with_two_rows_answers_both() -> None:
    stage = opened(items=[ITEMS[0], ITEMS[0]])
    stage.record(Done(step="check", by="anna", key="1"), at("10:05"))
    assert status(stage, "check") == "open"
    stage.record(Done(step="check", by="anna", key="0"), at("10:06"))
    assert status(stage, "check") == "done"


def test_a_row_is_answered_once() -> None:
    stage = opened()
    stage.record(Done(step="check", by="anna", key="0"), at("10:05"))
    with pytest.raises(AlreadyDecided, match="by anna"):
        stage.record(Done(step="check", by="bert", key="0"), at("10:06"))


def test_a_row_is_not_answered_by_somebody_else() -> None:
    with pytest.raises(NotAsked):
        opened().record(Done(step="check", by="bert", key="0"), at("10:05"))


@pytest.mark.parametrize(("second", "outcome"), [("approve", "approved"), ("reject", "rejected")])
def test_rows_are_approved_one_by_one_and_one_rejection_is_enough(second: str, outcome: str) -> None:
    stage = opened("approve, rejected: continue")
    stage.record(Decided(step="check", by="anna", answer="approve"), at("10:05"))
    stage.record(Decided(step="check", by="bert", answer=second, reason="r"), at("10:06"))  # type: ignore[arg-type]
    assert case(stage).steps["check"].outcome == outcome


def test_nobody_is_exempt_from_an_approval() -> None:
    with pytest.raises(NotPermitted, match="exempt"):
        opened("approve").record(Exempted(step="check", key="0", reason="r", by=SYSTEM), at("10:05"))


def test_what_is_answered_is_not_exempted_afterwards() -> None:
    stage = opened()
    stage.record(Done(step="check", by="anna"), at("10:05"))
    with pytest.raises(AlreadyDecided):
        stage.record(Exempted(step="check", key="0", reason="r"), at("10:06"))


def test_nobody_is_exempt_until_a_time_that_has_passed() -> None:
    with pytest.raises(WrongTime):
        opened().record(Exempted(step="check", key="0", reason="r", until=at("10:00")), at("10:05"))


def test_nobody_joins_who_does_not_work_here() -> None:
    with pytest.raises(UnknownName):
        opened().record(RosterChanged(step="check", joined=("zoe",)), at("10:05"))
