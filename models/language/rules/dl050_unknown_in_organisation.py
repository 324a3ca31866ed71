"""DL050: people, departments, roles and rosters that the organisation names and does not have."""

from collections.abc import Iterable, Iterator
from typing import Final

from models.language.organisation import Organisation
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.subject import Subject

_HINT: Final = Words("{hint}", "{hint_zh}")
_WORDING: Final = {
    "person": Wording("DL050", Words("there is no person `{found}`", "没有代码为 `{found}` 的人员"), _HINT),
    "department": Wording("DL050", Words("there is no department `{found}`", "没有名为 `{found}` 的部门"), _HINT),
    "role": Wording("DL050", Words("there is no role `{found}`", "没有名为 `{found}` 的角色"), _HINT),
    "roster": Wording("DL050", Words("there is no duty roster `{found}`", "没有名为 `{found}` 的值班表"), _HINT),
}

Named = tuple[str, Loc, str | None]


def _check(subject: Subject) -> Iterator[Problem]:
    company: Organisation = subject.page.content
    known: dict[str, Iterable[str]] = {
        "person": company.people,
        "department": company.departments,
        "role": company.roles,
        "roster": company.duty,
    }
    for kind, loc, name in _named(company):
        if name is not None and name not in known[kind]:
            yield subject.say_unknown(_WORDING[kind], loc, name, known[kind])


def _named(company: Organisation) -> Iterator[Named]:
    for name, department in company.departments.items():
        loc: Loc = ("departments", name)
        yield "person", (*loc, "head"), department.head
        yield "person", (*loc, "deputy"), department.deputy
        yield "department", (*loc, "parent"), department.parent
    for name, person in company.people.items():
        yield "department", ("people", name, "department"), person.department
        yield "person", ("people", name, "superior"), person.superior
    yield from _roles(company)
    for roster, duty in company.duty.items():
        for index, shift in enumerate(duty.shifts):
            yield from _people(("duty", roster, "shifts", index, "rota"), shift.rota)
    for index, absence in enumerate(company.absences):
        yield "person", ("absences", index, "person"), absence.person
    yield "roster", ("duty_person",), company.duty_person
    yield "role", ("vacancy",), company.vacancy


def _roles(company: Organisation) -> Iterator[Named]:
    for name, role in company.roles.items():
        loc: Loc = ("roles", name)
        yield from _people((*loc, "holders"), role.holders)
        for index, deputy in enumerate(role.deputies):
            yield "person", (*loc, "deputies", index, "person"), deputy.person
        yield "person", (*loc, "chair"), role.chair
        yield "person", (*loc, "vice_chair"), role.vice_chair
        yield "role", (*loc, "fallback"), role.fallback


def _people(loc: Loc, people: Iterable[str]) -> Iterator[Named]:
    for index, person in enumerate(people):
        yield "person", (*loc, index), person


_RIGHT: Final = """\
company: 示例公司
departments:
  office: {name: 办公室, head: zhang.wei}
people:
  zhang.wei: {name: 张伟, email: zhang.wei@example.com, department: office}
  li.na: {name: 李娜, email: li.na@example.com, department: office}
roles:
  clerk:
    title: 经办人
    holders: [li.na]
    fallback: manager
  manager:
    title: 负责人
    holders: [zhang.wei]
duty:
  office:
    title: 办公室值班
    shifts:
      - {from: "00:00", until: "00:00", rota: [zhang.wei, li.na], since: 2026-01-01}
duty_person: office
vacancy: manager
"""

RULE: Final = Rule(
    id="DL050",
    title="nobody of this name in the organisation",
    title_zh="组织中没有这个人",
    why=(
        "Roles, departments, rosters and absences name people, and a wrong name means that somebody is not asked when "
        "their turn comes: at night, on a holiday, when the head is away."
    ),
    why_zh="角色、部门、值班表和请假都按代码指人。代码写错，轮到此人时就没有人收到待办：往往是夜里、假期，或负责人不在的时候。",
    wrong=_RIGHT.replace("holders: [li.na]", "holders: [li.nan]"),
    right=_RIGHT,
    check=_check,
    of=("departments",),
)
