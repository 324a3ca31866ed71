"""DL033: steps that can never open, because nothing comes after what they wait for."""

from collections.abc import Iterator
from typing import Final

from models.language.order import waits_for
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.steps import End
from models.language.subject import Subject

_AFTER_END: Final = Wording(
    "DL033",
    Words(
        "`{step}` never begins: it comes after `{end}`, which ends the case",
        "`{step}` 永远不会开始：它在 `{end}` 之后，而 `{end}` 会结束事项",
    ),
    Words(
        "say with `after` which step it really follows; without `after` a step follows the one above it",
        "请用 `after` 写明它真正接在哪一步之后；不写 `after` 时，步骤接在上一步之后",
    ),
)
_AFTER_RETURN: Final = Wording(
    "DL033",
    Words(
        "`{step}` never begins: it comes after `{end}`, which always goes back to `{back}`",
        "`{step}` 永远不会开始：它在 `{end}` 之后，而 `{end}` 总是退回到 `{back}`",
    ),
    Words(
        "say with `after` which step it really follows, or give `{end}` a condition with `when`",
        "请用 `after` 写明它真正接在哪一步之后，或用 `when` 给 `{end}` 加上条件",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    order = subject.order
    for index, step in enumerate(subject.procedure.steps):
        after = order.after[step.id]
        if step.id in order.opening:
            continue
        stops = [name for name in after if name in order.opening and order.stops(name)]
        for name in stops[:1]:
            written = waits_for(index, subject.procedure)
            loc = ("steps", index, "after", written.index(name)) if step.after else ("steps", index, "id")
            back = getattr(subject.steps[name], "back_to", "")
            wording = _AFTER_END if isinstance(subject.steps[name], End) else _AFTER_RETURN
            yield subject.say(wording, loc, step=step.id, end=name, back=back)


_RIGHT: Final = """\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
owner: security_officer
chain: office
starts:
  - by: form
form:
  expected: {type: yes_no, title: 是否预约}
steps:
  - id: register
    kind: task
    title: 登记来访人员
    who: security_guard
    within: 2 working hours
  - id: finished
    kind: end
    when: expected
    outcome: registered
  - id: ask_host
    kind: task
    title: 询问被访人
    after: register
    when: not expected
    who: security_guard
    within: 1 hour
  - id: settled
    kind: end
    outcome: settled
"""

RULE: Final = Rule(
    id="DL033",
    title="a step that never begins",
    title_zh="步骤永远不会开始",
    why=(
        "Without `after` a step follows the one above it. Below an `end`, or below a step that goes back to an earlier "
        "one, it would follow what nothing follows. A step on a side path needs its own `after`."
    ),
    why_zh=(
        "不写 `after` 时，步骤接在上一步之后。写在 `end` 之后，或写在会退回的步骤之后，就等于接在没有后续的步骤之后。"
        "支线上的步骤要自己写 `after`。"
    ),
    wrong=_RIGHT.replace("    when: expected\n", "").replace("    after: register\n", ""),
    right=_RIGHT,
    check=_check,
)
