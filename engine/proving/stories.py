"""Stories: the events of a case as dated sentences, in Chinese and in English."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from engine.case import StepStatus
from engine.effects import CaseEnded, ClockMoved, StepMoved
from engine.events import (
    SYSTEM,
    Amended,
    ChildClosed,
    Decided,
    Done,
    Finished,
    HandedOver,
    Opened,
    Refused,
    Reopened,
    TimerFired,
)
from engine.playing import Happening
from engine.program import Program
from engine.proving.findings import StoryLine
from engine.titles import Titles, field_at
from models.language.fields import ChoiceField, FormField
from models.language.moments import format_moment
from models.language.problem import Words

_ANSWERS: Final = {"approve": ("同意", "approves"), "reject": ("不同意", "rejects"), "return": ("退回", "returns")}


class Teller:
    """Tells stories of one program. Only values of the fields in `deciding` are told; the others do not matter."""

    def __init__(self, program: Program, deciding: Iterable[str] = ()) -> None:
        self.program = program
        self.zh = Titles(program, "zh")
        self.en = Titles(program, "en")
        self.deciding = frozenset(deciding)

    def tell(self, happenings: Iterable[Happening]) -> tuple[StoryLine, ...]:
        """One line an event that shows; several answers to the same step in the same minute are one line."""
        lines: list[StoryLine] = []
        for one in happenings:
            for said in self._say(one):
                line = StoryLine(one.at, said)
                if line not in lines[-1:]:
                    lines.append(line)
        return tuple(lines)

    def step(self, name: str) -> Words:
        """A step by its title, quoted."""
        return Words(f"“{self.en.step(name)}”", f"「{self.zh.step(name)}」")

    def deadline(self, name: str) -> Words:
        """A deadline by its title, quoted."""
        return Words(f"“{self.en.deadline(name)}”", f"「{self.zh.deadline(name)}」")

    def person(self, name: str) -> Words:
        """A person by name, in English by the name that files use."""
        return Words("the system", "系统") if name == SYSTEM else Words(name, self.zh.person(name))

    def _say(self, one: Happening) -> Iterator[Words]:
        said = _SENTENCES[type(one.event)](self, one.event) if type(one.event) in _SENTENCES else None
        if said is not None:
            yield said
        elif isinstance(one.event, TimerFired):
            yield from self._passed(one)
        for effect in one.effects:
            if isinstance(effect, CaseEnded):
                yield Words(f"the case ends: {effect.outcome}", f"事项结束：{effect.outcome}")

    def _passed(self, one: Happening) -> Iterator[Words]:
        """What time alone has brought about."""
        for effect in one.effects:
            if isinstance(effect, ClockMoved) and effect.change == "missed":
                name = self.deadline(effect.deadline)
                yield Words(f"nobody has acted, the deadline {name.en} passes", f"无人办理，时限{name.zh}已过")
            elif isinstance(effect, StepMoved) and effect.status == StepStatus.DONE:
                name = self.step(effect.step)
                yield Words(f"{name.en} is over by itself", f"{name.zh}到时自行办结")
            elif isinstance(effect, StepMoved) and effect.status == StepStatus.OPEN:
                name = self.step(effect.step)
                yield Words(f"{name.en} begins", f"{name.zh}开始")

    def opened(self, event: Opened) -> Words:
        """The case begins."""
        by, facts = self.person(event.by), self._values("", event.facts)
        return Words(f"{by.en} opens the case{facts.en}", f"{by.zh}立项{facts.zh}")

    def done(self, event: Done) -> Words:
        """Somebody does a step."""
        by, step, facts = self.person(event.by), self.step(event.step), self._values(event.step, event.values)
        return Words(f"{by.en} does {step.en}{facts.en}", f"{by.zh}办结{step.zh}{facts.zh}")

    def decided(self, event: Decided) -> Words:
        """Somebody decides."""
        by, step, facts = self.person(event.by), self.step(event.step), self._values(event.step, event.values)
        zh, en = _ANSWERS[event.answer]
        return Words(f"{by.en} {en} {step.en}{facts.en}", f"{by.zh}{zh}{step.zh}{facts.zh}")

    def refused(self, event: Refused) -> Words:
        """Somebody refuses."""
        by, step = self.person(event.by), self.step(event.step)
        return Words(f"{by.en} refuses {step.en}", f"{by.zh}拒绝办理{step.zh}")

    def handed_over(self, event: HandedOver) -> Words:
        """Somebody passes a step on."""
        by, to, step = self.person(event.by), self.person(event.to), self.step(event.step)
        return Words(f"{by.en} hands {step.en} over to {to.en}", f"{by.zh}将{step.zh}转交{to.zh}")

    def finished(self, event: Finished) -> Words:
        """A machine ends."""
        step, facts = self.step(event.step), self._values(event.step, event.values)
        if not event.ok:
            return Words(f"the machine fails at {step.en}", f"自动作业{step.zh}失败")
        return Words(f"the machine finishes {step.en}{facts.en}", f"自动作业{step.zh}完成{facts.zh}")

    def child_closed(self, event: ChildClosed) -> Words:
        """A called case ends."""
        step = self.step(event.step)
        return Words(f"the case of {step.en} ends: {event.outcome}", f"{step.zh}的事项办结：{event.outcome}")

    def amended(self, event: Amended) -> Words:
        """The form is corrected."""
        by, facts = self.person(event.by), self._values("", event.facts)
        return Words(f"{by.en} corrects the form{facts.en}", f"{by.zh}更正立项表单{facts.zh}")

    def reopened(self, event: Reopened) -> Words:
        """The case begins again."""
        by = self.person(event.by)
        return Words(f"{by.en} reopens the case", f"{by.zh}重新开启事项")

    def _values(self, step: str, values: Mapping[str, Any]) -> Words:
        """The values that decide something, in brackets."""
        zh, en = [], []
        for name, value in values.items():
            path = f"{step}.{name}" if step and f"{step}.{name}" in self.deciding else name
            if path in self.deciding:
                field = field_at(self.program.procedure, path)
                zh.append(f"{self.zh.field(path)}={_shown(field, value, zh=True)}")
                en.append(f"{path.rpartition('.')[2]}={_shown(field, value, zh=False)}")
        return Words(f" ({', '.join(en)})" if en else "", f"（{'，'.join(zh)}）" if zh else "")


def _shown(field: FormField | None, value: Any, zh: bool) -> str:
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else ("yes" if value else "no")
    if isinstance(field, ChoiceField) and value in field.options:
        return field.options[value].zh if zh else str(value)
    if isinstance(value, datetime):
        return format_moment(value)
    if isinstance(value, list | tuple):
        return f"{len(value)} 行" if zh else f"{len(value)} rows"
    return str(value)


_SENTENCES: Final[Mapping[type, Callable[[Teller, Any], Words]]] = {
    Opened: Teller.opened,
    Done: Teller.done,
    Decided: Teller.decided,
    Refused: Teller.refused,
    HandedOver: Teller.handed_over,
    Finished: Teller.finished,
    ChildClosed: Teller.child_closed,
    Amended: Teller.amended,
    Reopened: Teller.reopened,
}
