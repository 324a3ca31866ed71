"""Presenting: what text and picture of a simulation have in common: labels, headline, and rows that belong together."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from engine.simulate.simulation import Row, Simulation
from models.language.moments import format_moment

LABELS: Final = {
    "opened": "立项",
    "asked": "待办",
    "started": "计时",
    "reminder": "提醒",
    "substitute": "代理",
    "target": "目标",
    "missed": "超时",
    "escalation": "升级",
    "deemed": "视为",
    "notice": "告知",
    "withdrawn": "撤回",
    "vacancy": "空缺",
    "done": "办理",
    "met": "按时",
    "late": "迟办",
    "changed": "改期",
    "held": "门禁",
    "machine": "作业",
    "calls": "启动",
    "owner": "负责",
    "refused": "拒绝",
    "stuck": "无解",
    "repeats": "重复",
    "ended": "结束",
    "rest": "此后",
}
_ANSWERS: Final = {
    "silent": ("假设立项后没有任何人办理", "nobody does anything after the case has opened"),
    "prompt": ("假设每个人接到待办 15 分钟后即办结", "everybody acts 15 minutes after being asked"),
    "file": ("按文件所写的经过", "people do what the file says"),
}


def grouped(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows as people read them: the same words to several people at the same time belong together.

    That a deadline starts is left out where somebody is asked with that deadline in the same second.
    """
    asked = {(row.at, row.deadline) for row in rows if row.kind in ("asked", "substitute")}
    found: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        if row.kind == "started" and (row.at, row.deadline) in asked:
            continue
        found.setdefault((row.at, row.kind, row.level, row.text), []).append(row)
    return list(found.values())


def headline(simulation: Simulation) -> tuple[str, str]:
    """What is played, in Chinese and English."""
    procedure, (zh, en) = simulation.program.procedure, _ANSWERS[simulation.answers]
    at = format_moment(simulation.start)
    return f"{procedure.title.zh}：{at} 立项，{zh}", f"{procedure.title.english}: opened {at}, {en}"


def named(names: Sequence[str], bracket: str, comma: str) -> str:
    """Several people; a role that all of them share is said once."""
    known = list(dict.fromkeys(name for name in names if name))
    roles = {name.partition(bracket)[2] for name in known}
    if len(known) > 1 and len(roles) == 1:
        known = [name.partition(bracket)[0] for name in known[:-1]] + known[-1:]
    return comma.join(known)


def day_words(moment: datetime) -> str:
    """The date with its day of the week."""
    return f"{moment:%Y-%m-%d} 周{'一二三四五六日'[moment.weekday()]}"
