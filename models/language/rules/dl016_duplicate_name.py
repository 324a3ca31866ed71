"""DL016: two things of a procedure that have the same name."""

from collections.abc import Iterator
from typing import Final

from models.language.parts import answers_of
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import STEP, Loc
from models.language.subject import Subject

_TWICE: Final = Wording(
    "DL016",
    Words(
        "the {kind} `{name}` has the name of the {other} on line {first}",
        "{kind_zh} `{name}` 与第 {first} 行的{other_zh}同名",
    ),
    Words("give one of the two another name, e.g. `{name}_2`", "请给其中一个换个名称，例如 `{name}_2`"),
)
_ATTRIBUTE: Final = Wording(
    "DL016",
    Words(
        "the answer `{name}` hides what every step has: `{step}.{name}` already means something",
        "步骤字段 `{name}` 与每个步骤自带的同名：`{step}.{name}` 已有含义",
    ),
    Words("give the field another name, e.g. `{name}_given`", "请给该字段换个名称，例如 `{name}_given`"),
)

_FIELD: Final = Words("form field", "表单字段")
_STEP: Final = Words("step", "步骤")
_ANSWER: Final = Words("field of a step", "步骤字段")
_DEADLINE: Final = Words("deadline", "时限")
_GATE: Final = Words("gate", "门禁")

_Seen = dict[str, tuple[Words, Loc]]


def _check(subject: Subject) -> Iterator[Problem]:
    yield from _names(subject)
    yield from _deadlines(subject)
    seen: _Seen = {}
    for index, gate in enumerate(subject.procedure.gates):
        yield from _note(subject, seen, gate.id, _GATE, ("gates", index, "id"))


def _names(subject: Subject) -> Iterator[Problem]:
    """Form fields and steps are called by their bare names in conditions, a step's fields inside the step too."""
    seen: _Seen = {name: (_FIELD, ("form", name)) for name in subject.procedure.form}
    for index, step in enumerate(subject.procedure.steps):
        yield from _note(subject, seen, step.id, _STEP, ("steps", index, "id"))
    for index, step in enumerate(subject.procedure.steps):
        for name in answers_of(step):
            loc: Loc = ("steps", index, "outputs" if step.kind == "machine" else "fields", name)
            if name in STEP:
                yield subject.say_key(_ATTRIBUTE, loc, name=name, step=step.id)
            elif name in seen:
                yield _twice(subject, name, _ANSWER, loc, seen)


def _deadlines(subject: Subject) -> Iterator[Problem]:
    seen: _Seen = {}
    for timed in subject.deadlines:
        # A step that is there twice has its deadline twice as well: one mistake, one problem.
        is_copy = timed.step is not None and timed.step is not subject.steps[timed.step.id]
        if timed.deadline.id is not None or not is_copy:
            yield from _note(subject, seen, timed.id, _DEADLINE, timed.at("id"))


def _note(subject: Subject, seen: _Seen, name: str, kind: Words, loc: Loc) -> Iterator[Problem]:
    if name in seen:
        yield _twice(subject, name, kind, loc, seen)
    seen.setdefault(name, (kind, loc))


def _twice(subject: Subject, name: str, kind: Words, loc: Loc, seen: _Seen) -> Problem:
    other, place = seen[name]
    values = {"name": name, "first": subject.line(place), "kind": kind.en, "kind_zh": kind.zh}
    say = subject.say_key if kind is _ANSWER else subject.say
    return say(_TWICE, loc, other=other.en, other_zh=other.zh, **values)


_RIGHT: Final = """\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
owner: security_officer
chain: office
starts:
  - by: form
form:
  visitor: {type: text, title: 来访人员}
steps:
  - id: register
    kind: task
    title: 登记来访人员
    who: security_guard
    within: 2 working hours
  - id: sign_out
    kind: task
    title: 来访人员离开
    who: security_guard
    within: 1 working day
  - id: finished
    kind: end
    outcome: left
"""

RULE: Final = Rule(
    id="DL016",
    title="two things with one name",
    title_zh="名称重复",
    why=(
        "Conditions call steps and fields by their names: `register.done`, `visitor`. "
        "With two of one name nobody could say which is meant, so steps and fields share their names, "
        "deadlines have theirs (a step's deadline is called like the step unless it has an `id`), and gates theirs."
    ),
    why_zh=(
        "条件用名称来指步骤和字段，例如 `register.done`、`visitor`。名称重复就分不清指的是哪一个。"
        "因此步骤与字段之间不得重名，时限之间不得重名（步骤的时限未写 `id` 时与步骤同名），门禁之间也不得重名。"
    ),
    wrong=_RIGHT.replace("id: sign_out", "id: register"),
    right=_RIGHT,
    check=_check,
)
