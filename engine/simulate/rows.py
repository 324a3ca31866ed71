"""Rows: what an event and its effects look like to somebody who reads the timeline."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from engine.case import Case
from engine.effects import (
    CaseEnded,
    ClockMoved,
    Effect,
    Notice,
    OpenCase,
    OwnerChanged,
    RunMachine,
    StepMoved,
)
from engine.errors import Refusal
from engine.events import Decided, Done, Event, Opened, TimerFired
from engine.program import Program
from engine.simulate.clocks import clock_row
from engine.simulate.events import event_row
from engine.simulate.notices import notice_row
from engine.simulate.simulation import Kind, Row
from engine.simulate.words import Both, clock_words, person_words
from engine.titles import Titles
from models.language.steps import Task

_RANK: Final[Mapping[str, int]] = {
    "opened": 0, "done": 1, "met": 2, "late": 2, "missed": 3, "held": 4, "asked": 5, "started": 6,
    "owner": 8, "calls": 8, "machine": 8, "ended": 9,
}  # fmt: skip
"""The order of rows of the same second, as a reader would tell it; the rest stand between."""


class Teller:
    """Tells what happens in the cases of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.zh = Titles(program, "zh")
        self.en = Titles(program, "en")

    def rows(self, event: Event, effects: Iterable[Effect], before: Case | None, case: Case, at: datetime) -> list[Row]:
        """Everything that one event brought about."""
        found = [] if isinstance(event, TimerFired) else [event_row(self, event, at)]
        effects = tuple(effects)
        for effect in effects:
            tell = _TELLERS.get(type(effect))
            row = tell(self, effect, (event, effects, before, case, at)) if tell else None
            if row is not None:
                found.append(row)
        return sorted(found, key=lambda row: (row.at, _RANK.get(row.kind, 7)))

    def row(self, at: datetime, kind: Kind, text: Both, person: str | None = None, **more: Any) -> Row:
        """A row; `roles` are those in which the person is meant here."""
        roles = more.pop("roles", ())
        names = [person_words(titles, person, roles) if person else "" for titles in (self.zh, self.en)]
        return Row(at, kind, text.zh, text.en, person, names[0], names[1], **more)

    def quoted(self, name: str, deadline: bool = False) -> Both:
        """The title of a step or deadline in quotation marks, in both languages."""
        find = [titles.deadline if deadline else titles.step for titles in (self.zh, self.en)]
        return Both(self.zh.quoted(find[0](name)), self.en.quoted(find[1](name)))

    def repeats(self, row: Row) -> Row:
        """That a row would come again and again."""
        name = self.quoted(row.deadline or row.step or "", deadline=row.deadline is not None)
        text = Both(f"{name.zh}此后照此重复，不再列出", f"{name.en} goes on like this; not listed any more")
        return self.row(row.at, "repeats", text, row.to, step=row.step, deadline=row.deadline)

    def refused(self, event: Event, refusal: Refusal, now: datetime) -> Row:
        """That somebody wanted to do what is not allowed."""
        step = getattr(event, "step", None)
        what = self.quoted(step).zh if step else ""
        text = Both(f"系统拒绝{what}：{refusal}", f"refused: {refusal}")
        return self.row(now, "refused", text, event.by, step=step)

    def stuck(self, step: str, by: str | None, refusal: Refusal, now: datetime) -> Row:
        """That no sample answer was accepted."""
        name = self.quoted(step)
        text = Both(
            f"{name.zh}没有合适的样例答案（{refusal.message}）；可用 --answers 文件写明",
            f"no sample answer fits {name.en} ({refusal.message}); write one in a file for --answers",
        )
        return self.row(now, "stuck", text, by, step=step)

    def rest(self, case: Case, at: datetime, due: datetime | None) -> list[Row]:
        """How things stand when the play stops; nothing if the case has ended."""
        if case.closed_at is not None:
            return []
        waiting: dict[str, list[str]] = {}
        for one in case.assignments.values():
            waiting.setdefault(one.step, []).append(one.person)
        zh = "；".join(
            f"{'、'.join(map(self.zh.person, who))}办理{self.quoted(step).zh}" for step, who in waiting.items()
        )
        en = "; ".join(f"{', '.join(who)} to do {self.quoted(step).en}" for step, who in waiting.items())
        head = Both("此后不再有提醒或升级", "After this nobody is reminded or told any more")
        if due is not None:
            head = Both(
                f"推演到此为止，下一次动作在 {clock_words(due, at)}",
                f"Stopped; the clock acts next at {due:%m-%d %H:%M}",
            )
        elif case.next_due is not None:
            head = Both("此后只有重复", "After this everything only repeats")
        text = Both(
            f"{head.zh}。事项未办结" + (f"，仍在等待：{zh}" if zh else ""),
            f"{head.en}. The case is open" + (f" and waits for: {en}" if en else ""),
        )
        return [self.row(at, "rest", text)]


_Context = tuple[Event, tuple[Effect, ...], Case | None, Case, datetime]


def _notice(teller: Teller, effect: Notice, context: _Context) -> Row | None:
    return notice_row(teller, effect, context[3], context[4])


def _clock(teller: Teller, effect: ClockMoved, context: _Context) -> Row | None:
    changes = {one.change for one in context[1] if isinstance(one, ClockMoved) and one.deadline == effect.deadline}
    return clock_row(teller, effect, changes, context[3], context[4])


def _step(teller: Teller, effect: StepMoved, context: _Context) -> Row | None:
    event, _, _, _, at = context
    plan = teller.program.plans[effect.step]
    name = teller.quoted(effect.step)
    if effect.status == "held":
        text = Both(f"{name.zh}被门禁拦住：{effect.detail}", f"{name.en} is held by a gate: {effect.detail}")
        return teller.row(at, "held", text, step=effect.step)
    by_itself = not isinstance(event, Done | Decided) and isinstance(plan.step, Task) and effect.detail != "deemed"
    if effect.status == "done" and by_itself:
        return teller.row(at, "done", Both(f"{name.zh}视为已办", f"{name.en} counts as done"), step=effect.step)
    return None


def _machine(teller: Teller, effect: RunMachine, context: _Context) -> Row:
    name = teller.quoted(effect.step)
    text = Both(f"自动作业 {effect.runs} 开始：{name.zh}", f"machine work {effect.runs} begins: {name.en}")
    return teller.row(context[4], "machine", text, step=effect.step)


def _opens(teller: Teller, effect: OpenCase, context: _Context) -> Row:
    text = Both(f"启动规程 {effect.procedure}", f"opens a case of {effect.procedure}")
    return teller.row(context[4], "calls", text, step=effect.step)


def _owner(teller: Teller, effect: OwnerChanged, context: _Context) -> Row | None:
    if isinstance(context[0], Opened):
        return None
    return teller.row(
        context[4], "owner", Both("此后由其负责本事项", "is accountable for the case from now on"), effect.to
    )


def _ended(teller: Teller, effect: CaseEnded, context: _Context) -> Row:
    return teller.row(context[4], "ended", Both(f"事项结束：{effect.outcome}", f"the case ends: {effect.outcome}"))


_TELLERS: Final[Mapping[type, Callable[[Teller, Any, _Context], Row | None]]] = {
    Notice: _notice,
    StepMoved: _step,
    ClockMoved: _clock,
    RunMachine: _machine,
    OpenCase: _opens,
    OwnerChanged: _owner,
    CaseEnded: _ended,
}
