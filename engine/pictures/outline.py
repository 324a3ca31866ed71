"""Outline: the procedure as text for a terminal, with room for Chinese, which is two columns wide."""

from collections.abc import Iterator
from typing import Final

from engine.condition_words import in_words
from engine.pictures.boxes import WAYS
from engine.pictures.flow import Flow, Group, flow_of, joins, jumps_to
from engine.pictures.limits import Limit, between_events, limit_of
from engine.pictures.steps_in_words import KINDS, Description, describe
from engine.pictures.text_width import clean, clip, columns, pad, width, wrap
from engine.program import Program
from engine.titles import Titles

_WORDS: Final = {
    "when": "条件",
    "request": "发起",
    "repeat": "反复",
    "each": "名册",
    "note": "说明",
    "exit": "否决",
}
_INDENT: Final = 11
_MOST_LINES: Final = 6


def outline(program: Program, room: int = 88) -> str:
    """The procedure as text, `room` terminal columns wide. Always the same for the same procedure."""
    return "\n".join(_Writer(program, room).lines()) + "\n"


class _Writer:
    def __init__(self, program: Program, room: int) -> None:
        self.program = program
        self.titles = Titles(program)
        self.room = max(room, 40)
        self.flow: Flow = flow_of(program)
        groups = (self.flow.main, *self.flow.requests)
        steps = [name for group in groups for name in group.boxes if name in program.plans]
        self.numbers = {name: number for number, name in enumerate(steps, start=1)}

    def lines(self) -> Iterator[str]:
        """All lines."""
        yield from self._heading()
        yield from self._section("主流程")
        yield from self._group(self.flow.main)
        for after in dict.fromkeys(group.after for group in self.flow.requests):
            steps = "、".join(f"「{self.titles.step(name)}」" for name in after)
            yield from self._section(f"可随时发起：{steps}办结后" if steps else "可随时发起")
            for group in self.flow.requests:
                if group.after == after:
                    yield from self._group(group)
        yield from self._deadlines()
        yield from self._gates()

    def _heading(self) -> Iterator[str]:
        procedure = self.program.procedure
        yield from wrap(" · ".join(filter(None, [procedure.title.zh, procedure.title.en])), self.room, 3, columns)
        yield from self._hanging("", f"{procedure.procedure} · 负责人：{self.titles.people(procedure.owner)}", 0)
        ways = [
            f"{WAYS[start.by]}{f'（{self.titles.people(start.who)}）' if start.who else ''}"
            for start in procedure.starts
        ]
        yield from self._hanging("", f"立项：{'、'.join(ways)}", 0)

    def _section(self, title: str) -> Iterator[str]:
        yield ""
        first, *rest = wrap(title, self.room - 6, 2, columns)
        yield f"── {first} {'─' * max(0, self.room - 4 - int(width(first, columns)))}"
        yield from (f"   {line}" for line in rest)

    def _group(self, group: Group) -> Iterator[str]:
        for name in group.boxes:
            if name in self.program.plans:
                yield from self._step(name, group)

    def _step(self, name: str, group: Group) -> Iterator[str]:
        found = describe(self.program, name, self.titles)
        for gate in found.gates:
            yield from self._hanging("▓▓ 门禁", gate, 5)
        number = f"{self.numbers[name]:>3}"
        kind = pad(KINDS[found.kind], 8)
        clause = f"  [{clean(found.clause)}]" if found.clause else ""
        yield from self._hanging(f"{number}  {kind}", f"{found.title}{clause}", 0)
        yield from self._details(found)
        following = self._following(name, group)
        if following:
            yield from self._hanging("之后", following, _INDENT + 2)

    def _details(self, found: Description) -> Iterator[str]:
        if found.who:
            yield from self._hanging("人员", found.who, _INDENT + 2)
        for remark in found.remarks:
            yield from self._hanging(_WORDS[remark.kind], remark.text, _INDENT + 2)
        for limit in found.limits:
            yield from self._hanging("时限", _in_line(limit), _INDENT + 2)

    def _following(self, name: str, group: Group) -> str:
        found = []
        for link in group.links:
            if link.source != name:
                continue
            for target in self._through(link.target, group):
                words = f"{link.label}：" if link.label else ""
                title = clip(clean(self.titles.step(target)), 30, columns)
                found.append(f"{words}{self.numbers[target]} {title}" if target in self.numbers else title)
        return "、".join(dict.fromkeys(found))

    def _through(self, box: str, group: Group) -> list[str]:
        """The steps behind a joining point or a jump."""
        if joins(box):
            return [link.target for link in group.links if link.source == box]
        return [jumps_to(box) or box]

    def _deadlines(self) -> Iterator[str]:
        rules = between_events(self.program)
        if rules:
            yield from self._section("跨步骤时限")
        for rule in rules:
            starts = "或".join(self.titles.event(one) for one in rule.starts)
            yield from self._hanging(
                "时限", f"{self.titles.deadline(rule.id)}：从 {starts} 到 {self.titles.event(rule.until)}", 0
            )
            yield from self._hanging("", _in_line(limit_of(rule, self.titles)), 5)

    def _gates(self) -> Iterator[str]:
        if self.program.gates:
            yield from self._section("门禁")
        for plan in self.program.gates.values():
            gate = plan.gate
            yield from self._hanging("门禁", self.titles.text(gate.says), 0)
            held = "、".join(f"「{self.titles.step(name)}」" for name in gate.holds)
            yield from self._hanging("", f"拦住 {held}，直到 {in_words(plan.until, self.titles)}", 5)

    def _hanging(self, sign: str, text: str, indent: int) -> Iterator[str]:
        """A sign and a text that continues below itself."""
        head = " " * indent + (f"{sign} " if sign else "")
        under = " " * int(width(head, columns))
        first, *rest = wrap(text, self.room - len(under), _MOST_LINES, columns)
        yield f"{head}{first}"
        yield from (f"{under}{line}" for line in rest)


def _in_line(limit: Limit) -> str:
    clause = f"，{limit.clause}" if limit.clause else ""
    remarks = f"：{'；'.join(limit.remarks)}" if limit.remarks else ""
    return f"{limit.span}（{limit.tag}{clause}）{remarks}"
