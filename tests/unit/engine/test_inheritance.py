"""Inheritance: a case that grows out of another keeps the earliest discovery (S-39)."""

from engine.events import Opened
from engine.playing import Play
from tests.unit.engine.small import at, case, play

TEXT = """
occurred: found
form: {found: {type: datetime}}
steps:
  - id: report
    kind: task
    who: clerk
    deadline:
      - {id: own, within: 30 minutes, from: found}
      - {id: legal, within: 24 hours, from: found, basis: law}
      - {id: hard, within: 1 hour, from: found, basis: explicit}
      - {id: later, within: 3 hours, from: found}
  - {id: next, kind: task, who: clerk, within: 1 hour}
"""


def opened(discovered: str | None, own: str = "2026-03-10 11:30") -> Play:
    stage = play(TEXT)
    found = at(discovered) if discovered else None
    stage.record(Opened(case="2", facts={"found": own}, discovered_at=found, parent="1"), at("11:30"))
    return stage


def test_the_earliest_discovery_counts() -> None:
    stage = opened("08:50")
    assert (case(stage).occurred_at, case(stage).facts["found"], case(stage).inherited) == (
        at("08:50"),
        at("08:50"),
        True,
    )


def test_a_later_discovery_is_not_inherited() -> None:
    stage = opened("11:30")
    assert not case(stage).inherited


def test_what_is_over_already_is_due_in_a_quarter_of_an_hour_and_marked() -> None:
    clock = case(opened("08:50")).clocks["own"]
    assert (clock.due, clock.inherited, clock.receipt[0].kind) == (at("11:45"), True, "inherited")


def test_a_legal_time_is_never_moved_later() -> None:
    assert case(opened("08:50")).clocks["legal"].due == at("2026-03-11 08:50")


def test_a_time_that_the_clause_states_is_missed_and_not_forgiven() -> None:
    stage = opened("08:50")
    stage.run_until(at("11:30"))
    assert (case(stage).clocks["hard"].status, case(stage).clocks["hard"].due) == ("missed", at("09:50"))


def test_what_is_not_over_yet_keeps_its_time() -> None:
    clock = case(opened("08:50")).clocks["later"]
    assert (clock.due, clock.inherited) == (at("11:50"), False)


def test_without_inheritance_what_is_over_is_late() -> None:
    stage = opened(None, own="2026-03-10 08:50")
    stage.run_until(at("11:30"))
    assert case(stage).clocks["own"].status == "missed"
