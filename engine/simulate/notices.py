"""Notices: a message of the engine as a row: who is told what, and why."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from engine.case import ACTIVE, Case, Clock
from engine.effects import Notice
from engine.program import Rule
from engine.simulate.simulation import Kind, Row
from engine.simulate.words import Both, brackets, clause_of, clock_words, span_words
from models.language.steps import Approve, Task

if TYPE_CHECKING:
    from engine.simulate.rows import Teller

_KINDS: Final[Mapping[str, Kind]] = {"breach": "missed"}
_REASONS: Final = {
    "decided by": "已由他人办结",
    "back to an earlier step": "退回到更早的步骤",
    "no longer needed": "不再需要",
    "the facts have changed": "所依据的内容已变更",
    "the case has ended": "事项已结束",
    "returned by": "已被退回",
}
"""The engine's reasons for taking something back, by how they begin; others are shown as they are."""


def notice_row(teller: "Teller", notice: Notice, case: Case, at: datetime) -> Row:
    """The row of one message."""
    when = notice.at or at
    deadline = notice.deadline or _first_due(teller, notice, case)
    rule = teller.program.rules.get(deadline or "")
    clock = case.clocks.get(deadline or "")
    make = _SENTENCES.get(notice.kind, _told)
    text = make(teller, notice, (rule, clock, case, when))
    return teller.row(
        when,
        _KINDS.get(notice.kind, notice.kind),  # type: ignore[arg-type]  # the other kinds have the same names
        text,
        notice.to,
        roles=_roles(teller, notice, rule),
        step=notice.step,
        deadline=deadline,
        clause=clause_of(rule, clock) if rule else _clause(teller, notice.step),
        level=notice.level,
        due=notice.due or (clock.due if clock else None),
    )


_Facts = tuple[Rule | None, Clock | None, Case, datetime]


def _asked(teller: "Teller", notice: Notice, facts: _Facts) -> Both:
    rule, clock, _, at = facts
    step = teller.program.plans[notice.step or ""].step
    name = teller.quoted(notice.step or "")
    verb = ("审批", "decide on") if isinstance(step, Approve) else ("办理", "do")
    until = Both("", "")
    if rule and clock:
        due, why = clock_words(clock.due, at), brackets(rule, clock)
        until = Both(f"，{due} 前完成（{why.zh}）", f" by {due} ({why.en})")
    return Both(f"请{verb[0]}{name.zh}{until.zh}", f"please {verb[1]} {name.en}{until.en}")


def _substitute(teller: "Teller", notice: Notice, facts: _Facts) -> Both:
    asked = _asked(teller, notice, facts)
    given = [one for one in facts[2].assignments.values() if one.id == notice.assignment and one.stands_for]
    if not given or given[0].stands_for is None:
        return asked
    absent = given[0].stands_for
    return Both(f"代 {teller.zh.person(absent)}：{asked.zh}", f"for {absent}: {asked.en}")


def _reminder(teller: "Teller", notice: Notice, facts: _Facts) -> Both:
    _, _, _, at = facts
    name = teller.quoted(notice.deadline or notice.step or "", deadline=notice.deadline is not None)
    if notice.due is None:
        return Both(f"请尽快办理{name.zh}", f"please do {name.en} soon")
    left, due = span_words(notice.due - at), clock_words(notice.due, at)
    return Both(f"{name.zh}还剩 {left.zh}，{due} 到期", f"{left.en} left for {name.en}, due {due}")


def _escalation(teller: "Teller", notice: Notice, facts: _Facts) -> Both:
    rule, clock, case, at = facts
    name = teller.quoted(notice.deadline or notice.step or "", deadline=notice.deadline is not None)
    if notice.due is None or rule is None:
        return Both(f"{name.zh}未按时办结", f"{name.en} is overdue")
    late, due, why = span_words(at - notice.due), clock_words(notice.due, at), brackets(rule, clock)
    past = at > notice.due
    zh = f"{name.zh}{f'已超时 {late.zh}' if past else '时限已过'}，应于 {due} 前完成（{why.zh}）"
    en = f"{name.en} is overdue{f' by {late.en}' if past else ''}, it was due {due} ({why.en})"
    idle = [one.person for one in case.assignments.values() if one.step == notice.step]
    names = list(dict.fromkeys(idle))
    if names:
        zh += f"；{'、'.join(map(teller.zh.person, names))}未办"
        en += f"; asked: {', '.join(names)}"
    return Both(zh, en)


def _target(teller: "Teller", notice: Notice, _facts: _Facts) -> Both:
    name = teller.quoted(notice.deadline or "", deadline=True)
    return Both(f"{name.zh}的内部目标时间已到（不算违反）", f"the internal target of {name.en} has come (no breach)")


def _deemed(teller: "Teller", notice: Notice, _facts: _Facts) -> Both:
    name = teller.quoted(notice.step or "")
    return Both(f"{name.zh}逾期未办，视为已办", f"{name.en} was not done in time and counts as done")


def _withdrawn(teller: "Teller", notice: Notice, _facts: _Facts) -> Both:
    name = teller.quoted(notice.step or "")
    why = next((zh for en, zh in _REASONS.items() if notice.reason.startswith(en)), notice.reason)
    return Both(f"{name.zh}不用再办理（{why}）", f"{name.en} is no longer needed ({notice.reason})")


def _told(teller: "Teller", notice: Notice, _facts: _Facts) -> Both:
    name = teller.quoted(notice.deadline or notice.step or "", deadline=notice.deadline is not None)
    if notice.reason:
        return Both(f"{name.zh}：{notice.reason}", f"{name.en}: {notice.reason}")
    return Both(f"{name.zh}已办结", f"{name.en} is done")


_SENTENCES: Final[Mapping[str, Callable[["Teller", Notice, _Facts], Both]]] = {
    "asked": _asked,
    "substitute": _substitute,
    "reminder": _reminder,
    "escalation": _escalation,
    "target": _target,
    "deemed": _deemed,
    "withdrawn": _withdrawn,
}


def _first_due(teller: "Teller", notice: Notice, case: Case) -> str | None:
    """The deadline by which somebody who is asked has to act: of several the first."""
    if notice.kind not in ("asked", "substitute") or notice.step is None:
        return None
    rules = teller.program.of_step.get(notice.step, ())
    running = [rule.id for rule in rules if rule.id in case.clocks and case.clocks[rule.id].status in ACTIVE]
    return min(running, key=lambda name: case.clocks[name].due, default=None)


def _roles(teller: "Teller", notice: Notice, rule: Rule | None) -> tuple[str, ...]:
    """The roles in which somebody is meant: those of the ladder's level, or those the step asks."""
    if notice.level and rule is not None:
        return tuple(who.role for who in rule.chain.get(notice.level, ()) if who.role)
    step = teller.program.plans[notice.step].step if notice.step else None
    return tuple(who.role for who in step.who if who.role) if isinstance(step, Task | Approve) else ()


def _clause(teller: "Teller", step: str | None) -> str | None:
    return teller.program.plans[step].step.clause if step else None
