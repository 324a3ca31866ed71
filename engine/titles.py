"""Titles: what people call the steps, roles, events, deadlines and persons that files name by an id."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from engine.program import Program, Rule
from models.language.durations import Duration
from models.language.fields import FormField, TableField
from models.language.organisation import Organisation
from models.language.procedure import Procedure
from models.language.steps import Approve, Machine, Step, Task
from models.language.texts import Bilingual
from models.language.who import LEVELS, Who

Language = Literal["zh", "en"]

CASE_EVENTS: Final[Mapping[str, tuple[str, str]]] = {
    "case.opened": ("立项", "the case opens"),
    "case.reopened": ("重新开启", "the case is reopened"),
    "case.closed": ("结案", "the case closes"),
}
STEP_EVENTS: Final[Mapping[str, tuple[str, str]]] = {
    "opened": ("开始", "opens"),
    "done": ("办结", "is done"),
    "approved": ("获同意", "is approved"),
    "rejected": ("未获同意", "is rejected"),
    "returned": ("被退回", "is returned"),
}
_SPECIAL: Final[Mapping[str, tuple[str, str]]] = {
    "requester": ("立项人", "the requester"),
    "owner": ("事项负责人", "the owner of the case"),
    "assignee": ("待办人", "whoever is asked"),
    "participants": ("参与过的人", "everybody who took part"),
    "everyone": ("全公司", "everybody"),
    "item_person": ("名册中的本人", "the person of the row"),
}


class Titles:
    """The titles of one program in one language; where nobody has written one, the id."""

    def __init__(self, program: Program, language: Language = "zh") -> None:
        self.program = program
        self.procedure: Procedure = program.procedure
        self.organisation: Organisation = program.company.organisation
        self.zh = language == "zh"

    def text(self, text: Bilingual | None, otherwise: str = "") -> str:
        """A bilingual text in this language."""
        if text is None:
            return otherwise
        return text.zh if self.zh else text.english

    def pick(self, words: tuple[str, str]) -> str:
        """The word of a (Chinese, English) pair."""
        return words[0] if self.zh else words[1]

    def listed(self, names: Iterable[str]) -> str:
        """Several names as one, none of them twice."""
        return ("、" if self.zh else ", ").join(dict.fromkeys(names))

    def quoted(self, name: str) -> str:
        """A title inside a sentence."""
        return f"「{name}」" if self.zh else f"“{name}”"

    def step(self, name: str) -> str:
        """The title of a step."""
        plan = self.program.plans.get(name)
        return self.text(plan.step.title, name) if plan else name

    def duration(self, span: Duration | None) -> str:
        """A span, e.g. `3 个工作日`."""
        if span is None:
            return ""
        return span.zh if self.zh else str(span)

    def deadline(self, name: str) -> str:
        """The title of a deadline: its own, or that of the step it waits for."""
        rule = self.program.rules.get(name)
        if rule is None:
            return name
        return self.text(rule.source.title) or (self.step(rule.until_step) if rule.until_step else name)

    def span(self, rule: Rule) -> str:
        """How long a deadline is: its span, or the time in a field."""
        source = rule.source
        if rule.within is not None:
            return self.duration(rule.within)
        if source.at is None:
            return ""
        if source.before is not None:
            before = self.duration(source.before)
            return f"{self.field(source.at)}之前 {before}" if self.zh else f"{before} before {self.field(source.at)}"
        return self.field(source.at)

    def event(self, name: str) -> str:
        """An event that a deadline starts or stops at."""
        if name in CASE_EVENTS:
            return self.pick(CASE_EVENTS[name])
        head, _, rest = name.partition(".")
        if not rest:
            return self.field(head)
        if rest in STEP_EVENTS:
            return f"{self.quoted(self.step(head))}{'' if self.zh else ' '}{self.pick(STEP_EVENTS[rest])}"
        return self.field(name)

    def field(self, path: str) -> str:
        """The title of a form field, a step's field (`STEP.field`) or a column (`item.column`)."""
        found = field_at(self.procedure, path)
        if path == "item.person" and found is None:
            return self.pick(_SPECIAL["item_person"])
        return self.text(found.title, path.rpartition(".")[2]) if found else path

    def role(self, name: str) -> str:
        """The title of a role."""
        found = self.organisation.roles.get(name)
        return self.text(found.title) if found else name

    def unit(self, name: str) -> str:
        """The name of a department, or the title of the field that holds one."""
        department = self.organisation.departments.get(name)
        return self.text(department.name) if department else self.field(name)

    def person(self, name: str) -> str:
        """A person's name."""
        found = self.organisation.people.get(name)
        return found.name if found else name

    def people(self, people: Iterable[Who]) -> str:
        """Who is meant, as a file names them."""
        return self.listed(self.who(one) for one in people)

    def who(self, who: Who) -> str:
        """One way of naming people, in words."""
        found = self._selected(who)
        if who.within:
            unit = self.unit(who.within)
            inside = f"{unit}的{found.removeprefix(unit)}"  # 责任部门的经办人, and not 责任部门的责任部门经办人
            found = inside if self.zh else f"{found} in {unit}"
        if who.excluding:
            others = self.people(who.excluding)
            found += f"（{others}除外）" if self.zh else f" (except {others})"
        return found

    def _selected(self, who: Who) -> str:
        if who.role:
            return self.role(who.role)
        if who.special:
            return who.special if who.special in LEVELS else self.pick(_SPECIAL.get(who.special, (who.special,) * 2))
        if who.person:
            return self.person(who.person)
        if who.head_of:
            unit = self.unit(who.head_of)
            return f"{unit}负责人" if self.zh else f"head of {unit}"
        return self._found_by_case(who)

    def _found_by_case(self, who: Who) -> str:
        if who.superior_of:
            name = self._part(who.superior_of)
            return f"{name}的上级" if self.zh else f"superior of {name}"
        if who.on_duty:
            duty = self.organisation.duty.get(who.on_duty)
            name = self.text(duty.title) if duty else who.on_duty
            return f"{name}当班人" if self.zh else f"on duty: {name}"
        if who.did:
            name = self.quoted(self.step(who.did))
            return f"办理{name}的人" if self.zh else f"who did {name}"
        return self.field(who.field or "")

    def _part(self, name: str) -> str:
        if name in _SPECIAL:
            return self.pick(_SPECIAL[name])
        if name in self.program.plans:
            return f"办理{self.quoted(self.step(name))}的人" if self.zh else f"who did {self.quoted(self.step(name))}"
        return self.field(name)


def field_at(procedure: Procedure, path: str) -> FormField | None:
    """The field that a dotted path of an expression means; None if it means none."""
    head, _, rest = path.rpartition(".")
    if not head:
        return procedure.form.get(rest)
    if head == "item":
        return next((found for table in _tables(procedure) if (found := table.columns.get(rest))), None)
    step = next((step for step in procedure.steps if step.id == head), None)
    return fields_of(step).get(rest) if step else None


def fields_of(step: Step) -> Mapping[str, FormField]:
    """What a step asks for or puts out."""
    if isinstance(step, Task | Approve):
        return step.fields
    return step.outputs if isinstance(step, Machine) else {}


def _tables(procedure: Procedure) -> Iterable[TableField]:
    fields = [*procedure.form.values(), *(one for step in procedure.steps for one in fields_of(step).values())]
    return [field for field in fields if isinstance(field, TableField)]
