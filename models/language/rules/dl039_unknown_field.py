"""DL039: fields that the form or the steps do not have."""

from collections.abc import Iterable, Iterator
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.steps import CAMPAIGN_STEPS, PEOPLE_STEPS, Approve, Call, Machine, Step
from models.language.subject import Subject

_HINT: Final = Words("{hint}", "{hint_zh}")
_FORM: Final = Wording("DL039", Words("the form has no field `{found}`", "表单中没有字段 `{found}`"), _HINT)
_ANYWHERE: Final = Wording(
    "DL039",
    Words("neither the form nor a step has a field `{found}`", "表单和步骤中都没有字段 `{found}`"),
    _HINT,
)
_ELSEWHERE: Final = Wording(
    "DL039",
    Words(
        "the form of procedure `{procedure}` has no field `{found}`",
        "规程 `{procedure}` 的表单中没有字段 `{found}`",
    ),
    _HINT,
)
_OF_STEP: Final = Wording(
    "DL039",
    Words(
        "`{found}` is a field of a step, and only fields of the form can stand here",
        "`{found}` 是步骤的字段，这里只能写表单字段",
    ),
    _HINT,
)

Use = tuple[Loc, str]


def _check(subject: Subject) -> Iterator[Problem]:
    form = subject.procedure.form
    for loc, name in _of_form(subject):
        if name not in form:
            yield subject.say_unknown(_OF_STEP if name in subject.fields else _FORM, loc, name, form)
    for index, name in enumerate(subject.procedure.conflicts):
        if name not in subject.fields:
            yield subject.say_unknown(_ANYWHERE, ("conflicts", index), name, subject.fields)
    for index, step in enumerate(subject.procedure.steps):
        if isinstance(step, Call):
            yield from _inputs(subject, ("steps", index, "inputs"), step)


def _of_form(subject: Subject) -> Iterator[Use]:
    """Every place where only a field of the form can stand."""
    procedure = subject.procedure
    if procedure.occurred:
        yield ("occurred",), procedure.occurred
    for index, start in enumerate(procedure.starts):
        for name in start.fills:
            yield ("starts", index, "fills", name), name
    for index, step in enumerate(procedure.steps):
        yield from _of_step(("steps", index), step)
    for timed in subject.deadlines:
        if timed.deadline.override:
            yield timed.at("override"), timed.deadline.override


def _of_step(loc: Loc, step: Step) -> Iterator[Use]:
    if isinstance(step, Approve | Machine):
        yield from _each((*loc, "shows"), step.shows)
    if isinstance(step, CAMPAIGN_STEPS) and step.each and step.each.rows:
        yield (*loc, "each", "rows"), step.each.rows
    if not isinstance(step, PEOPLE_STEPS):
        return
    yield from _each((*loc, "asks"), step.asks)
    for name in step.sets:
        yield (*loc, "sets", name), name


def _each(loc: Loc, names: Iterable[str]) -> Iterator[Use]:
    for index, name in enumerate(names):
        yield (*loc, index), name


def _inputs(subject: Subject, loc: Loc, step: Call) -> Iterator[Problem]:
    called = subject.context.procedure(step.procedure) if step.inputs else None
    for name in step.inputs if called is not None else ():
        if called is not None and name not in called.form:
            yield subject.say_unknown(_ELSEWHERE, (*loc, name), name, called.form, procedure=step.procedure)


_RIGHT: Final = """\
procedure: material-outside
title: {zh: 资料外带, en: Taking material out}
owner: security_officer
chain: office
starts:
  - by: form
form:
  material: {type: text, title: 外带资料}
steps:
  - id: approve
    kind: approve
    title: 批准外带
    who: {superior_of: requester}
    shows: [material]
    within: 8 working hours
  - id: finished
    kind: end
    outcome: approved
"""

RULE: Final = Rule(
    id="DL039",
    title="unknown field",
    title_zh="字段不存在",
    why=(
        "An approval is bound to the fields it shows, a step asks for fields of the form, conflicts of interest are "
        "read from fields. A field that does not exist shows nothing, asks nothing and keeps nobody away."
    ),
    why_zh="审批以所显示的字段为准，步骤要补填表单字段，回避也按字段判断。字段不存在，就什么也不显示、不补填，也没有人回避。",
    wrong=_RIGHT.replace("shows: [material]", "shows: [materials]"),
    right=_RIGHT,
    check=_check,
)
