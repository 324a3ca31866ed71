"""Approvals: one, all, one after another, a committee; what counts, and what never does."""

import pytest

from engine.effects import Notice
from engine.errors import AlreadyDecided, InvalidAnswer, NotAsked, NotPermitted, OutdatedFacts
from engine.events import Amended, ApproverAdded, CompanyChanged, Decided, Done, HandedOver, Opened
from engine.playing import Play
from tests.unit.engine.small import asked, at, away, begin, case, last, play, status

ONE = """
form: {text: {type: text, editable: true}}
steps:
  - {id: agree, kind: approve, who: both, shows: [text], rejected: continue, within: 4 hours}
  - {id: after, kind: task, who: manager, within: 1 hour}
"""
ALL = ONE.replace("who: both", "who: both, rule: all")
SEQUENCE = ONE.replace("who: both", "who: [checker, manager, gm], rule: sequence")
GROUP = ONE.replace("who: both", "who: group, chair: gm, rule: quorum")
STOP = ONE.replace("rejected: continue, ", "")


def decide(stage: Play, by: str, answer: str = "approve", now: str = "10:10") -> None:
    stage.record(Decided(step="agree", by=by, answer=answer, reason="why"), at(now))  # type: ignore[arg-type]


def outcome(stage: Play) -> str:
    return case(stage).steps["agree"].outcome


def test_the_first_answer_decides_where_one_is_enough() -> None:
    stage = begin(ONE, text="a")
    decide(stage, "bert")
    assert outcome(stage) == "approved"


def test_whoever_comes_second_reads_who_decided_and_when() -> None:
    stage = begin(ONE, text="a")
    decide(stage, "bert")
    with pytest.raises(AlreadyDecided, match=r"by bert at 2026-03-10 10:10"):
        decide(stage, "anna", now="10:11")


def test_the_other_link_dies_and_its_owner_is_told() -> None:
    stage = begin(ONE, text="a")
    decide(stage, "bert")
    told = [one for one in last(stage, Notice) if one.kind == "withdrawn"]
    assert [(one.to, one.reason) for one in told] == [("anna", "decided by bert")]


def test_nobody_decides_who_was_not_asked() -> None:
    with pytest.raises(NotAsked):
        decide(begin(ONE, text="a"), "cora")


def test_nobody_approves_what_they_asked_for() -> None:
    assert "bert" not in asked(begin(ONE, by="bert", text="a"), "agree")


def test_a_rejection_needs_a_reason() -> None:
    stage = begin(ONE, text="a")
    with pytest.raises(InvalidAnswer, match="reason"):
        stage.record(Decided(step="agree", by="anna", answer="reject", reason=" "), at("10:10"))


def test_a_rejection_ends_the_case_unless_the_file_says_otherwise() -> None:
    stage = begin(STOP, text="a")
    decide(stage, "anna", "reject")
    assert case(stage).outcome == "rejected"


def test_a_rejection_may_end_the_case_in_a_way_of_its_own() -> None:
    stage = begin(ONE.replace("rejected: continue", "rejected: end refused"), text="a")
    decide(stage, "anna", "reject")
    assert case(stage).outcome == "refused"


def test_an_answer_to_other_facts_does_not_count() -> None:
    stage = begin(ONE, text="a")
    old = case(stage).steps["agree"].digest
    stage.record(Amended(facts={"text": "b"}), at("10:05"))
    with pytest.raises(OutdatedFacts):
        stage.record(Decided(step="agree", by="bert", answer="approve", shown=old), at("10:10"))


def test_a_case_that_comes_back_asks_with_new_links() -> None:
    stage = begin(ONE, text="a")
    before = set(case(stage).assignments)
    stage.record(Amended(facts={"text": "b"}), at("10:05"))
    assert before.isdisjoint(case(stage).assignments)


def test_all_must_agree() -> None:
    stage = begin(ALL, text="a")
    decide(stage, "bert")
    assert status(stage, "agree") == "open"
    decide(stage, "anna")
    assert outcome(stage) == "approved"


def test_one_of_all_is_enough_to_turn_it_down() -> None:
    stage = begin(ALL, text="a")
    decide(stage, "bert", "reject")
    assert outcome(stage) == "rejected"


def test_nobody_answers_twice() -> None:
    stage = begin(ALL, text="a")
    decide(stage, "bert")
    with pytest.raises(AlreadyDecided, match="bert has answered"):
        decide(stage, "bert", "reject")


def test_the_deputy_of_somebody_away_completes_all() -> None:
    stage = begin(ALL.replace("both", "[checker, manager]"), text="a")
    away(stage, "bert", "2026-03-10", "2026-03-12")
    stage.record(CompanyChanged(), at("10:01"))
    decide(stage, "cora")
    decide(stage, "head")
    assert outcome(stage) == "approved"


def test_the_deputy_of_somebody_away_from_the_start_completes_all() -> None:
    stage = play(ALL.replace("both", "[checker, manager]"))
    away(stage, "bert", "2026-03-10", "2026-03-12")
    stage.record(Opened(case="1", facts={"text": "a"}), at("10:00"))
    decide(stage, "cora")
    decide(stage, "head")
    assert outcome(stage) == "approved"


def test_the_first_answer_for_somebody_kills_the_other_link() -> None:
    stage = begin(ALL.replace("both", "[checker, manager]"), text="a")
    away(stage, "bert", "2026-03-10", "2026-03-12")
    stage.record(CompanyChanged(), at("10:01"))
    decide(stage, "cora")
    assert asked(stage, "agree") == ["head"]
    with pytest.raises(AlreadyDecided):
        decide(stage, "bert", "reject")


def test_a_sequence_asks_the_next_only_when_the_first_has_agreed() -> None:
    stage = begin(SEQUENCE, text="a")
    assert asked(stage, "agree") == ["bert"]
    decide(stage, "bert")
    assert asked(stage, "agree") == ["head"]
    decide(stage, "head")
    decide(stage, "boss")
    assert outcome(stage) == "approved"


def test_a_sequence_ends_with_the_first_rejection() -> None:
    stage = begin(SEQUENCE, text="a")
    decide(stage, "bert", "reject")
    assert (outcome(stage), asked(stage, "agree")) == ("rejected", [])


def test_the_next_of_a_sequence_is_looked_for_when_the_turn_comes() -> None:
    stage = begin(SEQUENCE, text="a")
    away(stage, "head", "2026-03-10", "2026-03-12")
    decide(stage, "bert")
    assert asked(stage, "agree") == ["vice"]
    decide(stage, "vice")
    assert asked(stage, "agree") == ["boss"]


def test_a_committee_decides_as_soon_as_more_than_half_agree() -> None:
    stage = begin(GROUP, text="a")
    decide(stage, "head")
    decide(stage, "vice")
    decide(stage, "bert")
    assert status(stage, "agree") == "open", "the chair has to be there"
    decide(stage, "cora")
    assert status(stage, "agree") == "open"
    decide(stage, "boss", "reject")
    assert outcome(stage) == "approved"


def test_a_committee_needs_its_quorum() -> None:
    stage = begin(GROUP, text="a")
    for person in ("boss", "head", "vice"):
        decide(stage, person)
    assert status(stage, "agree") == "open", "three of five are not two thirds"
    decide(stage, "bert")
    assert outcome(stage) == "approved"


@pytest.mark.parametrize(("chair", "decision"), [("approve", "approved"), ("reject", "rejected")])
def test_the_chair_breaks_a_tie(chair: str, decision: str) -> None:
    stage = begin(GROUP.replace("who: group", "who: [manager, checker, {person: cora}]"), text="a")
    decide(stage, "boss", chair)
    decide(stage, "head", chair)
    other = "reject" if chair == "approve" else "approve"
    decide(stage, "bert", other)
    decide(stage, "cora", other)
    assert outcome(stage) == decision


def test_a_committee_asks_absent_members_themselves() -> None:
    stage = begin(GROUP, text="a")
    away(stage, "head", "2026-03-10", "2026-03-12")
    stage.record(CompanyChanged(), at("10:01"))
    assert asked(stage, "agree") == ["boss", "head", "vice", "bert", "cora"]


def test_a_committee_does_not_wait_for_a_member_who_is_away() -> None:
    stage = begin(GROUP, text="a")
    away(stage, "head", "2026-03-10", "2026-03-12")
    for person, answer in (("boss", "approve"), ("vice", "approve"), ("bert", "reject"), ("cora", "reject")):
        decide(stage, person, answer)
    assert outcome(stage) == "approved", "two to two, and the chair agreed"


def test_a_committee_decides_when_the_last_member_it_waits_for_goes_away() -> None:
    stage = begin(GROUP, text="a")
    for person, answer in (("boss", "approve"), ("vice", "approve"), ("bert", "reject"), ("cora", "reject")):
        decide(stage, person, answer)
    assert status(stage, "agree") == "open"
    away(stage, "head", "2026-03-10 11:00", "2026-03-12")
    stage.record(CompanyChanged(), at("10:30"))
    stage.run_until(at("11:00"))
    assert outcome(stage) == "approved"


def test_the_deputy_of_a_silent_member_is_not_asked_at_half_time() -> None:
    stage = begin(GROUP, text="a")
    stage.run_until(at("12:30"))
    assert asked(stage, "agree") == ["boss", "head", "vice", "bert", "cora"]


def test_what_cannot_be_delegated_is_asked_of_the_absent_all_the_same() -> None:
    stage = begin(ONE.replace("who: both", "who: manager, delegable: false"), text="a")
    away(stage, "head", "2026-03-10", "2026-03-12")
    stage.record(CompanyChanged(), at("10:01"))
    stage.run_until(at("12:30"))
    assert asked(stage, "agree") == ["head"]


def test_what_cannot_be_delegated_cannot_be_handed_over() -> None:
    stage = begin(ONE.replace("who: both", "who: manager, delegable: false"), text="a")
    with pytest.raises(NotPermitted, match="cannot be delegated"):
        stage.record(HandedOver(step="agree", by="head", to="vice"), at("10:05"))


def test_an_approver_added_on_the_way_must_agree_too() -> None:
    stage = begin(ONE, text="a")
    stage.record(ApproverAdded(step="agree", by="bert", person="head"), at("10:05"))
    decide(stage, "bert")
    assert (status(stage, "agree"), asked(stage, "agree")) == ("open", ["head"])
    decide(stage, "head")
    assert outcome(stage) == "approved"


def test_an_approver_added_on_the_way_can_turn_it_down() -> None:
    stage = begin(ONE, text="a")
    stage.record(ApproverAdded(step="agree", by="bert", person="head"), at("10:05"))
    decide(stage, "head", "reject")
    assert outcome(stage) == "rejected"


def test_the_agreement_of_an_added_approver_alone_is_not_enough() -> None:
    stage = begin(ONE, text="a")
    stage.record(ApproverAdded(step="agree", by="bert", person="head"), at("10:05"))
    decide(stage, "head")
    assert status(stage, "agree") == "open"


@pytest.mark.parametrize("person", ["bert", "anna"])
def test_nobody_is_added_who_answers_anyway(person: str) -> None:
    stage = begin(ONE, text="a")
    with pytest.raises(NotPermitted, match="answers here already"):
        stage.record(ApproverAdded(step="agree", by="bert", person=person), at("10:05"))


def test_it_is_handed_over_to_somebody_who_then_answers_for_the_first() -> None:
    stage = begin(ALL, text="a")
    stage.record(HandedOver(step="agree", by="bert", to="cora"), at("10:05"))
    decide(stage, "anna")
    decide(stage, "cora")
    assert (outcome(stage), list(case(stage).steps["agree"].votes)) == ("approved", ["anna", "bert"])


def test_it_is_not_handed_over_to_the_requester() -> None:
    stage = begin(ONE, by="cora", text="a")
    with pytest.raises(NotPermitted):
        stage.record(HandedOver(step="agree", by="bert", to="cora"), at("10:05"))


def test_it_is_not_handed_over_to_somebody_who_is_away() -> None:
    stage = begin(ONE, text="a")
    away(stage, "cora", "2026-03-10", "2026-03-12")
    with pytest.raises(NotPermitted, match="away"):
        stage.record(HandedOver(step="agree", by="bert", to="cora"), at("10:05"))


def test_a_link_that_was_handed_over_and_back_is_a_new_link() -> None:
    stage = begin(ONE, text="a")
    first = next(one.id for one in case(stage).assignments.values() if one.person == "bert")
    stage.record(HandedOver(step="agree", by="bert", to="cora"), at("10:05"))
    stage.record(HandedOver(step="agree", by="cora", to="bert"), at("10:06"))
    assert first not in case(stage).assignments


def test_a_late_approval_counts_and_is_marked_late() -> None:
    stage = begin(ONE, text="a")
    stage.run_until(at("15:00"))
    decide(stage, "bert", now="15:00")
    assert (outcome(stage), case(stage).clocks["agree"].status) == ("approved", "late")


def test_silence_is_never_consent() -> None:
    stage = begin(ONE, text="a")
    stage.run_until(at("2026-04-10 10:00"))
    assert (status(stage, "agree"), outcome(stage)) == ("open", "")


def test_whoever_wrote_it_does_not_approve_it_at_the_second_approval_either() -> None:
    stage = begin("""
steps:
  - {id: write, kind: task, who: checker, within: 1 hour}
  - {id: first, kind: approve, who: manager, within: 1 hour}
  - {id: second, kind: approve, who: checker, within: 1 hour}
""")
    stage.record(Done(step="write", by="bert"), at("10:05"))
    stage.record(Decided(step="first", by="head", answer="approve"), at("10:10"))
    assert "bert" not in asked(stage, "second")


def test_whoever_took_part_in_a_campaign_may_approve_what_comes_of_it() -> None:
    stage = begin("""
steps:
  - {id: attest, kind: task, who: both, each: {people: both}, within: 1 hour}
  - {id: agree, kind: approve, who: checker, within: 1 hour}
""")
    for person in ("anna", "bert"):
        stage.record(Done(step="attest", by=person), at("10:05"))
    assert asked(stage, "agree") == ["bert"]
