"""DL048: votes of a group that is none, or is chaired from outside."""

from collections.abc import Iterable, Iterator
from typing import Final

from models.language.organisation import Organisation
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.steps import Approve
from models.language.subject import Subject
from models.language.who import Who

_ONE: Final = Wording(
    "DL048",
    Words(
        "`{step}` is decided by `rule: {rule}`, but only one person is asked: {people}",
        "`{step}` 按 `rule: {rule}` 决定，却只有一个人参加：{people}",
    ),
    Words(
        "name a group such as `who: leading_group`, or leave `rule` out",
        "请写一个多人的角色，例如 `who: leading_group`，或删除 `rule`",
    ),
    severity="warning",
)
_OUTSIDE: Final = Wording(
    "DL048",
    Words(
        "{chair} chairs `{step}` but has no vote in it, so the vote can never be valid",
        "{chair} 主持 `{step}` 却不是参加表决的人，表决永远无法有效",
    ),
    Words("name a chair among those asked: {people}", "请从参加表决的人中指定主持人：{people}"),
    severity="warning",
)
_SHARE: Final = Wording(
    "DL048",
    Words("a quorum of {quorum} is more than everybody", "法定人数 {quorum} 超过了全体成员"),
    Words("write a share such as `2/3`", "请写比例，例如 `2/3`"),
    severity="warning",
)


def _check(subject: Subject) -> Iterator[Problem]:
    company = subject.context.organisation
    for index, step in enumerate(subject.procedure.steps):
        if not isinstance(step, Approve) or step.rule == "one":
            continue
        part, _, whole = step.quorum.partition("/")
        if step.rule == "quorum" and int(part) > int(whole):
            yield subject.say(_SHARE, ("steps", index, "quorum"), quorum=step.quorum)
        people = _people(step.who, company) if company else None
        if not people:
            continue
        names = ", ".join(people)
        if len(people) == 1:
            yield subject.say(_ONE, ("steps", index, "rule"), step=step.id, rule=step.rule, people=names)
        chair = _people(step.chair, company) if company else None
        for person in chair or ():
            if person not in people:
                yield subject.say(_OUTSIDE, ("steps", index, "chair"), step=step.id, chair=person, people=names)


def _people(wanted: Iterable[Who], company: Organisation) -> list[str] | None:
    """Who is meant, if that can be known before a case runs; None if it cannot."""
    found: list[str] = []
    for who in wanted:
        if who.excluding or who.within:
            return None
        if who.person is not None:
            found.append(who.person)
        elif who.role in company.roles and not company.roles[who.role].everyone:
            found.extend(company.roles[who.role].holders)
        else:
            return None
    return list(dict.fromkeys(found))


_RIGHT: Final = """\
procedure: content-decision
title: {zh: 内容处置决定, en: Decision about content}
owner: info_head
chain: content
starts:
  - by: form
steps:
  - id: decide
    kind: approve
    title: 领导小组决定
    who: leading_group
    rule: quorum
    quorum: 2/3
    chair: {person: zhou.mingyuan}
    within: 3 working days
  - id: finished
    kind: end
    outcome: decided
"""

RULE: Final = Rule(
    id="DL048",
    title="a vote of one person",
    title_zh="一个人的表决",
    why=(
        "A quorum, a sequence or the consent of all is meant for several people. With one person it says more than it "
        "does. And a vote needs its chair: one who is not among the voters never takes part."
    ),
    why_zh=(
        "法定人数、依次审批和全体同意都是给多个人用的。只有一个人时，写得比实际严格。"
        "表决须有主持人参加：主持人如果不在表决人之中，就永远不会参加。"
    ),
    wrong=_RIGHT.replace("who: leading_group", "who: gm"),
    right=_RIGHT,
    severity="warning",
    check=_check,
)
