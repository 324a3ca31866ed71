"""DL037: approvals that only the person who asks could give."""

from collections.abc import Iterator
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.steps import Approve
from models.language.subject import Subject
from models.language.who import Who

_OWN: Final = Wording(
    "DL037",
    Words(
        "`{step}` can be approved only by {whom}, and nobody approves their own",
        "`{step}` 只能由{whom_zh}审批，而任何人不得审批自己的事",
    ),
    Words(
        "name somebody else, e.g. `who: {{superior_of: {below}}}` or a role",
        "请改由他人审批，例如 `who: {{superior_of: {below}}}` 或某个角色",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    for index, step in enumerate(subject.procedure.steps):
        if not isinstance(step, Approve) or not step.who:
            continue
        if all(_is_own(who, step, subject) for who in step.who):
            did = step.who[0].did
            yield subject.say(
                _OWN,
                ("steps", index, "who"),
                step=step.id,
                whom=f"whoever did `{did}`" if did else "the requester",
                whom_zh=f"办理 `{did}` 的人" if did else "申请人",
                below=did or "requester",
            )


def _is_own(who: Who, step: Approve, subject: Subject) -> bool:
    return (
        who.special == "requester"
        or (who.did is not None and who.did == step.ratifies)
        or who.did in subject.order.before(step.id)
    )


_RIGHT: Final = """\
procedure: material-outside
title: {zh: 资料外带, en: Taking material out}
owner: security_officer
chain: office
starts:
  - by: form
steps:
  - id: approve
    kind: approve
    title: 批准外带
    who: {superior_of: requester}
    within: 8 working hours
  - id: finished
    kind: end
    outcome: approved
"""

RULE: Final = Rule(
    id="DL037",
    title="an approval of one's own",
    title_zh="自己审批自己",
    why=(
        "Nobody approves their own: the engine asks neither the requester nor whoever did the step before. An approval "
        "that names only them is left to their superiors by accident; say whom you mean."
    ),
    why_zh=(
        "任何人不得审批自己的事：申请人和上一步的办理人都不会被请来审批。如果只写了他们，审批就会碰巧落到其上级；"
        "请写明由谁审批。"
    ),
    wrong=_RIGHT.replace("who: {superior_of: requester}", "who: requester"),
    right=_RIGHT,
    check=_check,
)
