"""Clocks: when they start and end, to the second; what replaces, extends, corrects and clears them."""

import pytest

from engine.effects import ClockMoved
from engine.errors import InvalidAnswer, NotOpen, NotPermitted, Stale, UnknownName, WrongTime
from engine.events import Amended, BreachCleared, CompanyChanged, Decided, Done, Opened, TimerFired
from engine.playing import Play
from tests.unit.engine.small import at, begin, case, last, play, told

TASK = """
form:
  seen: {type: datetime, required: false, editable: true}
  limit: {type: datetime, required: false, editable: true}
  hurry: {type: yes_no, default: false, editable: true}
steps:
  - {id: act, kind: task, who: clerk, deadline: {%s}}
  - {id: after, kind: task, who: manager, within: 1 hour}
"""
PLAIN = TASK % "within: 1 hour"
SEEN = TASK % "within: 1 hour, from: seen"


def clock(stage: Play, name: str = "act") -> tuple[str, str]:
    found = case(stage).clocks[name]
    return found.status.value, found.due.isoformat(" ", "minutes")[5:16]


def done(stage: Play, now: str, happened: str | None = None) -> None:
    stage.run_until(at(now))
    stage.record(Done(step="act", by="anna", at=at(happened) if happened else None), at(now))


@pytest.mark.parametrize(("when", "status"), [("11:00:00", "met"), ("11:00:01", "late")])
def test_the_due_second_itself_is_in_time(when: str, status: str) -> None:
    stage = begin(PLAIN)
    done(stage, when)
    assert clock(stage) == (status, "03-10 11:00")


def test_a_fraction_of_the_due_second_is_in_time() -> None:
    stage = begin(PLAIN)
    stage.record(Done(step="act", by="anna"), at("11:00").replace(microsecond=999_999))
    assert clock(stage)[0] == "met"


def test_what_is_late_marks_the_step_even_before_the_timer_has_fired() -> None:
    stage = begin(PLAIN)
    stage.record(Done(step="act", by="anna"), at("11:00:01"))
    assert case(stage).steps["act"].missed


def test_a_clock_starts_when_it_happened_not_when_it_was_typed_in() -> None:
    assert clock(begin(SEEN, seen="2026-03-10 09:30")) == ("running", "03-10 10:30")


def test_a_case_may_be_born_late_and_climbs_at_once() -> None:
    stage = begin(SEEN, seen="2026-03-10 08:00")
    stage.run_until(at("10:00"))
    assert clock(stage) == ("missed", "03-10 09:00")
    assert told(stage, "escalation") == [("head", "03-10 09:00"), ("boss", "03-10 09:30"), ("boss", "03-10 10:00")]
    assert told(stage, "reminder") == [], "nobody is reminded of the past"


def test_an_entry_made_late_counts_from_when_it_happened() -> None:
    stage = begin(PLAIN)
    stage.record(Done(step="act", by="anna", at=at("10:20")), at("10:50"))
    assert clock(stage, "after") == ("running", "03-10 11:20")


def test_an_entry_from_the_future_is_refused() -> None:
    with pytest.raises(WrongTime, match="future"):
        begin(PLAIN).record(Done(step="act", by="anna", at=at("10:31")), at("10:30"))


def test_an_entry_from_before_the_case_is_refused() -> None:
    with pytest.raises(WrongTime, match="before the case began"):
        begin(PLAIN).record(Done(step="act", by="anna", at=at("09:59")), at("10:30"))


def test_a_time_without_offset_is_refused() -> None:
    with pytest.raises(WrongTime, match="time zone"):
        begin(PLAIN).record(Done(step="act", by="anna", at=at("10:20").replace(tzinfo=None)), at("10:30"))


def test_a_case_discovered_in_the_future_is_refused() -> None:
    with pytest.raises(WrongTime, match="future"):
        play("occurred: seen\n" + PLAIN).record(Opened(case="1", facts={"seen": "2026-03-10 10:01"}), at("10:00"))


def test_a_timer_fires_once() -> None:
    stage = begin(PLAIN)
    stage.run_until(at("10:45"))
    with pytest.raises(Stale):
        stage.record(TimerFired(due=at("10:45")), at("10:46"))


def test_a_timer_does_not_fire_early() -> None:
    with pytest.raises(WrongTime, match="not come yet"):
        begin(PLAIN).record(TimerFired(due=at("10:45")), at("10:44"))


def test_after_an_outage_timers_fire_in_order_with_their_own_times() -> None:
    stage = begin(PLAIN)
    for due in ("10:45", "11:00", "11:30"):
        stage.record(TimerFired(due=at(due)), at("12:00"))
    assert told(stage, "escalation") == [("head", "03-10 11:00"), ("boss", "03-10 11:30")]
    missed = [one for happening in stage.happenings for one in happening.effects if isinstance(one, ClockMoved)]
    assert [one.at for one in missed if one.change == "missed"] == [at("11:00")]


def test_proof_entered_after_the_breach_counts_once_somebody_clears_it() -> None:
    stage = begin(PLAIN)
    done(stage, "12:00", happened="10:50")
    assert clock(stage)[0] == "late"
    stage.record(BreachCleared(deadline="act", by="head", note="phone log"), at("12:30"))
    assert clock(stage)[0] == "met"
    assert not case(stage).steps["act"].missed


@pytest.mark.parametrize(
    ("event", "refusal"),
    [
        (BreachCleared(deadline="act", by="anna", note="n"), NotPermitted),
        (BreachCleared(deadline="act", by="head", note=" "), InvalidAnswer),
        (BreachCleared(deadline="after", by="head", note="n"), NotOpen),
        (BreachCleared(deadline="nothing", by="head", note="n"), UnknownName),
    ],
)
def test_a_breach_is_cleared_only_by_the_chain_with_a_note_and_proof(
    event: BreachCleared, refusal: type[Exception]
) -> None:
    stage = begin(PLAIN)
    done(stage, "12:00", happened="10:50")
    with pytest.raises(refusal):
        stage.record(event, at("12:30"))


REPLACED = TASK % "within: 1 hour, replaced: [{when: hurry, within: 3 hours}]"


def test_a_span_is_replaced_from_the_same_start() -> None:
    stage = begin(REPLACED)
    stage.record(Amended(facts={"hurry": True}), at("10:40"))
    assert clock(stage) == ("running", "03-10 13:00")
    assert [line.kind for line in case(stage).clocks["act"].receipt] == ["counted", "replaced"]


def test_reminders_of_the_old_span_are_gone() -> None:
    stage = begin(REPLACED)
    stage.record(Amended(facts={"hurry": True}), at("10:40"))
    stage.run_until(at("13:00"))
    assert told(stage, "reminder") == [("anna", "03-10 12:15")]


def test_a_span_is_not_replaced_after_its_due_time() -> None:
    stage = begin(REPLACED)
    stage.run_until(at("11:00"))
    stage.record(Amended(facts={"hurry": True}), at("11:01"))
    assert clock(stage) == ("missed", "03-10 11:00")


def test_a_span_is_replaced_up_to_the_due_second() -> None:
    stage = begin(REPLACED)
    stage.record(Amended(facts={"hurry": True}), at("11:00"))
    assert clock(stage) == ("running", "03-10 13:00")


EXTENDED = """
steps:
  - id: act
    kind: task
    who: clerk
    after: []
    deadline: {within: 2 hours, extended: [{on: allow.approved, by: 1 hour}]}
  - {id: allow, kind: approve, who: manager, after: [], rejected: continue}
"""


def allow(stage: Play, now: str, happened: str | None = None) -> None:
    when = at(happened) if happened else None
    stage.record(Decided(step="allow", by="head", answer="approve", at=when), at(now))


def test_a_due_time_is_extended_when_it_is_allowed_in_time() -> None:
    stage = begin(EXTENDED)
    allow(stage, "11:59")
    assert clock(stage) == ("running", "03-10 13:00")


@pytest.mark.parametrize("fired", [True, False])
def test_a_due_time_is_not_extended_afterwards(fired: bool) -> None:
    stage = begin(EXTENDED)
    if fired:
        stage.run_until(at("12:00"))
    allow(stage, "12:00:01")
    assert clock(stage)[1] == "03-10 12:00"


def test_an_approval_in_time_that_is_recorded_before_the_timer_still_extends() -> None:
    stage = begin(EXTENDED)
    allow(stage, "12:00:05", happened="11:50")
    assert clock(stage) == ("running", "03-10 13:00")


def test_a_clock_ends_when_a_condition_says_so() -> None:
    stage = begin(TASK % "within: 1 hour, cancelled: hurry")
    stage.record(Amended(facts={"hurry": True}), at("10:40"))
    assert clock(stage)[0] == "cancelled"


def test_silence_can_be_acceptance_at_the_due_time() -> None:
    stage = begin(TASK % "within: 1 hour, missed: deem")
    stage.run_until(at("12:00"))
    state = case(stage).steps["act"]
    assert (state.status, state.by, state.done_at, clock(stage)[0]) == ("done", "system", at("11:00"), "met")
    assert told(stage, "deemed") == [("head", "03-10 11:00")]


def test_a_time_that_an_authority_sets_wins_and_counts_naturally() -> None:
    stage = begin(TASK % "within: 3 working days, override: limit")
    stage.record(Amended(facts={"limit": "2026-03-14 09:00"}), at("10:30"))
    assert clock(stage) == ("running", "03-14 09:00")


def test_a_time_set_in_the_past_is_late_at_once() -> None:
    stage = begin(TASK % "within: 3 working days, override: limit")
    stage.record(Amended(facts={"limit": "2026-03-10 09:00"}), at("10:30"))
    stage.run_until(at("10:30"))
    assert clock(stage) == ("missed", "03-10 09:00")


def test_a_deadline_at_a_time_begins_when_the_time_is_filled_in() -> None:
    stage = begin(TASK % "at: limit, before: 2 working days")
    assert "act" not in case(stage).clocks
    stage.record(Amended(facts={"limit": "2026-03-16 12:00"}), at("10:30"))
    assert clock(stage) == ("running", "03-12 18:00")


def test_a_corrected_start_is_counted_again_and_on_the_receipt() -> None:
    stage = begin(SEEN, seen="2026-03-10 09:30")
    stage.record(Amended(facts={"seen": "2026-03-10 09:50"}), at("10:05"))
    assert clock(stage) == ("running", "03-10 10:50")
    assert [line.kind for line in case(stage).clocks["act"].receipt] == ["counted", "recomputed"]


def test_an_answer_in_a_step_moves_a_clock_like_a_correction() -> None:
    stage = begin(
        (TASK % "within: 1 working day, override: limit")
        + "  - {id: ask, kind: task, who: gm, after: [], asks: [limit]}"
    )
    stage.record(Done(step="ask", by="boss", values={"limit": "2026-03-10 15:00"}), at("10:30"))
    assert clock(stage) == ("running", "03-10 15:00")


def test_what_is_for_an_authority_is_wanted_before_the_holiday() -> None:
    stage = play(TASK % "within: 30 calendar days, receiver: authority")
    stage.record(Opened(case="1"), at("2026-09-05 17:00"))
    found = case(stage).clocks["act"]
    assert (found.due, found.target) == (at("2026-10-06 00:00"), at("2026-09-30 18:00"))


def test_a_date_beyond_the_calendar_is_provisional() -> None:
    stage = play(TASK % "within: 3 working days")
    stage.record(Opened(case="1"), at("2026-12-30 14:00"))
    assert (case(stage).clocks["act"].provisional, clock(stage)[1]) == (True, "01-05 18:00")


def test_a_change_of_calendar_leaves_official_dates_alone() -> None:
    stage = begin(TASK % "within: 3 working days")
    before = case(stage).clocks["act"]
    stage.record(CompanyChanged(), at("10:30"))
    assert case(stage).clocks["act"] == before
    assert last(stage, ClockMoved) == []
