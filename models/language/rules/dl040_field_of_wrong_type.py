"""DL040: fields that stand where another type is needed."""

from collections.abc import Iterator, Mapping
from typing import Final

from models.expressions import Moment, Record
from models.language.fields import DateTimeField, FormField, PersonField, TableField
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.steps import CAMPAIGN_STEPS, Task, Wait
from models.language.subject import Subject

_TYPE: Final = Wording(
    "DL040",
    Words(
        "field `{found}` is of type `{has}`, and `{key}` needs `{needs}`",
        "字段 `{found}` 的类型是 `{has}`，而 `{key}` 需要 `{needs}`",
    ),
    Words("{needs} fields: {good}", "类型为 `{needs}` 的字段：{good}"),
)
_TIME: Final = Wording(
    "DL040",
    Words("`{found}` is no time", "`{found}` 不是时间"),
    Words(
        "write a field of type datetime or the time of a step: {hint}",
        "请写 datetime 类型的字段，或步骤的时间：{hint_zh}",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    procedure = subject.procedure
    yield from _expect(subject, ("occurred",), procedure.occurred, DateTimeField, "datetime", procedure.form)
    for index, name in enumerate(procedure.conflicts):
        yield from _expect(subject, ("conflicts", index), name, PersonField, "person", subject.fields)
    for index, step in enumerate(procedure.steps):
        if isinstance(step, CAMPAIGN_STEPS) and step.each:
            loc: Loc = ("steps", index, "each", "rows")
            yield from _expect(subject, loc, step.each.rows, TableField, "table", procedure.form)
    for timed in subject.deadlines:
        loc = timed.at("override")
        yield from _expect(subject, loc, timed.deadline.override, DateTimeField, "datetime", procedure.form)
    for loc, path in _times(subject):
        if subject.type_of(path) != Moment:
            yield subject.say_unknown(_TIME, loc, path, _moments(subject))


def _expect(
    subject: Subject, loc: Loc, name: str | None, kind: type[FormField], needs: str, known: Mapping[str, FormField]
) -> Iterator[Problem]:
    # A name that does not exist is another rule's finding.
    if name is None or name not in known or isinstance(known[name], kind):
        return
    good = ", ".join(other for other, field in known.items() if isinstance(field, kind)) or "—"
    key = next((part for part in reversed(loc) if isinstance(part, str)), "")
    yield subject.say(_TYPE, loc, found=name, has=known[name].type, key=key, needs=needs, good=good)


def _times(subject: Subject) -> Iterator[tuple[Loc, str]]:
    """Every place where a time of the case can stand: a field, or when something happened."""
    for timed in subject.deadlines:
        if timed.deadline.at:
            yield timed.at("at"), timed.deadline.at
        for index, extension in enumerate(timed.deadline.extended):
            for key, path in (("to", extension.to), ("from", extension.start)):
                if path:
                    yield timed.at("extended", index, key), path
    for index, step in enumerate(subject.procedure.steps):
        if isinstance(step, Task) and step.already:
            yield ("steps", index, "already", "at"), step.already.at
        if isinstance(step, Wait) and step.until:
            yield ("steps", index, "until"), step.until


def _moments(subject: Subject) -> list[str]:
    found = []
    for name, kind in subject.scope.names.items():
        if kind == Moment:
            found.append(name)
        elif isinstance(kind, Record):
            found += [f"{name}.{part}" for part, inner in kind.fields.items() if inner == Moment]
    return found


_RIGHT: Final = """\
procedure: loss-report
title: {zh: 资料遗失报告, en: Report of a loss}
owner: security_officer
chain: office
occurred: found_at
starts:
  - by: form
form:
  found_at: {type: datetime, title: 发现时间}
  place: {type: text, title: 地点}
steps:
  - id: look_into
    kind: task
    title: 核实情况
    who: security_officer
    within: 1 working day
  - id: finished
    kind: end
    outcome: settled
"""

RULE: Final = Rule(
    id="DL040",
    title="a field of the wrong type",
    title_zh="字段类型不对",
    why=(
        "A time must come from a `datetime` field, conflicts of interest from a `person`, rows from a `table`. "
        "From another type nothing could be counted, nobody kept away, and nothing asked."
    ),
    why_zh=(
        "时间要来自 `datetime` 字段，回避要来自 `person` 字段，逐行办理要来自 `table` 字段。"
        "类型不对，就无法计时、无法回避、无从办理。"
    ),
    wrong=_RIGHT.replace("occurred: found_at", "occurred: place"),
    right=_RIGHT,
    check=_check,
)
