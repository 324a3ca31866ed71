"""DL055: people who stand in for themselves."""

from collections.abc import Iterator
from typing import Final

from models.language.organisation import Organisation
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_HOLDER: Final = Wording(
    "DL055",
    Words(
        "{person} is a deputy for the role `{role}` that they hold themselves",
        "{person} 本来就担任角色 `{role}`，又被写成它的代理人",
    ),
    Words("name somebody else as deputy", "请指定其他人代理"),
)
_HEAD: Final = Wording(
    "DL055",
    Words("{person} is head and deputy of the department `{role}`", "{person} 既是部门 `{role}` 的负责人，又是副职"),
    Words("name somebody else as deputy, or leave `deputy` out", "请指定其他人为副职，或删除 `deputy`"),
)
_CHAIR: Final = Wording(
    "DL055",
    Words("{person} chairs `{role}` without being a member of it", "{person} 是 `{role}` 的组长或副组长，却不是其成员"),
    Words("add them to `holders`: {holders}", "请把此人加入 `holders`：{holders}"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    company: Organisation = subject.page.content
    for name, department in company.departments.items():
        if department.deputy == department.head:
            yield subject.say(_HEAD, ("departments", name, "deputy"), person=department.head, role=name)
    for name, role in company.roles.items():
        for index, deputy in enumerate(role.deputies):
            if deputy.person in role.holders:
                yield subject.say(
                    _HOLDER, ("roles", name, "deputies", index, "person"), person=deputy.person, role=name
                )
        for key in ("chair", "vice_chair"):
            person = getattr(role, key)
            if person is not None and person not in role.holders:
                holders = ", ".join(role.holders) or "—"
                yield subject.say(_CHAIR, ("roles", name, key), person=person, role=name, holders=holders)


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
    id="DL055",
    title="one's own deputy",
    title_zh="自己代理自己",
    why=(
        "A deputy is asked when the holder is away or does not answer. If both are one person, nobody is. And the "
        "chair of a group must be a member of it, or their vote is missing."
    ),
    why_zh="代理人在任职人不在或未办理时接手。两者是同一个人，就等于没有代理。组长也须是成员，否则表决时缺他一票。",
    wrong=_RIGHT.replace(
        "    holders: [li.na]\n",
        "    holders: [li.na]\n    deputies:\n      - {person: li.na, from: 2026-01-01, until: 2026-12-31}\n",
    ),
    right=_RIGHT,
    check=_check,
    of=("departments",),
)
