"""DL035: gates whose condition needs what they hold back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models.expressions import Expression
from models.language.possible import can_hold, needed
from models.language.problem import Problem, Wording, Words
from models.language.procedure import Gate
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.steps import Step
from models.language.subject import Subject

_HOLDS: Final = Wording(
    "DL035",
    Words(
        "gate `{gate}` can never open: its condition needs `{step}`, which the gate itself holds back",
        "门禁 `{gate}` 永远打不开：放行条件要求 `{step}`，而它正被这道门禁拦住",
    ),
    Words(
        "take `{step}` out of `holds`, or out of the condition",
        "请从 `holds` 中去掉 `{step}`，或从条件中去掉它",
    ),
)
_BELOW: Final = Wording(
    "DL035",
    Words(
        "gate `{gate}` can never open: its condition needs `{step}`, which comes after what the gate holds back",
        "门禁 `{gate}` 永远打不开：放行条件要求 `{step}`，而它排在被这道门禁拦住的步骤之后",
    ),
    Words(
        "hold a later step, or let `{step}` come before the steps in `holds`",
        "请改为拦住更后面的步骤，或让 `{step}` 排在 `holds` 中的步骤之前",
    ),
)
_MUTUAL: Final = Wording(
    "DL035",
    Words(
        "gate `{gate}` can never open: it needs `{step}`, which other gates hold back until this one opens: {others}",
        "门禁 `{gate}` 永远打不开：放行条件要求 `{step}`，而拦住它的门禁又在等这一道：{others}",
    ),
    Words("let one of these gates open without the other", "请让其中一道门禁不依赖另一道就能放行"),
)
_FALSE: Final = Wording(
    "DL035",
    Words("gate `{gate}` can never open: its condition is never true", "门禁 `{gate}` 永远打不开：放行条件不可能成立"),
    Words("write what has to happen first, e.g. `report.done`", "请写必须先发生什么，例如 `report.done`"),
)


@dataclass(frozen=True, slots=True)
class _Barrier:
    """A gate, where its condition stands, and what it means."""

    gate: Gate
    loc: Loc
    until: Expression


def _check(subject: Subject) -> Iterator[Problem]:
    barriers = _barriers(subject)
    shut = _shut(subject, barriers)
    for barrier in shut:
        never = _never_done(subject, [barrier])
        alone = not can_hold(barrier.until.tree, never)
        if not alone:
            never = _never_done(subject, shut)
        reads = needed(barrier.until.tree, never)
        step = reads[0].path.partition(".")[0] if reads else ""
        others = ", ".join(f"`{one.gate.id}`" for one in shut if one is not barrier)
        column = reads[0].place.column if reads else 0
        wording = _wording(step, barrier, alone=alone)
        values = {"gate": barrier.gate.id, "step": step, "others": others}
        yield subject.say_inside(wording, barrier.loc, barrier.until.text, column, **values)


def _wording(step: str, barrier: _Barrier, *, alone: bool) -> Wording:
    if not step:
        return _FALSE
    if step in barrier.gate.holds:
        return _HOLDS
    return _BELOW if alone else _MUTUAL


def _barriers(subject: Subject) -> list[_Barrier]:
    found = []
    for index, gate in enumerate(subject.procedure.gates):
        loc: Loc = ("gates", index, "until")
        condition = subject.conditions.get(loc)
        if condition is not None and condition.meaning is not None:
            found.append(_Barrier(gate, loc, condition.meaning))
    return found


def _shut(subject: Subject, barriers: list[_Barrier]) -> list[_Barrier]:
    """The gates that stay shut: all but those that can be opened one after another."""
    shut = list(barriers)
    while True:
        never = _never_done(subject, shut)
        left = [barrier for barrier in shut if not can_hold(barrier.until.tree, never)]
        if left == shut:
            return shut
        shut = left


def _never_done(subject: Subject, shut: list[_Barrier]) -> frozenset[str]:
    """Steps that are never done while these gates are shut: those they hold, and what has to wait for them."""
    order = subject.order
    found = {name for barrier in shut for name in barrier.gate.holds if name in subject.steps}
    grown = True
    while grown:
        more = {
            name
            for name, step in subject.steps.items()
            if name not in found and _waits(step, order.after[name], found, subject)
        }
        found |= more
        grown = bool(more)
    return frozenset(found)


def _waits(step: Step, after: tuple[str, ...], never: set[str], subject: Subject) -> bool:
    # A step with a condition may be skipped, and then lets pass what follows it.
    blocking = [name in never and subject.steps[name].when is None for name in after]
    return bool(blocking) and (all(blocking) if step.wait_for == "any" else any(blocking))


_RIGHT: Final = """\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
owner: security_officer
chain: office
starts:
  - by: form
steps:
  - id: register
    kind: task
    title: 登记来访人员
    who: security_guard
    within: 2 working hours
  - id: report
    kind: task
    title: 报告接待部门
    after: []
    who: security_guard
    within: 2 working hours
  - id: finished
    kind: end
    after: [register, report]
    outcome: registered
gates:
  - id: reported_first
    holds: [register]
    until: report.done
    says: 须先报告接待部门
"""

RULE: Final = Rule(
    id="DL035",
    title="a gate that can never open",
    title_zh="门禁永远打不开",
    why=(
        "Nobody can click past a gate. If its condition needs a step that the gate holds back, or one that comes after "
        "such a step, or if two gates wait for each other, the case stands still for ever."
    ),
    why_zh=(
        "门禁任何人都点不过去。如果放行条件要求的步骤正被它拦住，或者排在被拦住的步骤之后，或者两道门禁互相等待，"
        "事项就永远停在那里。"
    ),
    wrong=_RIGHT.replace("until: report.done", "until: register.done"),
    right=_RIGHT,
    check=_check,
)
