"""DL051: superiors, and departments, that go round in a circle."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from models.language.organisation import Organisation
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_SUPERIORS: Final = Wording(
    "DL051",
    Words("these people are each other's superiors: {circle}", "上下级绕成了一圈：{circle_zh}"),
    Words(
        "correct one `superior`; without it, the superior is the head of the department, or of the one above",
        "请改正其中一个 `superior`；不写时，上级是本部门负责人，或上级部门的负责人",
    ),
)
_DEPARTMENTS: Final = Wording(
    "DL051",
    Words("these departments are above each other: {circle}", "上级部门绕成了一圈：{circle_zh}"),
    Words("correct one `parent`", "请改正其中一个 `parent`"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    company: Organisation = subject.page.content
    for circle in _circles(company.departments, lambda name: company.departments[name].parent):
        yield subject.say(_DEPARTMENTS, ("departments", circle[0], "parent"), **_shown(circle, " below "))
    for circle in _circles(company.people, lambda person: _superior(company, person)):
        yield subject.say(_SUPERIORS, ("people", circle[0], "superior"), **_shown(circle, " below "))


def _shown(circle: tuple[str, ...], word: str) -> dict[str, str]:
    way = (*circle, circle[0])
    return {"circle": word.join(way), "circle_zh": " 的上级是 ".join(way)}


def _circles(names: Iterable[str], above: Callable[[str], str | None]) -> Iterator[tuple[str, ...]]:
    """Each circle once, beginning with the name that stands first in the file."""
    order = list(names)
    done: set[str] = set()
    for start in order:
        way: list[str] = []
        name: str | None = start
        while name is not None and name in order and name not in done and name not in way:
            way.append(name)
            name = above(name)
        if name in way:
            circle = way[way.index(name) :]
            first = min(circle, key=order.index)
            yield (*circle[circle.index(first) :], *circle[: circle.index(first)])
        done.update(way)


def _superior(company: Organisation, person: str) -> str | None:
    """The superior whom the engine would find: the one named, or the head of the department or of those above."""
    record = company.people[person]
    if record.superior is not None:
        return record.superior
    unit: str | None = record.department
    seen: set[str] = set()
    while unit is not None and unit in company.departments and unit not in seen:
        seen.add(unit)
        if company.departments[unit].head != person:
            return company.departments[unit].head
        unit = company.departments[unit].parent
    return None


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
    id="DL051",
    title="superiors in a circle",
    title_zh="上下级绕成一圈",
    why=(
        "An escalation climbs from superior to superior, and whoever has a conflict of interest is passed over "
        "upwards. In a circle the way up comes back to where it began, and never reaches anybody who could decide."
    ),
    why_zh="升级逐级向上，有利害关系的人也向上跳过。上下级绕成一圈，就会绕回原处，永远到不了能作决定的人。",
    wrong=_RIGHT.replace(
        "zhang.wei: {name: 张伟, email: zhang.wei@example.com, department: office}",
        "zhang.wei: {name: 张伟, email: zhang.wei@example.com, department: office, superior: li.na}",
    ),
    right=_RIGHT,
    check=_check,
    of=("departments",),
)
