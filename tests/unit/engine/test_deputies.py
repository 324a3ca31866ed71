"""Deputies: who is asked besides an approver who stays silent, and whose answer counts."""

from engine.effects import Notice
from engine.events import Decided, Opened
from tests.unit.engine.small import at, play

BOTH = """
steps:
  - {id: agree, kind: approve, rule: all, who: [manager, checker], rejected: continue, within: 4 hours}
  - {id: end, kind: end, outcome: done}
"""


def test_it_asks_the_deputy_of_each_approvers_own_role() -> None:
    stage = play(BOTH)
    stage.record(Opened(case="1", by="anna"), at("10:00"))
    stage.run_until(at("12:00"))

    assert stage.case is not None
    asked = {one.stands_for: one.person for one in stage.case.assignments.values() if one.stands_for}
    assert asked == {"head": "vice", "bert": "cora"}


def test_it_takes_the_link_of_an_approver_whose_deputy_has_answered() -> None:
    stage = play(BOTH)
    stage.record(Opened(case="1", by="anna"), at("10:00"))
    stage.run_until(at("12:00"))
    effects = stage.record(Decided(step="agree", by="vice", answer="approve"), at("12:10"))

    assert stage.case is not None
    assert {one.person for one in stage.case.assignments.values()} == {"bert", "cora"}
    assert [one.to for one in effects if isinstance(one, Notice) and one.kind == "withdrawn"] == ["head"]
