"""Steps: where a case stands, step by step, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.case import Case, StepState, StepStatus
from engine.program import Program
from engine.titles import Titles
from models.language.moments import format_moment
from models.language.steps import End

STATUS: Final = {
    StepStatus.WAITING: "未开始",
    StepStatus.HELD: "被拦住",
    StepStatus.OPEN: "办理中",
    StepStatus.DONE: "已办结",
    StepStatus.SKIPPED: "不需要",
    StepStatus.CANCELLED: "已取消",
}
_OUTCOME: Final = {"approved": "同意", "rejected": "不同意", "failed": "失败", "deemed": "视为已办", "ok": ""}


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a case."""

    title: str
    clause: str
    status: str
    code: str
    who: str
    at: datetime | None
    outcome: str
    reason: str

    @property
    def begun(self) -> bool:
        """Whether anything has happened here yet."""
        return self.code in (StepStatus.OPEN, StepStatus.HELD, StepStatus.DONE)

    @property
    def details(self) -> list[str]:
        """Who, when and by which clause, as far as they are known."""
        when = format_moment(self.at) if self.at else ""
        return [one for one in (self.who, when, f"第 {self.clause} 条" if self.clause else "") if one]


def steps(program: Program, case: Case) -> list[StepView]:
    """Steps that have begun or are still ahead; ends, and what may be asked for but was not, are left out."""
    titles = Titles(program)
    return [
        _view(program, titles, case, name, state)
        for name, state in case.steps.items()
        if name in program.plans
        and not isinstance(program.plans[name].step, End)
        and not (program.plans[name].on_request and state.status is StepStatus.WAITING)
    ]


def outcome_in_words(outcome: str) -> str:
    """The outcome of a step."""
    return _OUTCOME.get(outcome, outcome)


def end_in_words(program: Program, case: Case) -> str:
    """How a case has ended: the title of the end it came to, where its author has given it one."""
    titles = Titles(program)
    ends = (step for step in program.procedure.steps if isinstance(step, End) and step.title)
    named = {step.outcome: titles.text(step.title) for step in ends}
    outcome = case.outcome or ""
    return named.get(outcome, outcome_in_words(outcome))


def _view(program: Program, titles: Titles, case: Case, name: str, state: StepState) -> StepView:
    asked = [titles.person(one.person) for one in case.assignments.values() if one.step == name]
    done_by = titles.person(state.by) if state.by and state.by != "system" else ""
    who = done_by if state.status is StepStatus.DONE else titles.listed(asked[:8])
    if state.slots:
        finished = sum(slot.status.value != "open" for slot in state.slots.values())
        who = f"{finished}/{len(state.slots)} 已答复"
    return StepView(
        titles.step(name), program.plans[name].step.clause or "", STATUS[state.status], state.status.value, who,
        state.done_at if state.status is StepStatus.DONE else state.opened_at, outcome_in_words(state.outcome),
        state.reason,
    )  # fmt: skip
