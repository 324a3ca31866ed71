"""DL019: people who are named by a role, person, department, roster or field that does not exist."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from models.language.fields import DepartmentField, PersonField
from models.language.ladders import Ladders
from models.language.organisation import Organisation
from models.language.parts import Named, named, row_of
from models.language.problem import Problem, Wording, Words
from models.language.procedure import Procedure
from models.language.rule import Rule
from models.language.subject import Subject
from models.language.who import LEVELS, SPECIAL

_HINT: Final = Words("{hint}", "{hint_zh}")
_ROLE: Final = Wording("DL019", Words("there is no role `{found}`", "没有名为 `{found}` 的角色"), _HINT)
_PERSON: Final = Wording("DL019", Words("there is no person `{found}`", "没有代码为 `{found}` 的人员"), _HINT)
_ROSTER: Final = Wording("DL019", Words("there is no duty roster `{found}`", "没有名为 `{found}` 的值班表"), _HINT)
_PART: Final = Wording(
    "DL019", Words("`{found}` is no part that people have in a case", "`{found}` 不是事项中的身份"), _HINT
)
_FIELD: Final = Wording(
    "DL019", Words("there is no field of a person called `{found}`", "没有名为 `{found}` 的人员字段"), _HINT
)
_UNIT: Final = Wording(
    "DL019",
    Words("`{found}` is neither a department nor a field of one", "`{found}` 既不是部门，也不是部门字段"),
    _HINT,
)
_WITHIN: Final = Wording(
    "DL019", Words("there is no field of a department called `{found}`", "没有名为 `{found}` 的部门字段"), _HINT
)
_BELOW: Final = Wording(
    "DL019",
    Words(
        "`{found}` is nobody who has a superior: no part in the case, no step and no field of a person",
        "找不到 `{found}` 的上级：它不是事项中的身份、步骤，也不是人员字段",
    ),
    _HINT,
)
Finder = Callable[[Subject, Named, str], Iterator[Problem]]


def _check(subject: Subject) -> Iterator[Problem]:
    if isinstance(subject.page.content, Ladders):
        yield from _in_ladders(subject, subject.page.content)
        return
    for one in subject.people:
        yield from _examine(subject, one)


def _examine(subject: Subject, one: Named) -> Iterator[Problem]:
    for selector, finder in _FINDERS.items():
        value = getattr(one.who, selector)
        if value is not None:
            yield from finder(subject, one, value)
    if one.who.within and one.who.within not in (units := _fields(subject, one, DepartmentField)):
        yield subject.say_unknown(_WITHIN, (*one.loc, "in"), one.who.within, units)


def _fields(subject: Subject, one: Named, kind: type) -> list[str]:
    """Fields of one kind that can be read where people are named."""
    if not isinstance(subject.page.content, Procedure):
        return []
    rows = row_of(one.step, subject.procedure)
    return [name for name, field in {**subject.fields, **rows}.items() if isinstance(field, kind)]


def _role(subject: Subject, one: Named, role: str) -> Iterator[Problem]:
    known = subject.context.organisation
    if known and role not in known.roles:
        yield subject.say_unknown(_ROLE, (*one.loc, "role"), role, {**known.roles, **dict.fromkeys(SPECIAL)})


def _person(subject: Subject, one: Named, person: str) -> Iterator[Problem]:
    known = subject.context.organisation
    if known and person not in known.people:
        yield subject.say_unknown(_PERSON, (*one.loc, "person"), person, known.people)


def _roster(subject: Subject, one: Named, roster: str) -> Iterator[Problem]:
    known = subject.context.organisation
    if known and roster not in known.duty:
        yield subject.say_unknown(_ROSTER, (*one.loc, "on_duty"), roster, known.duty)


def _field(subject: Subject, one: Named, path: str) -> Iterator[Problem]:
    people = _fields(subject, one, PersonField)
    if path not in people and isinstance(subject.page.content, Procedure):
        yield subject.say_unknown(_FIELD, (*one.loc, "field"), path, people)


def _head(subject: Subject, one: Named, unit: str) -> Iterator[Problem]:
    known: Organisation | None = subject.context.organisation
    fields = _fields(subject, one, DepartmentField)
    if known and unit not in known.departments and unit not in fields and isinstance(subject.page.content, Procedure):
        yield subject.say_unknown(_UNIT, (*one.loc, "head_of"), unit, {**dict.fromkeys(fields), **known.departments})


def _superior(subject: Subject, one: Named, below: str) -> Iterator[Problem]:
    if not isinstance(subject.page.content, Procedure) or below in SPECIAL:
        return
    available = [*SPECIAL, *subject.steps, *_fields(subject, one, PersonField)]
    if below not in available:
        yield subject.say_unknown(_BELOW, (*one.loc, "superior_of"), below, available)


def _part(subject: Subject, one: Named, word: str) -> Iterator[Problem]:
    if word not in SPECIAL and word not in LEVELS:
        yield subject.say_unknown(_PART, (*one.loc, "special"), word, sorted(SPECIAL))


_FINDERS: Final[Mapping[str, Finder]] = {
    "role": _role,
    "person": _person,
    "on_duty": _roster,
    "field": _field,
    "head_of": _head,
    "superior_of": _superior,
    "special": _part,
}
"""What to look at for each way of naming people; `did` names a step and is DL017's."""


def _in_ladders(subject: Subject, ladders: Ladders) -> Iterator[Problem]:
    for name, ladder in ladders.ladders.items():
        for index, reminder in enumerate(ladder.reminders):
            for one in named(("ladders", name, "reminders", index, "tell"), reminder.tell):
                yield from _examine(subject, one)
        for index, rung in enumerate(ladder.rungs):
            for key, people in (("tell", rung.tell), ("ask", rung.ask)):
                for one in named(("ladders", name, "rungs", index, key), people):
                    yield from _examine(subject, one)
    for chain, levels in ladders.chains.items():
        for level, people in levels.items():
            for one in named(("chains", chain, level), people):
                yield from _examine(subject, one)


_RIGHT: Final = """\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
owner: security_officer
chain: office
starts:
  - by: form
form:
  host: {type: person, title: 接待人}
steps:
  - id: register
    kind: task
    title: 登记来访人员
    who: security_guard
    within: 2 working hours
  - id: meet
    kind: task
    title: 接待人到场
    who: {field: host}
    within: 1 hour
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL019",
    title="nobody of this name",
    title_zh="找不到这个人",
    why=(
        "A step asks people by their role, their department, their shift or a field of the form. If there is no such "
        "role, nobody is asked, and the case stands still. Roles, people, departments and rosters are written in "
        "organisation.yaml. The message lists those that exist, closest first."
    ),
    why_zh=(
        "步骤按角色、部门、值班表或表单字段找人。角色不存在，就没有人会收到待办，事项停在那里。"
        "角色、人员、部门和值班表写在 organisation.yaml 中。提示会列出现有的，最接近的在前。"
    ),
    wrong=_RIGHT.replace("who: security_guard", "who: security_gard"),
    right=_RIGHT,
    check=_check,
    of=("procedure", "ladders"),
)
