"""DL018: steps that wait for each other in a circle."""

from collections.abc import Iterator
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.subject import Subject

_CIRCLE: Final = Wording(
    "DL018",
    Words(
        "these steps wait for each other, so none of them ever begins: {circle}",
        "这些步骤互相等待，哪一个都无法开始：{circle_zh}",
    ),
    Words(
        "break the circle: remove one of them from `after`; to do a step again, use `back_to`",
        "请断开这个圈：从某一步的 `after` 中去掉另一步；如需返工，请用 `back_to`",
    ),
)
_ITSELF: Final = Wording(
    "DL018",
    Words("`{name}` waits for itself, so it never begins", "步骤 `{name}` 在等自己，永远无法开始"),
    Words(
        "name another step in `after`; to do it again, use `back_to`",
        "请在 `after` 中写别的步骤；如需返工，请用 `back_to`",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    places = {step.id: index for index, step in reversed(list(enumerate(subject.procedure.steps)))}
    for circle in subject.order.circles:
        first, following = circle[0], circle[1 % len(circle)]
        after = subject.steps[first].after or ()
        loc: Loc = ("steps", places[first], "after")
        if following in after:
            loc = (*loc, after.index(following))
        if len(circle) == 1:
            yield subject.say(_ITSELF, loc, name=first)
        else:
            way = (*circle, first)
            values = {"circle": " waits for ".join(way), "circle_zh": " 等 ".join(way)}
            yield subject.say(_CIRCLE, loc, **values)


_RIGHT: Final = """\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
owner: security_officer
chain: office
starts:
  - by: form
steps:
  - id: register
    kind: task
    title: 登记来访人员
    after: []
    who: security_guard
    within: 2 working hours
  - id: confirm
    kind: approve
    title: 确认来访
    after: register
    who: security_officer
    within: 4 working hours
  - id: finished
    kind: end
    after: confirm
    outcome: registered
"""

RULE: Final = Rule(
    id="DL018",
    title="steps that wait for each other",
    title_zh="步骤互相等待",
    why=(
        "If `a` comes after `b` and `b` after `a`, neither ever begins and no deadline tells anybody. "
        "The message shows the circle; `back_to` is the word for doing a step again."
    ),
    why_zh=(
        "如果甲在乙之后、乙又在甲之后，两步都无法开始，也没有时限会提醒任何人。提示会列出这个圈；返工请用 `back_to`。"
    ),
    wrong=_RIGHT.replace("after: []", "after: confirm"),
    right=_RIGHT,
    check=_check,
)
