"""Going back to an earlier step: what is timed from the decision that sent it back, and what is over stays over."""

from engine.case import ClockStatus
from engine.events import Amended, Decided, Done, Opened
from engine.playing import Play
from tests.unit.engine.small import at, play

REVIEW = """
form:
  found_at: {type: datetime, title: 发现时间}
steps:
  - id: look
    kind: task
    who: clerk
    deadline: {within: 1 hour, from: [found_at, review.rejected, review.returned]}
  - {id: review, kind: approve, who: checker, rejected: look, returned: look, within: 1 working day}
  - {id: end, kind: end, outcome: done}
"""

AGAIN = """
form:
  heard_at: {type: datetime, title: 得知时间, editable: true}
steps:
  - id: act
    kind: task
    who: clerk
    deadline: {within: 1 hour, from: [case.opened, heard_at]}
  - {id: file, kind: task, who: clerk, within: 1 working day}
  - {id: end, kind: end, outcome: done}
"""

LINKED = """
form:
  told_at: {type: datetime, title: 已在关联事项中报告的时间, editable: true, required: false}
steps:
  - {id: tell, kind: task, who: clerk, within: 1 hour, already: {when: given(told_at), at: told_at}}
  - {id: file, kind: task, who: clerk, within: 1 working day}
  - {id: end, kind: end, outcome: done}
"""


def _reviewed(answer: str) -> Play:
    stage = play(REVIEW)
    stage.record(Opened(case="1", by="cora", facts={"found_at": "2026-03-10 09:00"}), at("09:10"))
    stage.record(Done(step="look", by="anna"), at("09:30"))
    stage.record(Decided(step="review", by="bert", answer=answer, reason="不清楚"), at("11:00"))  # type: ignore[arg-type]
    return stage


def test_it_times_the_new_round_from_the_rejection() -> None:
    stage = _reviewed("reject")

    assert stage.case is not None
    assert stage.case.clocks["look"].due == at("12:00")


def test_it_times_the_new_round_from_the_return() -> None:
    stage = _reviewed("return")

    assert stage.case is not None
    assert stage.case.clocks["look"].due == at("12:00")


def test_it_starts_no_clock_for_a_step_that_is_over() -> None:
    stage = play(AGAIN)
    stage.record(Opened(case="1", by="cora", facts={"heard_at": "2026-03-10 10:00"}), at("10:00"))
    stage.record(Done(step="act", by="anna"), at("10:10"))
    stage.record(Amended(by="cora", facts={"heard_at": "2026-03-10 10:20"}), at("10:30"))

    assert stage.case is not None
    assert stage.case.clocks["act"].status is ClockStatus.MET


def test_it_asks_nobody_any_more_once_the_facts_show_a_step_to_be_done() -> None:
    stage = play(LINKED)
    stage.record(Opened(case="1", by="cora"), at("10:00"))
    stage.record(Amended(by="cora", facts={"told_at": "2026-03-10 10:20"}), at("10:30"))

    assert stage.case is not None
    assert [one.step for one in stage.case.assignments.values()] == ["file"]
    assert stage.case.clocks["tell"].ended_at == at("10:20")
