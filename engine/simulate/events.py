"""Events: what somebody does, as a row."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from engine.events import Amended, Decided, Event, Finished, Opened
from engine.simulate.simulation import Row
from engine.simulate.words import Both
from engine.titles import Titles
from models.language.fields import ChoiceField
from models.language.steps import Approve, Task

if TYPE_CHECKING:
    from engine.simulate.rows import Teller

_VERBS: Final[Mapping[str, tuple[str, str]]] = {
    "Done": ("办结{}", "has done {}"),
    "Refused": ("拒绝{}", "refuses {}"),
    "HandedOver": ("转交{}", "hands over {}"),
    "ApproverAdded": ("为{}增加审批人", "adds an approver to {}"),
    "Withdrawn": ("撤回本事项", "withdraws the case"),
    "Amended": ("更正表单", "corrects the form"),
    "ChildOpened": ("{}已立项", "{} has a case number"),
    "ChildClosed": ("{}启动的规程已办结", "the procedure started by {} has ended"),
    "Bounced": ("{}的邮件被退回", "a mail about {} bounced"),
    "Reached": ("已另行联系上，事关{}", "was reached otherwise about {}"),
    "GateOverridden": ("凭理由放行门禁", "passes a gate with a reason"),
    "BreachCleared": ("撤销违反记录", "clears a breach"),
    "Exempted": ("豁免{}中的一项", "exempts an entry of {}"),
    "RosterChanged": ("{}的名册变动", "the roster of {} changes"),
    "CompanyChanged": ("日历或组织有变动", "the calendar or the organisation changes"),
    "Reopened": ("重新开启本事项", "reopens the case"),
}
_ANSWERS: Final[Mapping[str, tuple[str, str]]] = {
    "approve": ("同意{}", "approves {}"),
    "reject": ("不同意{}", "rejects {}"),
    "return": ("退回{}", "returns {} for changes"),
}


def event_row(teller: "Teller", event: Event, at: datetime) -> Row:
    """The row of one event."""
    if isinstance(event, Opened):
        return _opened(teller, event, at)
    step = getattr(event, "step", None)
    verbs = _verbs(event)
    name = teller.quoted(step) if step else Both("", "")
    text = Both(verbs[0].replace("{}", name.zh), verbs[1].replace("{}", name.en))
    return teller.row(at, "done", text, event.by, step=step, roles=_roles(teller, step))


def _verbs(event: Event) -> tuple[str, str]:
    if isinstance(event, Decided):
        return _ANSWERS[event.answer]
    if isinstance(event, Finished):
        return (
            ("自动作业完成{}", "machine work is finished: {}")
            if event.ok
            else ("自动作业失败{}", "machine work failed: {}")
        )
    if isinstance(event, Amended):
        return _VERBS["Amended"]
    return _VERBS[type(event).__name__]


def _opened(teller: "Teller", event: Opened, at: datetime) -> Row:
    title = teller.program.procedure.title
    choices = [
        f"{teller.zh.field(name)}：{_shown(teller.zh, name, value)}"
        for name, value in event.facts.items()
        if isinstance(teller.program.procedure.form.get(name), ChoiceField)
    ]
    aside = f"（{'，'.join(choices[:3])}）" if choices else ""
    text = Both(f"开启「{title.zh}」{aside}", f"opens a case: {title.english}")
    return teller.row(at, "opened", text, event.by, roles=_first_roles(teller))


def _shown(titles: Titles, name: str, value: Any) -> str:
    field = titles.procedure.form.get(name)
    option = field.options.get(str(value)) if isinstance(field, ChoiceField) else None
    return titles.text(option, str(value))


def _first_roles(teller: "Teller") -> tuple[str, ...]:
    first = next((name for name, plan in teller.program.plans.items() if not plan.after), None)
    return _roles(teller, first)


def _roles(teller: "Teller", step: str | None) -> tuple[str, ...]:
    plan = teller.program.plans.get(step or "")
    who = plan.step.who if plan and isinstance(plan.step, Task | Approve) else ()
    return tuple(one.role for one in who if one.role)
