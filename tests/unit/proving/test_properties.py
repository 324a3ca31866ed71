"""Each property is shown of a sound procedure, and of a faulty one a story is told in which it fails."""

from dataclasses import replace

import pytest

from engine.draft import Draft
from engine.program import Program
from engine.proving import Finding, Proof, prove
from tests.unit.engine.small import program

SOUND = """
form: {big: {type: yes_no, default: false}}
steps:
  - {id: take, kind: task, who: clerk, within: 1 hour}
  - {id: agree, kind: approve, when: big, who: manager, rejected: take, returned: take, within: 4 hours}
  - {id: end, kind: end, outcome: done}
gates: [{id: agreed, holds: [end], until: not big or agree.approved, says: 未批准}]
"""


CHASING = """
form: {go: {type: yes_no, default: false}}
steps:
  - {id: take, kind: task, title: 登记, who: clerk, within: 1 hour}
  - {id: report, kind: task, who: clerk, each: {people: {role: nobody}}, repeat: {until: go}, within: 1 hour}
  - {id: after, kind: task, who: clerk, within: 1 hour}
  - {id: end, kind: end, outcome: done}
"""
"""A roster that is empty for ever: the report is done as soon as it is open, and begins again at once."""


def staffed(text: str) -> Program:
    """A procedure in the small company, whose general manager has a deputy."""
    whole = program(text)
    roles = whole.company.organisation.roles
    gm = roles["gm"].model_copy(update={"deputies": roles["manager"].deputies})
    organisation = whole.company.organisation.model_copy(update={"roles": {**roles, "gm": gm}})
    return replace(whole, company=whole.company.changed(organisation))


def proved(text: str) -> Proof:
    return prove(staffed(text))


def findings(proof: Proof, name: str) -> tuple[Finding, ...]:
    return next(verdict.findings for verdict in proof.verdicts if verdict.name == name)


def failing(proof: Proof) -> list[str]:
    return [verdict.name for verdict in proof.verdicts if not verdict.holds]


def story(finding: Finding) -> list[str]:
    return [line.said.zh for line in finding.story]


def test_a_sound_procedure_has_every_property_and_nothing_is_left_out() -> None:
    proof = proved(SOUND)

    assert (failing(proof), proof.holds) == ([], True)
    assert [limit.en for limit in proof.limits] == [
        "not played: bounced mails, hand-overs, exemptions, changes of a roster, added approvers, withdrawal, overrides"
    ]


def test_a_branch_that_leads_nowhere_is_told_as_a_dated_story() -> None:
    proof = proved(
        """
form: {big: {type: yes_no, default: false}}
steps:
  - {id: take, kind: task, title: 登记, who: clerk, within: 1 hour}
  - {id: small_end, kind: end, when: not big, outcome: small}
  - {id: more, kind: task, title: 补充, after: take, when: big, who: clerk, within: 1 hour}
  - {id: big_end, kind: end, after: more, when: take.times > 3, outcome: big}
"""
    )

    (found,) = findings(proof, "ends")
    assert [f"{line.at:%H:%M}" for line in found.story][:2] == ["09:00", "09:01"]
    assert "安娜办结「登记」" in story(found)[1]
    assert "big=是" in story(found)[0]


def test_an_absence_after_which_nobody_can_be_asked_is_found() -> None:
    proof = prove(program(SOUND))  # here the general manager, last of the ladder, has no deputy

    assert [one.message.zh for one in findings(proof, "waits")] == [
        "2026-03-10 09:00，且老板不在岗，时限「take」的升级链最后找不到人"
    ]


def test_a_wait_without_a_ladder_is_found() -> None:
    proof = proved(
        """
steps:
  - {id: take, kind: task, title: 登记, who: clerk, deadline: {within: 1 hour, target: true, ladder: TARGET}}
  - {id: end, kind: end, outcome: done}
"""
    )

    (found,) = findings(proof, "waits")
    assert found.message.zh == "「登记」的等待没有会升级的时限：忘了办也没有人知道"


def test_a_case_that_falls_silent_after_it_was_reopened_is_found() -> None:
    proof = proved(
        """
steps:
  - {id: take, kind: task, title: 登记, who: clerk, within: 1 hour}
  - {id: settle, kind: task, title: 当场解决, after: [], start: on_request, who: clerk, within: 1 hour}
  - {id: settled, kind: end, after: settle, outcome: settled}
  - {id: handle, kind: task, title: 处理, after: take, who: checker, within: 1 hour}
  - {id: guard, kind: task, title: 防范, after: [], start: on_request, who: clerk, within: 1 hour}
  - {id: lift, kind: task, title: 解除, after: guard, who: manager, within: 30 hours}
  - {id: end, kind: end, after: handle, outcome: done}
gates: [{id: lifted, holds: [end], until: not guard.done or lift.done, says: 未解除}]
reopens: {at: handle, owner: gm, outcomes: [settled]}
"""
    )

    silent = [one for one in findings(proof, "waits") if one.message.zh.startswith("事项未结束，却没有任何人")]
    assert len(silent) == 1
    assert any("重新开启" in line for line in story(silent[0]))


def test_a_gate_that_can_never_open_is_found_and_its_condition_named() -> None:
    proof = proved(
        """
form: {ok: {type: yes_no, default: false}}
steps:
  - {id: take, kind: task, title: 登记, who: clerk, within: 1 hour}
  - {id: check, kind: task, title: 检查, who: checker, within: 1 hour, fields: {fine: {type: yes_no, must_be: true}}}
  - {id: pass_on, kind: task, title: 放行, who: clerk, within: 1 hour}
  - {id: end, kind: end, outcome: done}
gates: [{id: shut, holds: [pass_on], until: check.done and not check.fine, says: 不放行}]
"""
    )

    (found,) = findings(proof, "gates")
    assert "门禁 `shut` 拦住「放行」之后，再也打不开" in found.message.zh
    assert found.remarks[0].zh == "放行条件：check.done and not check.fine"


def test_a_path_too_slow_for_its_clause_is_told_with_its_dates() -> None:
    proof = proved(
        """
clauses: [1-1]
steps:
  - {id: take, kind: task, title: 登记, who: clerk, within: 3 working days}
  - {id: handle, kind: task, title: 处理, who: checker, within: 3 working days}
  - {id: end, kind: end, outcome: done}
deadlines:
  - {id: whole, clause: 1-1, basis: explicit, from: case.opened, until: handle.done, within: 4 working days}
"""
    )

    (found,) = findings(proof, "slowest")
    assert "「处理」（条款 1-1）却超时 4 天" in found.message.zh
    assert found.story


def test_a_clause_in_calendar_days_is_broken_only_by_the_longest_holiday_and_the_arithmetic_is_shown() -> None:
    proof = proved(
        """
clauses: [1-1]
steps:
  - {id: take, kind: task, title: 登记, who: clerk, within: 3 working days}
  - {id: end, kind: end, outcome: done}
deadlines:
  - {id: whole, clause: 1-1, basis: explicit, from: case.opened, until: take.done, within: 8 calendar days}
"""
    )

    (found,) = findings(proof, "slowest")
    assert "最长假期" in found.message.zh
    assert found.remarks[0].zh.startswith("「登记」：2026-")
    assert not findings(proof, "ends")


@pytest.mark.parametrize(
    ("steps", "work"),
    [
        (
            """
steps:
  - {id: act, kind: task, title: 关停, who: manager, within: 1 hour}
  - {id: tell, kind: task, title: 报告, who: clerk, within: 1 hour}
  - {id: ratify, kind: approve, title: 追认, who: manager, ratifies: act, rejected: continue, within: 4 hours}
  - {id: end, kind: end, outcome: done}
""",
            "关停",
        ),
        (
            """
steps:
  - {id: take, kind: task, title: 登记, who: clerk, within: 1 hour}
  - id: scan
    kind: machine
    title: 过滤
    runs: compare_page
    inputs: {url: "'http://a.example'"}
    outputs: {same: {type: yes_no}}
    otherwise: manager
    within: 1 hour
  - {id: review, kind: approve, title: 审核, who: manager, rejected: continue, within: 4 hours}
  - {id: end, kind: end, outcome: done}
""",
            "过滤",
        ),
    ],
)
def test_whoever_did_the_work_is_asked_neither_to_ratify_nor_to_approve_it(steps: str, work: str) -> None:
    """Machine work that failed and was done by hand is work too."""
    proof = proved(steps)

    assert findings(proof, "own") == (), work


def test_an_interpreter_that_bars_nobody_from_their_own_matter_is_told_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The property must be able to fail: an interpreter that bars nobody is told on."""
    monkeypatch.setattr(Draft, "_excluded", lambda _self, _plan: frozenset())
    proof = proved(
        """
steps:
  - {id: take, kind: task, title: 登记, who: manager, within: 1 hour}
  - {id: agree, kind: approve, title: 批准, who: manager, rejected: continue, within: 4 hours}
  - {id: end, kind: end, outcome: done}
"""
    )

    assert [one.message.zh for one in findings(proof, "own")] == ["主管被请求审批「批准」，但事项正是其本人立项"]


def test_an_approver_for_whom_nobody_stands_in_when_the_matter_is_their_own_is_found() -> None:
    proof = prove(
        program(
            """
steps:
  - {id: take, kind: task, title: 登记, who: clerk, within: 1 hour}
  - {id: agree, kind: approve, title: 批准, who: gm, rejected: continue, within: 4 hours}
  - {id: end, kind: end, outcome: done}
"""
        )
    )

    (found,) = findings(proof, "own")
    assert found.message.zh == "「批准」没有人能审批：老板须回避（事项正是其本人立项），又没有人代替"


def test_conditions_that_chase_each_other_are_found() -> None:
    proof = proved(CHASING)

    (found,) = findings(proof, "settled")
    assert found.message.zh == "在此之后，条件会互相翻来覆去，永远停不下来"
