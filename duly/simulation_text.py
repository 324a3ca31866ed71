"""A simulation as text: a table for people, JSON for programs."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from engine.pictures.text_width import clean, columns, pad, width, wrap
from engine.simulate import Row, Simulation
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
COLOURS: Final = {
    "reminder": "yellow",
    "missed": "bold red",
    "escalation": "red",
    "late": "red",
    "refused": "red",
    "stuck": "red",
    "substitute": "magenta",
    "target": "cyan",
    "met": "green",
    "done": "green",
    "ended": "bold green",
    "opened": "bold",
    "rest": "bold",
}
"""Styles of rich by the kind of row; the rest are plain."""

_ANSWERS: Final = {
    "silent": ("假设立项后没有任何人办理", "nobody does anything after the case has opened"),
    "prompt": ("假设每个人接到待办 15 分钟后即办结", "everybody acts 15 minutes after being asked"),
    "file": ("按文件所写的经过", "people do what the file says"),
}


def as_data(simulation: Simulation) -> dict[str, Any]:
    """The simulation for programs; moments are ISO 8601 with +08:00. Keys are added but never renamed."""
    procedure = simulation.program.procedure
    return {
        "procedure": procedure.procedure,
        "version": simulation.program.version,
        "start": simulation.start.isoformat(),
        "answers": simulation.answers,
        "outcome": simulation.outcome,
        "events": [_row(row) for row in simulation.rows],
    }


def as_json(simulation: Simulation) -> str:
    """The same as indented JSON text."""
    return json.dumps(as_data(simulation), ensure_ascii=False, indent=2)


def _row(row: Row) -> dict[str, Any]:
    return {
        "at": row.at.isoformat(),
        "kind": row.kind,
        "to": row.to,
        "to_name": row.to_name or None,
        "deadline": row.deadline,
        "step": row.step,
        "clause": row.clause,
        "level": row.level or None,
        "due": row.due.isoformat() if row.due else None,
        "text": row.text,
        "text_en": row.text_en,
        "receipt": list(row.receipt),
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


def as_lines(simulation: Simulation, room: int = 100) -> Iterator[tuple[str, str]]:
    """The lines of the table, each with its style: Chinese, and English below it."""
    zh, en = headline(simulation)
    yield from ((line, "bold") for line in wrap(zh, room, measure=columns))
    yield from ((line, "dim") for line in wrap(en, room, measure=columns))
    day = ""
    for group in grouped(simulation.rows):
        row = group[0]
        if (today := _day(row)) != day:
            day = today
            yield "", ""
            yield f"── {day} {'─' * max(0, min(room, 60) - 4 - int(width(day, columns)))}", "dim"
        yield from _group(group, room)


def _group(group: Sequence[Row], room: int) -> Iterator[tuple[str, str]]:
    row, style = group[0], COLOURS.get(group[0].kind, "")
    head = f"{row.at:%H:%M:%S}  {pad(f'{LABELS[row.kind]} {row.level}'.rstrip(), 8)}"
    people = _named([one.to_name for one in group], "（", "、")
    who = f"{people}：" if people and row.kind != "opened" else f"{people} " if people else ""
    indent = " " * int(width(head, columns))
    lines = wrap(who + row.text, room - len(indent), measure=columns)
    yield head + lines[0], style
    yield from ((indent + line, style) for line in lines[1:])
    names = _named([one.to_name_en for one in group], " (", ", ")
    english = clean(f"{names}{': ' if names else ''}{row.text_en}")
    yield from ((indent + line, "dim") for line in wrap(english, room - len(indent), measure=columns))


def _named(names: Sequence[str], bracket: str, comma: str) -> str:
    """Several people; a role that all of them share is said once."""
    known = list(dict.fromkeys(name for name in names if name))
    roles = {name.partition(bracket)[2] for name in known}
    if len(known) > 1 and len(roles) == 1:
        known = [name.partition(bracket)[0] for name in known[:-1]] + known[-1:]
    return comma.join(known)


def _day(row: Row) -> str:
    return f"{row.at:%Y-%m-%d} 周{'一二三四五六日'[row.at.weekday()]}"
