"""Clocks: a deadline that starts, is met, missed or moved, as a row of the timeline."""

from collections.abc import Mapping, Set
from datetime import datetime
from typing import TYPE_CHECKING, Final

from engine.case import Case
from engine.effects import ClockMoved
from engine.simulate.simulation import Kind, Row
from engine.simulate.words import Both, brackets, clause_of, clock_words, receipt_lines, start_event

if TYPE_CHECKING:
    from engine.simulate.rows import Teller


def clock_row(teller: "Teller", effect: ClockMoved, changes: Set[str], case: Case, at: datetime) -> Row | None:
    """The row of one change; `changes` are all that happened to this deadline in the same decision."""
    rule, clock = teller.program.rules[effect.deadline], case.clocks.get(effect.deadline)
    if clock is None:
        return None
    make = _CLOCKS.get(effect.change)
    # What starts and ends in the same second was recorded after the fact: nobody waited for it.
    over = effect.change in ("started", "met") and {"started", "met"} <= changes
    if make is None or over or (effect.change == "missed" and rule.source.target):
        return None
    kind, zh, en = make
    name, due, why = teller.quoted(effect.deadline, True), clock_words(effect.due, at), brackets(rule, clock)
    event = start_event(rule, clock, case)
    words = {"due": due, "zh": why.zh, "en": why.en, "name_zh": name.zh, "name_en": name.en}
    # That a deadline runs from the opening of its own step goes without saying.
    said = event != f"{rule.until_step}.opened"
    words["from_zh"] = f"自{teller.zh.event(event)}起" if said else "即刻起"
    words["from_en"] = f"from: {teller.en.event(event)}; " if said else ""
    late = "（暂定）" if clock.provisional else "", " (provisional)" if clock.provisional else ""
    text = Both(_filled(zh, words) + late[0], _filled(en, words) + late[1])
    lines = receipt_lines(teller.program, rule, clock) if kind in ("started", "changed") else ()
    return teller.row(
        at,
        kind,
        text,
        step=rule.until_step,
        deadline=rule.id,
        clause=clause_of(rule, clock),
        due=effect.due,
        receipt=lines,
    )


def _filled(template: str, words: Mapping[str, str]) -> str:
    """Our own template with an author's words in it; theirs are never taken for a template."""
    return template.format_map(words)


_CLOCKS: Final[Mapping[str, tuple[Kind, str, str]]] = {
    "started": (
        "started",
        "{name_zh}开始计时：{from_zh}，{due} 前完成（{zh}）",
        "{name_en} starts to run; {from_en}until {due} ({en})",
    ),
    "missed": (
        "missed",
        "{name_zh}没有在 {due} 前完成，记为违反（{zh}）",
        "{name_en} was not done by {due}: a breach ({en})",
    ),
    "met": ("met", "{name_zh}按时完成，时限是 {due}", "{name_en} is met, it was due {due}"),
    "late": ("late", "{name_zh}超时完成，时限是 {due}（{zh}）", "{name_en} is met late, it was due {due} ({en})"),
    "replaced": ("changed", "{name_zh}的时限改为 {due}（{zh}）", "{name_en} is now due {due} ({en})"),
    "extended": ("changed", "{name_zh}延期到 {due}（{zh}）", "{name_en} is extended to {due} ({en})"),
    "recomputed": (
        "changed",
        "{name_zh}按新日历重算，到期 {due}（{zh}）",
        "{name_en} is counted again and due {due} ({en})",
    ),
    "cleared": ("changed", "{name_zh}的违反记录已撤销", "the breach of {name_en} is cleared"),
}
