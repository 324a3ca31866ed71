"""Campaigns: everybody on the roster is accounted for, also the absent, the late and those who leave."""

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from engine.effects import Notice, OpenCase
from engine.errors import NotPermitted
from engine.events import CompanyChanged, Done, Exempted, HandedOver, Opened, RosterChanged
from engine.playing import Play
from models.language.organisation import Absence
from tests.unit.engine.small import at, play, program, with_absences, with_new_hire

ATTEST = """
form:
  audience: {type: choice, options: {all: 全体, desk: 服务台}, default: desk}
steps:
  - id: attest
    kind: task
    each:
      people: staff
      joiners: true
      latecomers: 2 working days
      when: audience == 'all' or item.department == 'desk'
    within: 5 working days
  - {id: end, kind: end, outcome: done}
"""

STAFF = ("anna", "bert", "cora", "head", "vice")


def _away(person: str, start: str, until: str) -> Absence:
    return Absence.model_validate({"person": person, "from": start, "until": until})


def _opened(*absences: Absence, audience: str = "desk") -> Play:
    stage = Play(with_absences(program(ATTEST), *absences))
    stage.record(Opened(case="1", by="boss", facts={"audience": audience}), at("10:00"))
    return stage


def _attest(stage: Play, *people: str, now: str = "11:00") -> None:
    for person in people:
        stage.record(Done(step="attest", by=person), at(now))


def _slots(stage: Play) -> Mapping[str, str]:
    assert stage.case is not None
    return {key: slot.status.value for key, slot in stage.case.steps["attest"].slots.items()}


def _told(stage: Play, kind: str) -> list[tuple[str, str]]:
    """When who got which notice: `(person, time)`."""
    return [
        (effect.to, effect.at.strftime("%m-%d %H:%M"))
        for one in stage.happenings
        for effect in one.effects
        if isinstance(effect, Notice) and effect.kind == kind and effect.at
    ]


def test_it_asks_only_those_who_meet_the_condition() -> None:
    assert sorted(_slots(_opened())) == sorted(STAFF)


def test_it_asks_everybody_where_the_condition_says_so() -> None:
    assert sorted(_slots(_opened(audience="all"))) == sorted((*STAFF, "boss"))


def test_it_keeps_the_absent_on_the_roster_until_they_are_back() -> None:
    stage = _opened(_away("anna", "2026-03-09", "2026-03-11"))

    assert _slots(stage)["anna"] == "exempt"
    stage.run_until(at("2026-03-12 00:00"))
    assert _slots(stage)["anna"] == "open"


def test_it_does_not_end_before_the_absent_have_answered() -> None:
    stage = _opened(_away("anna", "2026-03-09", "2026-03-11"))
    _attest(stage, "bert", "cora", "head", "vice")

    assert stage.case is not None
    assert (stage.case.outcome, stage.case.clocks["attest"].status) == (None, "met")
    stage.run_until(at("2026-03-12 00:00"))
    _attest(stage, "anna", now="2026-03-12 09:00")
    assert stage.case.outcome == "done"


def test_it_gives_the_absent_their_own_time_with_the_whole_ladder() -> None:
    stage = _opened(_away("anna", "2026-03-09", "2026-03-11"))
    _attest(stage, "bert", "cora", "head", "vice")
    stage.run_until(at("2026-03-31 00:00"))

    # Back on Thursday, due on Monday; a reminder a day before, the head at once, the boss two days later.
    assert _told(stage, "reminder") == [("anna", "03-13 18:00")]
    assert _told(stage, "escalation") == [("head", "03-16 18:00"), ("boss", "03-18 18:00")]


def test_it_escalates_nobody_on_the_common_clock_who_has_a_time_of_their_own() -> None:
    stage = _opened(_away("anna", "2026-03-09", "2026-03-16"))
    _attest(stage, "cora", "head", "vice")
    stage.run_until(at("2026-03-17 18:00"))

    assert _told(stage, "escalation") == [("head", "03-17 18:00")]
    assert _told(stage, "reminder") == [("bert", "03-16 18:00")]


def test_it_opens_a_matter_for_each_who_is_still_late() -> None:
    stage = _opened()
    _attest(stage, "cora", "head", "vice")
    stage.run_until(at("2026-03-31 00:00"))
    opened = [effect.facts for one in stage.happenings for effect in one.effects if isinstance(effect, OpenCase)]

    assert [facts["person"] for facts in opened] == ["anna", "bert"]


def test_it_opens_a_matter_for_a_latecomer_too() -> None:
    stage = _opened(_away("anna", "2026-03-09", "2026-03-11"))
    _attest(stage, "bert", "cora", "head", "vice")
    stage.run_until(at("2026-03-31 00:00"))
    opened = [effect.facts for one in stage.happenings for effect in one.effects if isinstance(effect, OpenCase)]

    assert opened == [{"source_case": "1", "deadline": "attest", "person": "anna"}]


def test_it_plans_nothing_for_a_latecomer_who_has_answered() -> None:
    stage = _opened(_away("anna", "2026-03-09", "2026-03-11"))
    stage.run_until(at("2026-03-12 00:00"))
    _attest(stage, "anna", now="2026-03-12 09:00")

    assert stage.case is not None
    assert not stage.case.alarms


def test_it_waits_for_an_exemption_that_ends() -> None:
    stage = _opened()
    until = at("2026-04-01 09:00")
    stage.record(Exempted(step="attest", key="anna", by="head", reason="产假", until=until), at("10:30"))
    _attest(stage, "bert", "cora", "head", "vice")

    assert stage.case is not None
    assert stage.case.outcome is None
    stage.run_until(until)
    assert _slots(stage)["anna"] == "open"


def test_it_takes_joiners_in_with_a_time_of_their_own() -> None:
    stage = _opened(audience="all")
    stage.record(RosterChanged(step="attest", left=("boss",)), at("2026-03-11 10:00"))
    assert stage.case is not None
    stage.program = with_new_hire(stage.program, "dora")
    stage.record(RosterChanged(step="attest", joined=("dora",)), at("2026-03-13 10:00"))

    assert (_slots(stage)["boss"], stage.case.steps["attest"].slots["dora"].due) == ("left", at("2026-03-17 18:00"))


def test_it_does_not_take_in_joiners_whom_the_campaign_is_not_for() -> None:
    stage = _opened()
    stage.record(RosterChanged(step="attest", joined=("boss",)), at("2026-03-13 10:00"))

    assert "boss" not in _slots(stage)


def test_it_waits_no_longer_for_the_absent_who_leave() -> None:
    stage = _opened(_away("anna", "2026-03-09", "2026-03-11"))
    stage.record(RosterChanged(step="attest", left=("anna",)), at("10:30"))
    stage.run_until(at("2026-03-12 00:00"))

    assert _slots(stage)["anna"] == "left"


def test_it_exempts_those_who_go_on_leave_while_it_runs() -> None:
    stage = _opened()
    stage.program = with_absences(stage.program, _away("anna", "2026-03-10", "2026-03-20"))
    stage.record(CompanyChanged(), at("10:30"))

    assert _slots(stage)["anna"] == "exempt"
    assert stage.case is not None
    assert not [one for one in stage.case.assignments.values() if one.person == "anna" or one.stands_for]


def test_it_lets_nobody_confirm_for_somebody_else() -> None:
    with pytest.raises(NotPermitted, match="to do themselves"):
        _opened().record(HandedOver(step="attest", by="anna", to="bert"), at("10:30"))


def test_it_accounts_for_everybody() -> None:
    stage = _opened(_away("anna", "2026-03-09", "2026-03-11"))
    _attest(stage, "bert")
    stage.record(RosterChanged(step="attest", left=("cora",)), at("11:30"))

    assert sorted(_slots(stage).values()) == ["done", "exempt", "left", "open", "open"]


def test_it_carries_the_answers_of_each_in_their_own_types() -> None:
    stage = play("""
form:
  items: {type: table, columns: {name: {type: text}}}
steps:
  - id: hand_in
    kind: task
    who: clerk
    each: {rows: items, when: "item.key != '1'"}
    fields: {handed_in_at: {type: datetime}, note: {type: text, required: false}}
    require: [{that: "item.name != 'b'", says: b bleibt}]
    within: 1 hour
  - {id: end, kind: end, outcome: done}
""")
    items = [{"name": "a"}, {"name": "b"}, {"name": "c"}]
    stage.record(Opened(case="1", by="boss", facts={"items": items}), at("10:00"))
    stage.record(Done(step="hand_in", by="anna", key="0", values={"handed_in_at": "2026-03-10 09:00"}), at("10:30"))

    assert stage.case is not None
    slots = stage.case.steps["hand_in"].slots
    assert (list(slots), replace(slots["0"]).values) == (["0", "2"], {"handed_in_at": at("09:00")})
