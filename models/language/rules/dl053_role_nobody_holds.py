"""DL053: roles that a procedure asks and nobody holds."""

from collections.abc import Iterator
from typing import Final

from models.language.climbs import is_staffed
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_VACANT: Final = Wording(
    "DL053",
    Words(
        "nobody holds the role `{role}` ({title}), and no other takes over",
        "角色 `{role}`（{title}）无人担任，也没有写由谁承担",
    ),
    Words(
        "in organisation.yaml, write its `holders`, or a `fallback` role that somebody holds",
        "请在 organisation.yaml 中写上任职人 `holders`，或写明由哪个有人担任的角色承担（`fallback`）",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    company = subject.context.organisation
    if company is None:
        return
    told: set[str] = set()
    for named in subject.people:
        role = named.who.role
        if role in company.roles and role not in told and not is_staffed(role, company):
            told.add(role)
            yield subject.say(_VACANT, (*named.loc, "role"), role=role, title=company.roles[role].title.zh)


_RIGHT: Final = """\
# file: organisation.yaml
company: 示例公司
departments:
  office: {name: 办公室, head: zhang.wei}
people:
  zhang.wei: {name: 张伟, email: zhang.wei@example.com, department: office}
roles:
  clerk:
    title: 经办人
    fallback: manager
  manager:
    title: 负责人
    holders: [zhang.wei]
duty:
  office:
    title: 办公室值班
    shifts:
      - {from: "00:00", until: "00:00", rota: [zhang.wei], since: 2026-01-01}
duty_person: office
vacancy: manager
# file: ladders.yaml
ladders:
  OFFICE:
    rungs:
      - tell: L1
chains:
  office: {L1: manager}
defaults: {short: OFFICE, hours: OFFICE, days: OFFICE, campaign: OFFICE, target: OFFICE}
# file: clauses.yaml
clauses:
  1-1.1: {title: 目的, kind: GOVERNANCE}
# file: terms.yaml
terms:
  promptly: {title: 及时, within: 1 working day, least: 1 working day, most: 3 working days}
# file: modes.yaml
modes: {sensitive: 敏感时期}
# file: visitor-registration.yaml
procedure: visitor-registration
title: 来访登记
owner: manager
chain: office
starts:
  - by: form
steps:
  - id: register
    kind: task
    title: 登记来访人员
    who: clerk
    within: 1 working day
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL053",
    title="a role that nobody holds",
    title_zh="角色无人担任",
    why=(
        "A step that asks a vacant role asks nobody. A role may be vacant for a while, so each should name the role "
        "that takes over, and in the end somebody who exists."
    ),
    why_zh="步骤请的角色无人担任，就没有人收到待办。岗位难免暂时空缺，所以每个角色都应写明空缺时由哪个角色承担，最终落到真实的人。",
    wrong=_RIGHT.replace("    title: 经办人\n    fallback: manager\n", "    title: 经办人\n"),
    right=_RIGHT,
    check=_check,
)
