"""Head and foot of a timeline: what was played, what came of it, and what the signs mean."""

from collections.abc import Sequence

from engine.pictures.rows import BODY, SMALL, Row, paragraph, pile, space
from engine.pictures.svg import Markup, box, element, joined, label
from engine.pictures.text_width import width
from engine.pictures.timeline_marks import SIGNS, mark
from engine.simulate.presenting import LABELS, grouped, headline
from engine.simulate.simulation import Row as Happening
from engine.simulate.simulation import Simulation
from engine.simulate.words import span_words


def heading(simulation: Simulation, room: float) -> Row:
    """The title, what was assumed, and what came of it in one line."""
    zh, en = headline(simulation)
    title, _, assumed = zh.rpartition("：")
    rows = [
        paragraph(title, room, 20, "large title", 2),
        space(2),
        paragraph(assumed, room, BODY, "body", 2),
        paragraph(en, room, SMALL, "small soft", 2),
        space(10),
        _summary(simulation, room),
        space(16),
    ]
    return pile(rows)


def _summary(simulation: Simulation, room: float) -> Row:
    """The result in a box, red where something was missed."""
    bad = any(row.kind == "missed" for row in simulation.rows)
    text = paragraph(summary(simulation), room - 28, BODY, f"body strong {'alarm' if bad else 'good'}", 4)
    height = text.height + 18
    frame = "alarm-soft" if bad else "good-soft"
    return Row(height, lambda x, y: joined([box(x, y, room, height, frame, 8), text.draw(x + 14, y + 9)]))


def summary(simulation: Simulation) -> str:
    """How it went, in one sentence."""
    rows = [group[0] for group in grouped(simulation.rows)]
    counts = [(word, sum(row.kind == kind for row in rows)) for kind, word in _COUNTED.items()]
    counted = "，".join(f"{word} {count} 次" for word, count in counts if count)
    told = [row for row in rows if row.kind == "escalation"]
    highest = f"，{span_words(told[-1].at - simulation.start).zh}后告知{told[-1].to_name}" if told else ""
    case = simulation.case
    if case is not None and case.closed_at is not None:
        took = span_words(case.closed_at - simulation.start).zh
        end = f"{took}后结束：{case.outcome}"
    else:
        end = "事项未办结"
    return "。".join(part for part in (counted + highest, end) if part)


_COUNTED = {"reminder": "提醒", "missed": "超时", "escalation": "升级", "substitute": "代理"}


def legend(groups: Sequence[Sequence[Happening]], room: float) -> Row:
    """The signs that occur, with their names."""
    kinds = [kind for kind in SIGNS if any(group[0].kind == kind for group in groups)]
    places: list[tuple[float, float, int]] = []
    x, y = 0.0, 0.0
    for number, kind in enumerate(kinds):
        long = 32 + width(LABELS[kind]) * SMALL + 16
        if x + long > room:
            x, y = 0.0, y + 30
        places.append((x, y, number))
        x += long

    def draw(left: float, top: float) -> Markup:
        parts = [element("path", d=f"M{left:g} {top + 8:g}h{room:g}", class_="lane")]
        for dx, dy, number in places:
            kind = kinds[number]
            level = "L1" if kind == "escalation" else ""
            parts.append(mark(kind, left + dx + 12, top + dy + 34, level))
            parts.append(label(left + dx + 29, top + dy + 38, LABELS[kind], "small soft"))
        bar_y = top + y + 62
        parts += [
            box(left + 2, bar_y, 22, 8, "bar open", 3),
            label(left + 30, bar_y + 8, "待办未完成", "small soft"),
            box(left + 108, bar_y, 22, 8, "bar overdue", 3),
            label(left + 136, bar_y + 8, "已超时", "small soft"),
            box(left + 192, bar_y - 3, 22, 14, "shade", 3),
            label(left + 220, bar_y + 8, "休息日", "small soft"),
        ]
        return joined(parts)

    return Row(y + 84, draw)
