"""Separation of duties: nobody reaches an approval that is not theirs by a detour through a deputy or a colleague."""

from dataclasses import replace

import pytest

from engine.errors import NotPermitted
from engine.events import ApproverAdded, Bounced, CompanyChanged, Decided, Done, Finished, HandedOver, Opened
from engine.playing import Play
from models.language.organisation import Absence
from tests.unit.engine.small import at, play

WRITTEN = """
form:
  author: {type: person, title: 作者}
steps:
  - {id: write, kind: task, who: clerk, within: 1 hour}
  - {id: check, kind: approve, who: {role: checker, except: [{field: author}]}, within: 4 hours}
  - {id: end, kind: end, outcome: done}
"""

BOTH = """
steps:
  - {id: agree, kind: approve, rule: all, who: [manager, checker], rejected: continue, within: 4 hours}
  - {id: end, kind: end, outcome: done}
"""


def _written(author: str) -> Play:
    stage = play(WRITTEN)
    stage.record(Opened(case="1", by="boss", facts={"author": author}), at("10:00"))
    stage.record(Done(step="write", by="anna"), at("10:00"))
    return stage


def _asked(stage: Play, step: str) -> set[str]:
    assert stage.case is not None
    return {one.person for one in stage.case.assignments.values() if one.step == step}


def test_it_never_lets_the_author_stand_in_for_a_silent_approver() -> None:
    stage = _written("cora")
    stage.run_until(at("12:00"))

    assert _asked(stage, "check") == {"bert", "head"}


def test_it_never_lets_the_author_stand_in_when_a_mail_bounces() -> None:
    stage = _written("cora")
    stage.record(Bounced(step="check", person="bert"), at("10:01"))

    assert _asked(stage, "check") == {"bert", "head"}


def test_it_never_lets_the_author_stand_in_for_somebody_who_falls_ill() -> None:
    stage = _written("cora")
    organisation = stage.program.company.organisation
    ill = Absence.model_validate({"person": "bert", "from": "2026-03-10 10:30", "until": "2026-03-12"})
    company = stage.program.company.changed(organisation.model_copy(update={"absences": (ill,)}))
    stage.program = replace(stage.program, company=company)
    stage.record(CompanyChanged(), at("10:30"))

    assert _asked(stage, "check") == {"bert", "head"}


@pytest.mark.parametrize(
    "event", [HandedOver(step="check", by="bert", to="cora"), ApproverAdded(step="check", by="bert", person="cora")]
)
def test_it_never_lets_the_author_in_through_a_colleague(event: HandedOver | ApproverAdded) -> None:
    with pytest.raises(NotPermitted):
        _written("cora").record(event, at("10:01"))


def test_it_never_makes_two_approvals_one_by_a_hand_over() -> None:
    stage = play(BOTH)
    stage.record(Opened(case="1", by="anna"), at("10:00"))

    with pytest.raises(NotPermitted, match="answers here already"):
        stage.record(HandedOver(step="agree", by="head", to="bert"), at("10:01"))


def test_it_never_makes_two_approvals_one_by_handing_over_to_who_has_voted() -> None:
    stage = play(BOTH)
    stage.record(Opened(case="1", by="anna"), at("10:00"))
    stage.record(Decided(step="agree", answer="approve", by="bert"), at("10:01"))

    with pytest.raises(NotPermitted, match="answers here already"):
        stage.record(HandedOver(step="agree", by="head", to="bert"), at("10:02"))


def test_it_finds_two_people_for_two_approvals_when_one_of_them_asked_for_it() -> None:
    stage = play(BOTH.replace("[manager, checker]", "[checker, manager]"))
    stage.record(Opened(case="1", by="bert"), at("10:00"))

    assert _asked(stage, "agree") == {"head", "boss"}


def test_whoever_acted_first_does_not_ratify_it_though_another_step_lies_between() -> None:
    stage = play(
        """
steps:
  - {id: act, kind: task, who: manager, within: 1 hour}
  - {id: tell, kind: task, who: clerk, within: 1 hour}
  - {id: ratify, kind: approve, who: manager, ratifies: act, rejected: continue, within: 4 hours}
  - {id: end, kind: end, outcome: done}
"""
    )
    stage.record(Opened(case="1", by="anna"), at("10:00"))
    stage.record(Done(step="act", by="head"), at("10:01"))
    stage.record(Done(step="tell", by="anna"), at("10:02"))

    assert _asked(stage, "ratify") == {"boss"}


def test_whoever_did_the_work_of_a_machine_that_failed_does_not_approve_it() -> None:
    stage = play(
        """
steps:
  - {id: take, kind: task, who: clerk, within: 1 hour}
  - {id: scan, kind: machine, runs: work, otherwise: manager, within: 1 hour}
  - {id: review, kind: approve, who: manager, rejected: continue, within: 4 hours}
  - {id: end, kind: end, outcome: done}
"""
    )
    stage.record(Opened(case="1", by="anna"), at("10:00"))
    stage.record(Done(step="take", by="anna"), at("10:01"))
    stage.record(Finished(step="scan", ok=False, error="broken"), at("10:02"))
    stage.record(Done(step="scan", by="head"), at("10:03"))

    assert _asked(stage, "review") == {"boss"}
