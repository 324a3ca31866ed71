"""Panels: what stands above and below the boxes of a flowchart: title, deadlines between events, gates, signs."""

from collections.abc import Iterable, Sequence
from typing import Final

from engine.condition_words import in_words
from engine.pictures.icons import icon
from engine.pictures.limits import Limit, between_events, limit_of
from engine.pictures.rows import BODY, SMALL, Row, badge_of, limit_row, noted, paragraph, pile, space
from engine.pictures.steps_in_words import KINDS
from engine.pictures.svg import NOTHING, Markup, box, joined, label
from engine.pictures.text_width import clip, width
from engine.program import GatePlan, Program, Rule
from engine.titles import Titles

_LEFT: Final = 16.0
_BASES: Final = (
    Limit("", "explicit", "明文", "", ()),
    Limit("", "law", "法定", "", ()),
    Limit("", "default", "默认", "", ()),
    Limit("", "target", "目标", "", ()),
)
_BASIS_WORDS: Final = ("条款写明", "外部法律", "模糊用语的默认值", "内部目标，超过不算违反")


def heading(program: Program, titles: Titles, room: float) -> Row:
    """The title of the procedure, who is accountable, and which clauses it carries out."""
    procedure = program.procedure
    english = procedure.title.en
    facts = [procedure.procedure, f"负责人：{titles.people(procedure.owner)}"]
    if procedure.sensitivity != "normal":
        facts.append({"restricted": "内容受限", "sealed": "密封"}[procedure.sensitivity])
    rows = [paragraph(procedure.title.zh, room, 22, "huge", 3)]
    if english:
        rows.append(paragraph(english, room, BODY, "body soft", 2))
    rows += [space(3), paragraph("　·　".join(facts), room, BODY, "body soft", 2)]
    if procedure.clauses:
        rows.append(paragraph(f"落实条款 {'、'.join(procedure.clauses)}", room, SMALL, "small soft", 2))
    return pile([*rows, space(18)])


def section(title: str, note: str, room: float) -> Row:
    """The heading of a part of the picture."""
    aside = width(title) * 16 + 12
    note = clip(note, max((room - aside) / SMALL, 1)) if note else ""
    return pile(
        [
            space(24),
            Row(
                20,
                lambda x, y: joined([label(x, y + 15, title, "large"), label(x + aside, y + 15, note, "small soft")]),
            ),
            Row(10, lambda x, y: box(x, y + 4, room, 1, "band")),
        ]
    )


def deadlines_panel(program: Program, titles: Titles, room: float) -> Row:
    """The deadlines that run across steps; nothing if there are none."""
    rules = between_events(program)
    if not rules:
        return space(0)
    rows = [_frame([_deadline(rule, titles, room - 2 * _LEFT)], room) for rule in rules]
    return pile([section("跨步骤时限", "从一个事件到另一个事件", room), *rows])


def gates_panel(program: Program, titles: Titles, room: float) -> Row:
    """What every gate waits for and whom it holds; nothing if there are none."""
    if not program.gates:
        return space(0)
    rows = [_frame(_gate(plan, titles, room - 2 * _LEFT), room) for plan in program.gates.values()]
    return pile([section("门禁", "条件成立前，步骤不能开始，谁也不能点过去", room), *rows])


def legend(room: float) -> Row:
    """What the signs mean."""
    signs = [_sign(kind, words) for kind, words in KINDS.items()]
    signs += [_badge(limit, words) for limit, words in zip(_BASES, _BASIS_WORDS, strict=True)]
    signs += [_sign("gate", "门禁"), _sign("each", "逐人或逐项"), _sign("repeat", "反复办理"), _dashed()]
    return pile([section("图例", "", room), _flowing(signs, room)])


def _deadline(rule: Rule, titles: Titles, room: float) -> Row:
    starts = "或".join(titles.event(one) for one in rule.starts)
    return pile(
        [
            paragraph(titles.deadline(rule.id), room, BODY, "body strong", 2),
            paragraph(f"从 {starts}　到 {titles.event(rule.until)}", room, SMALL, "small", 3),
            limit_row(limit_of(rule, titles), room - 4),
        ]
    )


def _gate(plan: GatePlan, titles: Titles, room: float) -> list[Row]:
    gate = plan.gate
    held = "、".join(f"「{titles.step(name)}」" for name in gate.holds)
    who = f"{titles.people(gate.override)}可凭书面理由放行" if gate.override else "任何人不得放行"
    clause = f"（{gate.clause}）" if gate.clause else ""
    return [
        noted("gate", titles.text(gate.says) + clause, room, 3, "warn", BODY),
        paragraph(f"拦住 {held}", room, SMALL, "small", 3),
        paragraph(f"放行条件 {in_words(plan.until, titles)}", room, SMALL, "small", 4),
        paragraph(who, room, SMALL, "small soft", 2),
    ]


def _frame(rows: Iterable[Row], room: float) -> Row:
    content = pile(rows)
    height = content.height + 18
    return Row(
        height + 8,
        lambda x, y: joined([box(x, y + 6, room, height, "card", 9), content.draw(x + _LEFT, y + 14)]),
    )


def _sign(sign: str, words: str) -> tuple[float, Row]:
    class_ = sign if sign in KINDS else "warn" if sign == "gate" else ""
    row = Row(20, lambda x, y: joined([icon(sign, x, y + 2, class_, 14), label(x + 18, y + 13.5, words, "small soft")]))
    return 18 + width(words) * SMALL, row


def _badge(limit: Limit, words: str) -> tuple[float, Row]:
    badge = badge_of(limit)
    row = Row(
        20, lambda x, y: joined([badge.draw(x, y + 1), label(x + badge.height + 5, y + 13.5, words, "small soft")])
    )
    return badge.height + 5 + width(words) * SMALL, row


def _dashed() -> tuple[float, Row]:
    words = "虚线框：可随时发起"
    row = Row(
        20, lambda x, y: joined([box(x, y + 3, 20, 13, "card asked", 4), label(x + 26, y + 13.5, words, "small soft")])
    )
    return 26 + width(words) * SMALL, row


def _flowing(signs: Sequence[tuple[float, Row]], room: float) -> Row:
    """Signs one after another, in as many lines as they need."""
    places: list[tuple[float, float, Row]] = []
    x = y = 0.0
    for long, row in signs:
        if x and x + long > room:
            x, y = 0.0, y + 22
        places.append((x, y, row))
        x += long + 22
    if not places:
        return Row(0, lambda _x, _y: NOTHING)

    def draw(left: float, top: float) -> Markup:
        return joined([row.draw(left + dx, top + dy) for dx, dy, row in places])

    return Row(y + 26, draw)
