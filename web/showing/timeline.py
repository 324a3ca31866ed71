"""Timeline: the ledger of a case as sentences. It names who did what and when, never the content of an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec

from engine.program import Program
from engine.titles import Titles
from store.lists import HistoryEntry
from store.notes import NOTED

_ANSWER: Final = {"approve": "同意", "reject": "不同意", "return": "退回修改"}
_TOLD: Final = {
    "reminder": "提醒", "escalation": "升级", "target": "提前提醒", "substitute": "改由代理人办理",
    "breach": "超时通报", "vacancy": "岗位空缺报告", "deemed": "视为已办",
}  # fmt: skip
_PLAIN: Final = {
    "Withdrawn": "撤回事项", "Amended": "更正内容", "ChildOpened": "已启动关联事项", "ChildClosed": "关联事项已结束",
    "Bounced": "邮件未送达", "Reached": "已用其他方式联系到", "GateOverridden": "放行", "BreachCleared": "更正超时记录",
    "Exempted": "免除", "RosterChanged": "名册变更", "CompanyChanged": "组织或日历变更，时限已复核",
    "Reopened": "重新开启",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline."""

    seq: int
    at: datetime
    recorded_at: datetime
    who: str
    what: str
    note: str = ""
    tone: str = "plain"


def timeline(program: Program, entries: list[HistoryEntry]) -> list[Moment]:
    """What happened, the newest last."""
    titles = Titles(program)
    return [_moment(titles, entry) for entry in entries]


def _moment(titles: Titles, entry: HistoryEntry) -> Moment:
    body: Mapping[str, Any] = msgspec.json.decode(entry.body)
    if entry.kind == NOTED:
        files = "、".join(file["name"] for file in body["files"])
        note = "；附件：".join(one for one in (body["text"], files) if one) if body["text"] else f"附件：{files}"
        who = "系统" if entry.by == "system" else _writer(titles, entry.by)
        return Moment(entry.seq, entry.happened_at, entry.recorded_at, who, "补充说明", note)
    event, effects = body["event"], body["effects"]
    what, note = _event(titles, entry.kind, event, effects)
    tone = "bad" if any(one.get("change") == "missed" for one in effects) else "plain"
    who = "系统" if entry.by == "system" else _writer(titles, entry.by)
    return Moment(entry.seq, entry.happened_at, entry.recorded_at, who, what, note, tone)


def _writer(titles: Titles, by: str) -> str:
    """Somebody of the company by name; of somebody outside it only in which way they came."""
    outside = {"public": "来访者", "email": "来信人"}
    return "来信人" if by.startswith("mail:") else outside.get(by) or titles.person(by)


def _event(  # noqa: PLR0911 - one line a kind
    titles: Titles, kind: str, event: Mapping[str, Any], effects: list[Mapping[str, Any]]
) -> tuple[str, str]:
    step = titles.quoted(titles.step(event["step"])) if event.get("step") else ""
    reason = str(event.get("reason") or event.get("note") or "")
    match kind:
        case "Opened":
            return "立项", ""
        case "Done":
            return f"办结{step}", ""
        case "Decided":
            return f"对{step}的意见：{_ANSWER[event['answer']]}", reason
        case "Refused":
            return f"拒绝{step}", reason
        case "HandedOver":
            return f"将{step}转交{titles.person(event['to'])}", reason
        case "ApproverAdded":
            return f"为{step}增加审批人{titles.person(event['person'])}", reason
        case "Finished":
            return f"自动作业{step}{'完成' if event.get('ok', True) else '失败，转人工'}", ""
        case "TimerFired":
            return _timer(titles, effects)
        case _:
            return f"{_PLAIN.get(kind, kind)}{step}", reason


def _timer(titles: Titles, effects: list[Mapping[str, Any]]) -> tuple[str, str]:
    missed = [titles.deadline(one["deadline"]) for one in effects if one.get("change") == "missed"]
    told = [
        f"{_TOLD[one['kind']]}{' ' + one['level'] if one.get('level') else ''}：{titles.person(one['to'])}"
        for one in effects
        if one.get("type") == "Notice" and one.get("kind") in _TOLD
    ]
    return ("时限已过：" + "、".join(missed) if missed else "到点提醒"), "；".join(told[:12])
