"""People: deputies, absences, vacancies, and who has a part in the matter."""

from dataclasses import replace

import pytest

from engine.effects import Notice, Skipped
from engine.errors import NotAsked
from engine.events import Amended, Bounced, CompanyChanged, Decided, Done, Opened
from engine.playing import Play
from tests.unit.engine.small import asked, at, away, begin, case, last, play, program, status, told

TASK = "steps: [{id: act, kind: task, who: manager, within: 4 hours}]"
BOTH = "steps: [{id: act, kind: task, who: both, answers: all, within: 4 hours}]"
APPROVAL = "steps: [{id: act, kind: approve, who: checker, within: %s}]"
CONFLICT = """
conflicts: [accused]
form:
  accused: {type: person, required: false, editable: true}
steps:
  - {id: act, kind: %s, within: 4 hours}
  - {id: after, kind: task, who: gm, within: 4 hours}
"""


def conflict(step: str, **facts: str) -> Play:
    return begin(CONFLICT % step, **facts)


def test_somebody_away_is_replaced_by_the_deputy_at_once() -> None:
    stage = play(TASK)
    away(stage, "head", "2026-03-10", "2026-03-12")
    stage.record(Opened(case="1"), at("10:00"))
    assert asked(stage, "act") == ["vice"]


def test_whoever_was_passed_over_is_on_record_with_the_reason() -> None:
    stage = play(TASK)
    away(stage, "head", "2026-03-10", "2026-03-12")
    stage.record(Opened(case="1"), at("10:00"))
    assert [(one.person, one.reason) for one in last(stage, Skipped) if one.step] == [("head", "absent")]


def test_the_deputy_is_asked_when_an_absence_begins() -> None:
    stage = play(TASK)
    away(stage, "head", "2026-03-10 11:00", "2026-03-12")
    stage.record(Opened(case="1"), at("10:00"))
    assert asked(stage, "act") == ["head"]
    stage.run_until(at("11:00"))
    assert asked(stage, "act") == ["head", "vice"]


def test_the_deputy_is_asked_when_an_absence_is_entered() -> None:
    stage = begin(TASK)
    away(stage, "head", "2026-03-10", "2026-03-12")
    stage.record(CompanyChanged(), at("10:30"))
    stage.record(CompanyChanged(), at("10:31"))
    assert asked(stage, "act") == ["head", "vice"]


def test_an_absence_entered_for_later_is_remembered() -> None:
    stage = begin(TASK)
    away(stage, "head", "2026-03-10 12:00", "2026-03-12")
    stage.record(CompanyChanged(), at("10:30"))
    stage.run_until(at("12:00"))
    assert asked(stage, "act") == ["head", "vice"]


def test_a_deputy_who_goes_away_as_well_is_replaced_in_turn() -> None:
    stage = begin(TASK)
    away(stage, "head", "2026-03-10", "2026-03-12")
    stage.record(CompanyChanged(), at("10:30"))
    away(stage, "vice", "2026-03-10", "2026-03-12")
    stage.record(CompanyChanged(), at("10:40"))
    stands_for = {one.person: one.stands_for for one in case(stage).assignments.values()}
    assert stands_for == {"head": None, "vice": "head", "boss": "head"}


def test_a_bounced_mail_brings_the_deputy() -> None:
    stage = begin(TASK)
    stage.record(Bounced(step="act", person="head"), at("10:01"))
    assert [(one.to, one.kind) for one in last(stage, Notice)] == [("vice", "substitute")]


def test_a_bounced_mail_that_nobody_can_answer_for_is_told_to_the_owner() -> None:
    stage = begin("steps: [{id: act, kind: approve, who: gm, delegable: false, within: 4 hours}]")
    stage.record(Bounced(step="act", person="boss"), at("10:01"))
    assert [(one.to, one.reason) for one in last(stage, Notice)] == [("head", "no mail reaches boss")]


def test_where_each_must_answer_the_deputy_answers_for_the_first() -> None:
    stage = begin(BOTH)
    stage.record(Bounced(step="act", person="anna"), at("10:01"))
    stand_in = asked(stage, "act")[-1]
    stage.record(Done(step="act", by=stand_in), at("10:02"))
    assert asked(stage, "act") == ["bert"]
    stage.record(Done(step="act", by="bert"), at("10:03"))
    assert status(stage, "act") == "done"


def test_the_deputy_is_asked_as_well_at_half_time() -> None:
    stage = begin(APPROVAL % "4 hours")
    stage.run_until(at("14:00"))
    assert told(stage, "substitute") == [("cora", "03-10 12:00")]


def test_the_deputy_is_never_asked_before_a_quarter_of_an_hour() -> None:
    stage = begin(APPROVAL % "20 minutes")
    stage.run_until(at("10:20"))
    assert told(stage, "substitute") == [("cora", "03-10 10:15")]


def test_the_deputy_is_asked_at_ten_on_the_last_day() -> None:
    stage = begin(APPROVAL % "3 working days")
    stage.run_until(at("2026-03-13 18:00"))
    assert told(stage, "substitute") == [("cora", "03-13 10:00")]


def test_only_approvals_have_substitutes() -> None:
    stage = begin(TASK)
    stage.run_until(at("14:00"))
    assert told(stage, "substitute") == []


def test_the_deputy_cannot_pass_it_on_by_being_silent() -> None:
    stage = begin(APPROVAL % "4 hours")
    stage.run_until(at("14:00"))
    assert {one.stands_for for one in case(stage).assignments.values()} == {None, "bert"}


def test_an_empty_role_falls_to_whoever_is_told_of_vacancies() -> None:
    stage = begin("steps: [{id: act, kind: task, who: nobody, within: 4 hours}]")
    kinds = [(one.to, one.kind) for one in last(stage, Notice)]
    assert kinds == [("boss", "asked"), ("boss", "vacancy")]


def test_the_fallback_of_a_role_has_its_own_fallback() -> None:
    """Where nobody is left in one, the next is asked before whoever is told of all vacancies."""
    whole = program("steps: [{id: act, kind: task, who: nobody, within: 4 hours}]")
    roles = whole.company.organisation.roles
    chained = {
        "nobody": roles["nobody"].model_copy(update={"fallback": "empty"}),
        "empty": roles["nobody"].model_copy(update={"fallback": "checker"}),
    }
    organisation = whole.company.organisation.model_copy(update={"roles": {**roles, **chained}})
    stage = Play(replace(whole, company=whole.company.changed(organisation)))
    stage.record(Opened(case="1", by="anna"), at("10:00"))
    assert asked(stage, "act") == ["bert"]


def test_an_emergency_step_falls_to_the_duty_person() -> None:
    stage = begin("steps: [{id: act, kind: task, who: nobody, emergency: true, within: 4 hours}]", now="22:00")
    assert asked(stage, "act") == ["cora"]


def test_a_vacancy_that_nobody_can_fill_is_reported() -> None:
    stage = begin("steps: [{id: act, kind: approve, who: nobody, within: 4 hours}]", by="boss")
    assert asked(stage, "act") == []
    assert [(one.to, one.kind) for one in last(stage, Notice)] == [("boss", "vacancy")]


def test_somebody_concerned_is_skipped_upwards() -> None:
    assert asked(conflict("task, who: manager", accused="head"), "act") == ["boss"]


def test_those_under_somebody_concerned_are_skipped_too() -> None:
    assert asked(conflict("task, who: checker", accused="head"), "act") == ["boss"]


def test_somebody_concerned_is_taken_off_when_it_appears_later() -> None:
    stage = conflict("task, who: manager")
    stage.record(Amended(facts={"accused": "head"}), at("10:05"))
    assert asked(stage, "act") == ["boss"]


def test_whoever_is_concerned_gets_no_mail_about_being_taken_off() -> None:
    stage = conflict("task, who: manager")
    stage.record(Amended(facts={"accused": "head"}), at("10:05"))
    assert [one.to for one in last(stage, Notice)] == ["boss"]
    assert next(one.person for one in last(stage, Skipped)) == "head"


def test_whoever_is_concerned_can_do_nothing_more() -> None:
    stage = conflict("task, who: manager")
    stage.record(Amended(facts={"accused": "head"}), at("10:05"))
    with pytest.raises(NotAsked):
        stage.record(Done(step="act", by="head"), at("10:06"))


def test_a_conflict_that_appears_later_leaves_an_approval_by_all_possible() -> None:
    stage = conflict("approve, who: [gm, checker], rule: all")
    stage.record(Amended(facts={"accused": "bert"}), at("10:05"))
    assert asked(stage, "act") == ["boss", "head"]
    for person in ("boss", "head"):
        stage.record(Decided(step="act", by=person, answer="approve"), at("10:06"))
    assert status(stage, "act") == "done"


def test_a_vote_of_somebody_concerned_does_not_count() -> None:
    stage = conflict("approve, who: [gm, checker], rule: all")
    stage.record(Decided(step="act", by="bert", answer="approve"), at("10:03"))
    stage.record(Amended(facts={"accused": "bert"}), at("10:05"))
    stage.record(Decided(step="act", by="boss", answer="approve"), at("10:06"))
    assert (status(stage, "act"), asked(stage, "act")) == ("open", ["head"])


def test_a_member_of_a_committee_who_is_concerned_does_not_count() -> None:
    stage = conflict("approve, who: [gm, manager, checker], rule: quorum, quorum: 1/2", accused="bert")
    assert asked(stage, "act") == ["boss", "head"]


def test_a_committee_decides_without_a_member_who_turns_out_to_be_concerned() -> None:
    stage = conflict("approve, who: [gm, manager, checker], rule: quorum, quorum: 2/3")
    stage.record(Decided(step="act", by="boss", answer="approve"), at("10:03"))
    stage.record(Amended(facts={"accused": "head"}), at("10:05"))
    assert case(stage).steps["act"].electors == ("boss",), "head is concerned and bert is under head"
    assert status(stage, "act") == "done"


def test_people_of_a_ladder_are_told_even_of_their_own_request() -> None:
    stage = begin(APPROVAL % "4 hours", by="head")
    stage.run_until(at("14:00"))
    assert ("head", "03-10 14:00") in told(stage, "escalation")
