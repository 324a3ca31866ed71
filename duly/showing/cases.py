"""Cases in a terminal, and as data for programs: the list of open ones, and all about one."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from engine.case import ACTIVE, Case, StepStatus
from engine.program import Program
from engine.titles import Titles
from models.language.moments import format_moment
from store.lists import HistoryEntry
from web.showing.clocks import DeadlineView, deadlines, span_in_words
from web.showing.facts import facts
from web.showing.steps import steps
from web.showing.timeline import timeline

_SEALED: Final = "（密封）"
_TONES: Final = {"bad": "red", "soon": "yellow", "good": "green", "plain": "default"}


def line_of(case: Case, program: Program, now: datetime) -> dict[str, Any]:
    """One open case for a list; moments are ISO 8601 with +08:00. A sealed one shows no names."""
    titles = Titles(program)
    due = min((clock.due for clock in case.clocks.values() if clock.status in ACTIVE), default=None)
    sealed = case.sensitivity == "sealed"
    open_steps = [name for name, state in case.steps.items() if state.status is StepStatus.OPEN]
    asked = dict.fromkeys(titles.person(one.person) for one in case.assignments.values())
    return {
        "case": case.id,
        "procedure": case.procedure,
        "title": program.procedure.title.zh,
        "opened_at": case.opened_at.isoformat(),
        "steps": [] if sealed else [titles.step(name) for name in open_steps],
        "asked": [] if sealed else list(asked),
        "due": due.isoformat() if due else None,
        "late": bool(due and now > due),
    }


def print_cases(console: Console, lines: Iterable[dict[str, Any]], now: datetime) -> None:
    """A table of open cases."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("事项", "规程", "办理中", "办理人", "时限", ""):
        table.add_column(title, no_wrap=title in ("事项", "时限"))
    for one in lines:
        due = datetime.fromisoformat(one["due"]) if one["due"] else None
        left = f"{'已超' if one['late'] else '还剩'} {span_in_words(due - now)}" if due else ""
        table.add_row(
            one["case"], escape(one["title"]), escape("、".join(one["steps"])), escape(_few(one["asked"])),
            format_moment(due) if due else "—", left, style="red" if one["late"] else "",
        )  # fmt: skip
    console.print(table)


def data_of(case: Case, program: Program, entries: list[HistoryEntry], now: datetime) -> dict[str, Any]:
    """All about one case for programs. Sealed fields are named and not shown."""
    return {
        "case": case.id,
        "procedure": case.procedure,
        "version": case.version,
        "title": program.procedure.title.zh,
        "status": "closed" if case.closed_at else "open",
        "outcome": case.outcome,
        "opened_at": case.opened_at.isoformat(),
        "owner": case.owner,
        "facts": _facts(case, program),
        "deadlines": [_deadline(one) for one in deadlines(program, case, now)],
        "steps": [
            {
                "title": one.title, "clause": one.clause, "status": one.code, "who": one.who,
                "at": one.at.isoformat() if one.at else None, "outcome": one.outcome,
            }
            for one in steps(program, case)
        ],
        "assignments": [
            {"step": one.step, "person": one.person, "stands_for": one.stands_for, "asked_at": one.asked_at.isoformat()}
            for one in case.assignments.values()
        ],
        "ledger": [
            {
                "seq": one.seq, "at": one.at.isoformat(), "recorded_at": one.recorded_at.isoformat(), "who": one.who,
                "what": one.what, "note": one.note,
            }
            for one in timeline(program, entries)
        ],
    }  # fmt: skip


def as_json(data: Any) -> str:
    """Indented JSON text."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def print_case(console: Console, case: Case, program: Program, entries: list[HistoryEntry], now: datetime) -> None:
    """All about one case for people."""
    state = f"已结束（{case.outcome}）" if case.closed_at else "办理中"
    console.print(f"[bold]{case.id}  {escape(program.procedure.title.zh)}[/bold]  {state}  规程版本 {case.version}")
    console.print(f"立项 {format_moment(case.opened_at)}")
    for one in _facts(case, program):
        text = one["text"] or f"{len(one['rows'])} 行"
        console.print(f"  {escape(one['title'])}：{escape(text)}")
    _print_deadlines(console, deadlines(program, case, now))
    console.print("\n[bold]步骤[/bold]")
    for view in steps(program, case):
        details = "，".join([*view.details, *([view.outcome] if view.outcome else [])])
        console.print(f"  {view.status}  {escape(view.title)}  [dim]{escape(details)}[/dim]")
    console.print("\n[bold]台账[/bold]")
    for moment in timeline(program, entries):
        note = f"  [dim]{escape(moment.note)}[/dim]" if moment.note else ""
        line = f"  {moment.seq:>6}  {format_moment(moment.at)}  {escape(moment.who)}  {escape(moment.what)}{note}"
        console.print(line, style="red" if moment.tone == "bad" else "")


def _print_deadlines(console: Console, views: list[DeadlineView]) -> None:
    if not views:
        return
    console.print("\n[bold]时限[/bold]")
    for view in views:
        clause = f"（第 {view.clause} 条）" if view.clause else ""
        console.print(
            f"  {escape(view.title)}{clause}  {format_moment(view.due)}  {view.left or view.status}",
            style=_TONES[view.tone],
        )
        for line in view.receipt:
            console.print(f"      [dim]{escape(line)}[/dim]")


def _facts(case: Case, program: Program) -> list[dict[str, Any]]:
    titles, form = Titles(program), program.procedure.form
    return [
        {"title": one.title, "text": _SEALED if one.sealed else one.text, "rows": [list(row) for row in one.rows]}
        for one in facts(titles, form, case.facts, form, unsealed=False)
    ]


def _deadline(one: DeadlineView) -> dict[str, Any]:
    return {
        "title": one.title, "clause": one.clause, "status": one.status, "due": one.due.isoformat(),
        "provisional": one.provisional, "receipt": list(one.receipt),
    }  # fmt: skip


def _few(names: list[str]) -> str:
    return "、".join(names[:3]) + (f" 等 {len(names)} 人" if len(names) > 3 else "")
