"""Steps: what opens, waits, is skipped, held, done and begun again."""

from typing import Any

import pytest

from engine.case import StepStatus
from engine.effects import CaseEnded, OwnerChanged, StepMoved
from engine.errors import AlreadyDecided, CaseClosed, Held, NotAsked, NotOpen, NotPermitted, UnknownName
from engine.events import SYSTEM, Amended, Decided, Done, GateOverridden, Opened, Withdrawn
from engine.machine import RECORDERS, TRANSITIONS, decide
from engine.playing import Play
from tests.unit.engine.small import asked, at, begin, case, last, play, program, status

LINE = """
form: {urgent: {type: yes_no, default: false, editable: true}, ok: {type: yes_no, default: false, editable: true}}
steps:
  - {id: first, kind: task, who: clerk, within: 1 hour}
  - {id: hurry, kind: task, who: manager, when: urgent, within: 1 hour}
  - {id: last, kind: task, who: gm, after: [first, hurry], within: 1 hour}
  - {id: end, kind: end, outcome: done}
gates:
  - {id: permit, holds: [last], until: ok, says: 尚未许可, override: gm}
"""

REWORK = """
steps:
  - {id: write, kind: task, who: clerk, within: 4 hours, fields: {text: {type: text}}}
  - {id: agree, kind: approve, who: checker, returned: write, rejected: write, within: 2 hours}
  - {id: publish, kind: task, who: clerk, within: 1 hour}
  - {id: fix, kind: task, who: clerk, after: agree, start: on_request, back_to: write}
  - {id: end, kind: end, after: publish, outcome: done}
"""


def amend(stage: Play, now: str = "10:05", **facts: bool) -> None:
    stage.record(Amended(facts=facts), at(now))


def do(stage: Play, step: str, by: str, now: str = "10:10", **values: object) -> None:
    stage.record(Done(step=step, by=by, values=values), at(now))


def line(**facts: Any) -> Play:
    return begin(LINE, **facts)


def written() -> Play:
    stage = begin(REWORK)
    do(stage, "write", "anna", text="a")
    return stage


def test_every_event_has_what_records_it() -> None:
    from engine import events  # noqa: PLC0415 - the test is about everything in it

    names = {one.__name__ for one in events.Event.__args__}
    assert {one.__name__ for one in RECORDERS} == names - {"Opened"}


def test_every_status_has_a_way_on() -> None:
    assert set(TRANSITIONS) == set(StepStatus)


def test_steps_follow_one_another() -> None:
    stage = line(ok=True)
    assert [status(stage, name) for name in ("first", "hurry", "last")] == ["open", "waiting", "waiting"]
    do(stage, "first", "anna")
    assert [status(stage, name) for name in ("first", "hurry", "last")] == ["done", "skipped", "open"]
    do(stage, "last", "boss")
    assert case(stage).outcome == "done"


def test_a_step_that_is_needed_after_all_opens() -> None:
    stage = line(ok=True)
    do(stage, "first", "anna")
    amend(stage, "10:20", urgent=True)
    assert status(stage, "hurry") == "open"


def test_a_step_that_is_needed_no_longer_is_skipped_and_its_clock_stops() -> None:
    stage = line(ok=True, urgent=True)
    do(stage, "first", "anna")
    amend(stage, "10:20", urgent=False)
    assert (status(stage, "hurry"), case(stage).clocks["hurry"].status, asked(stage, "hurry")) == (
        "skipped", "cancelled", [],
    )  # fmt: skip


def test_a_closed_gate_holds_the_step() -> None:
    stage = line()
    do(stage, "first", "anna")
    assert (status(stage, "last"), asked(stage, "last")) == ("held", [])
    assert [one.detail for one in last(stage, StepMoved) if one.status == "held"] == ["尚未许可"]


def test_nobody_clicks_past_a_gate() -> None:
    stage = line()
    do(stage, "first", "anna")
    with pytest.raises(Held, match="尚未许可"):
        do(stage, "last", "boss")


def test_a_gate_opens_the_step_when_its_condition_holds() -> None:
    stage = line()
    do(stage, "first", "anna")
    amend(stage, ok=True, now="10:30")
    assert asked(stage, "last") == ["boss"]


def test_a_gate_that_closes_again_takes_the_step_back() -> None:
    stage = line(ok=True)
    do(stage, "first", "anna")
    amend(stage, ok=False, now="10:30")
    assert (status(stage, "last"), asked(stage, "last")) == ("held", [])


def test_a_held_step_that_is_not_needed_is_skipped() -> None:
    text = LINE.replace("who: gm, after", "who: gm, when: not urgent, after")
    stage = begin(text)
    do(stage, "first", "anna")
    amend(stage, urgent=True, now="10:30")
    assert status(stage, "last") == "skipped"


def test_a_gate_is_passed_with_a_reason_by_whom_it_names() -> None:
    stage = line()
    do(stage, "first", "anna")
    stage.record(GateOverridden(gate="permit", by="boss", reason="urgent"), at("10:30"))
    assert status(stage, "last") == "open"


def test_whoever_the_gate_does_not_name_cannot_pass_it() -> None:
    stage = line()
    with pytest.raises(NotPermitted, match="head may not pass"):
        stage.record(GateOverridden(gate="permit", by="head", reason="urgent"), at("10:30"))


def test_a_gate_that_names_nobody_cannot_be_passed() -> None:
    stage = begin(LINE.replace(", override: gm", ""))
    with pytest.raises(NotPermitted, match="nobody can pass"):
        stage.record(GateOverridden(gate="permit", by="boss", reason="urgent"), at("10:30"))


def test_an_unknown_gate_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match="permit"):
        line().record(GateOverridden(gate="door", by="boss", reason="urgent"), at("10:30"))


def test_an_unknown_step_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownName, match="first, hurry, last, end"):
        do(line(), "frist", "anna")


def test_a_step_that_waits_cannot_be_done() -> None:
    with pytest.raises(NotOpen, match="waiting"):
        do(line(), "last", "boss")


def test_a_task_is_done_by_whom_it_was_asked_of() -> None:
    with pytest.raises(NotAsked, match="Asked are: anna"):
        do(line(), "first", "bert")


def test_a_task_is_done_once() -> None:
    stage = line()
    do(stage, "first", "anna")
    with pytest.raises(AlreadyDecided):
        do(stage, "first", "anna")


def test_a_task_is_not_decided() -> None:
    with pytest.raises(NotPermitted):
        line().record(Decided(step="first", by="anna", answer="approve"), at("10:10"))


def test_an_approval_is_not_done() -> None:
    with pytest.raises(NotPermitted):
        do(written(), "agree", "bert")


def test_an_event_for_no_case_is_refused() -> None:
    with pytest.raises(UnknownName, match="no such case"):
        decide(program(LINE), None, Done(step="first"), at("10:00"))


def test_a_case_is_opened_once() -> None:
    with pytest.raises(AlreadyDecided, match="exists already"):
        line().record(Opened(case="1"), at("10:01"))


def test_nothing_more_happens_to_a_case_that_has_ended() -> None:
    stage = line()
    stage.record(Withdrawn(reason="mistake", by=SYSTEM), at("10:05"))
    with pytest.raises(CaseClosed, match="withdrawn"):
        do(stage, "first", "anna")


def test_the_end_of_a_case_cancels_everything() -> None:
    stage = line()
    stage.record(Withdrawn(reason="mistake", by=SYSTEM), at("10:05"))
    state = case(stage)
    assert (state.next_due, state.assignments, dict(state.alarms)) == (None, {}, {})
    assert {clock.status for clock in state.clocks.values()} == {"cancelled"}
    assert status(stage, "first") == "cancelled"
    assert [one.outcome for one in last(stage, CaseEnded)] == ["withdrawn"]


def test_only_requester_and_owner_withdraw_a_case() -> None:
    stage = begin(LINE, by="cora")
    with pytest.raises(NotPermitted):
        stage.record(Withdrawn(reason="mistake", by="bert"), at("10:05"))
    stage.record(Withdrawn(reason="mistake", by="cora"), at("10:05"))
    assert case(stage).outcome == "withdrawn"


def test_a_case_has_an_owner_from_the_start() -> None:
    assert [one.to for one in last(line(), OwnerChanged)] == ["head"]


def test_what_is_returned_is_done_again() -> None:
    stage = written()
    stage.record(Decided(step="agree", by="bert", answer="return", reason="unclear"), at("11:00"))
    assert (status(stage, "write"), asked(stage, "write"), status(stage, "agree")) == ("open", ["anna"], "waiting")
    do(stage, "write", "anna", "11:30", text="b")
    assert asked(stage, "agree") == ["bert"]


def test_what_is_returned_gets_its_full_time_again() -> None:
    stage = written()
    stage.record(Decided(step="agree", by="bert", answer="return", reason="unclear"), at("11:00"))
    clock = case(stage).clocks["write"]
    assert (clock.status, clock.due, clock.round) == ("running", at("15:00"), 2)
    assert case(stage).clocks["agree"].status == "cancelled"


def test_votes_given_before_a_return_do_not_count_afterwards() -> None:
    stage = begin(REWORK.replace("who: checker", "who: [checker, manager], rule: all"))
    do(stage, "write", "anna", text="a")
    stage.record(Decided(step="agree", by="bert", answer="approve"), at("10:30"))
    stage.record(Decided(step="agree", by="head", answer="return", reason="unclear"), at("11:00"))
    do(stage, "write", "anna", "11:30", text="b")
    assert asked(stage, "agree") == ["bert", "head"]


def test_what_cannot_be_returned_is_not() -> None:
    stage = begin(REWORK.replace("returned: write, ", ""))
    do(stage, "write", "anna", text="a")
    with pytest.raises(NotPermitted, match="cannot be returned"):
        stage.record(Decided(step="agree", by="bert", answer="return", reason="unclear"), at("11:00"))


def test_a_return_needs_a_reason_that_stays_with_the_step() -> None:
    stage = written()
    stage.record(Decided(step="agree", by="bert", answer="return", reason="unclear"), at("11:00"))
    assert case(stage).steps["agree"].reason == "unclear"


def test_a_rejection_may_lead_back_to_a_step() -> None:
    stage = written()
    stage.record(Decided(step="agree", by="bert", answer="reject", reason="wrong"), at("11:00"))
    assert (status(stage, "write"), status(stage, "agree")) == ("open", "waiting")


def test_later_steps_are_taken_back_with_their_links() -> None:
    stage = written()
    stage.record(Decided(step="agree", by="bert", answer="approve"), at("11:00"))
    do(stage, "fix", "anna", "11:10")
    assert [status(stage, name) for name in ("write", "agree", "publish")] == ["open", "waiting", "waiting"]
    assert [one.person for one in case(stage).assignments.values()] == ["anna"]


def test_what_was_filled_in_before_is_kept_for_the_second_try() -> None:
    stage = written()
    stage.record(Decided(step="agree", by="bert", answer="return", reason="unclear"), at("11:00"))
    assert case(stage).steps["write"].values == {"text": "a"}


def test_two_steps_at_once_wait_for_each_other_where_they_meet() -> None:
    stage = play("""
steps:
  - {id: one, kind: task, who: clerk, after: [], within: 1 hour}
  - {id: two, kind: task, who: clerk, after: [], within: 1 hour}
  - {id: both, kind: task, who: clerk, after: [one, two], within: 1 hour}
  - {id: either, kind: task, who: clerk, after: [one, two], wait_for: any, within: 1 hour}
""")
    stage.record(Opened(case="1"), at("10:00"))
    do(stage, "two", "anna")
    assert (status(stage, "both"), status(stage, "either")) == ("waiting", "open")
    do(stage, "one", "anna")
    assert status(stage, "both") == "open"


ASKED = """
form: {ok: {type: yes_no, default: true, editable: true}}
steps:
  - {id: first, kind: task, who: clerk, within: 1 hour}
  - {id: extra, kind: task, who: clerk, start: on_request, times: 2, when: ok, while: not last.done}
  - {id: last, kind: task, who: clerk, after: first, within: 1 hour}
"""


def test_what_is_open_on_request_is_done_when_somebody_wants() -> None:
    stage = begin(ASKED)
    do(stage, "first", "anna")
    do(stage, "extra", "anna")
    do(stage, "extra", "anna", "10:20")
    assert case(stage).steps["extra"].times == 2


@pytest.mark.parametrize(
    ("before", "by", "why"),
    [
        ([], "anna", "comes after first"),
        (["first"], "bert", "may not start"),
        (["first", "extra", "extra"], "anna", "2 time"),
        (["first", "last"], "anna", "only possible while"),
    ],
)
def test_a_request_that_does_not_fit_is_refused_with_the_reason(before: list[str], by: str, why: str) -> None:
    stage = begin(ASKED)
    for step in before:
        do(stage, step, "anna")
    with pytest.raises((NotOpen, NotAsked), match=why):
        do(stage, "extra", by, "10:30")


def test_a_request_for_what_is_not_needed_is_refused() -> None:
    stage = begin(ASKED, ok=False)
    do(stage, "first", "anna")
    with pytest.raises(NotOpen, match="not needed"):
        do(stage, "extra", "anna")


def test_a_request_behind_a_gate_is_refused_with_what_the_gate_says() -> None:
    stage = begin(ASKED + "gates: [{id: g, holds: [extra], until: last.done, says: 未完成}]")
    do(stage, "first", "anna")
    with pytest.raises(Held, match="未完成"):
        do(stage, "extra", "anna")
