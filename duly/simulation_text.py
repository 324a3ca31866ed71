"""A simulation as text: a table for people, JSON for programs."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from engine.pictures.text_width import clean, columns, pad, width, wrap
from engine.simulate import Row, Simulation
from engine.simulate.presenting import LABELS, day_words, grouped, headline, named

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


def as_lines(simulation: Simulation, room: int = 100) -> Iterator[tuple[str, str]]:
    """The lines of the table, each with its style: Chinese, and English below it."""
    zh, en = headline(simulation)
    yield from ((line, "bold") for line in wrap(zh, room, measure=columns))
    yield from ((line, "dim") for line in wrap(en, room, measure=columns))
    day = ""
    for group in grouped(simulation.rows):
        row = group[0]
        if (today := day_words(row.at)) != day:
            day = today
            yield "", ""
            yield f"── {day} {'─' * max(0, min(room, 60) - 4 - int(width(day, columns)))}", "dim"
        yield from _group(group, room)


def _group(group: Sequence[Row], room: int) -> Iterator[tuple[str, str]]:
    row, style = group[0], COLOURS.get(group[0].kind, "")
    head = f"{row.at:%H:%M:%S}  {pad(f'{LABELS[row.kind]} {row.level}'.rstrip(), 8)}"
    people = named([one.to_name for one in group], "（", "、")
    who = f"{people}：" if people and row.kind != "opened" else f"{people} " if people else ""
    indent = " " * int(width(head, columns))
    lines = wrap(who + row.text, room - len(indent), measure=columns)
    yield head + lines[0], style
    yield from ((indent + line, style) for line in lines[1:])
    names = named([one.to_name_en for one in group], " (", ", ")
    english = clean(f"{names}{': ' if names else ''}{row.text_en}")
    yield from ((indent + line, "dim") for line in wrap(english, room - len(indent), measure=columns))
