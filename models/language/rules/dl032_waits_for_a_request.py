"""DL032: steps that wait for something nobody may ever ask for."""

from collections.abc import Iterator
from typing import Final

from models.language.order import on_request, waits_for
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.subject import Subject

_MIXED: Final = Wording(
    "DL032",
    Words(
        "`{step}` waits for `{ordinary}` and for `{requested}`, which exists only if somebody asks for it: "
        "if nobody does, `{step}` never begins",
        "`{step}` 既要等 `{ordinary}`，又要等 `{requested}`，而后者只在有人发起时才有："
        "没有人发起，`{step}` 就永远不会开始",
    ),
    Words(
        "if `{step}` belongs to the request, write `after: {requested}` alone; if it belongs to the ordinary course, "
        "take `{requested}` out and hold `{step}` with a gate, `until: not {origin}.done or {requested}.done`",
        "如果 `{step}` 属于该发起事项，请只写 `after: {requested}`；如果属于正常流程，请去掉 `{requested}`，"
        "并用门禁拦住 `{step}`：`until: not {origin}.done or {requested}.done`",
    ),
)
_ALONE: Final = Wording(
    _MIXED.rule,
    _MIXED.message,
    Words(
        "if `{step}` belongs to the request, write `after: {requested}` alone; if it belongs to the ordinary course, "
        "take `{requested}` out: what may never be asked for cannot be waited for",
        "如果 `{step}` 属于该发起事项，请只写 `after: {requested}`；如果属于正常流程，请去掉 `{requested}`："
        "不一定会发起的步骤不能等",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    order = subject.order
    for index, step in enumerate(subject.procedure.steps):
        after = order.after.get(step.id, ())
        if step.wait_for == "any" or on_request(step):
            continue
        requested = [name for name in after if name in order.requested]
        for name in requested:
            ordinary = [one for one in after if one not in order.requested]
            if ordinary:
                origin = _origin(subject, name)
                values = {"step": step.id, "ordinary": ordinary[0], "requested": name, "origin": origin}
                yield subject.say(_ALONE if origin == name else _MIXED, _place(subject, index, name), **values)


def _place(subject: Subject, index: int, name: str) -> Loc:
    return ("steps", index, "after", waits_for(index, subject.procedure).index(name))


def _origin(subject: Subject, name: str) -> str:
    """The step on request that a step goes back to."""
    around = [name, *(one for one in subject.steps if one in subject.order.before(name))]
    return next((one for one in around if on_request(subject.steps[one])), name)


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
    who: security_guard
    within: 2 working hours
  - id: incident
    kind: task
    title: 发现异常情况
    after: register
    start: on_request
    who: all_staff
  - id: look_into
    kind: task
    title: 核实异常情况
    after: incident
    who: security_officer
    within: 1 working day
  - id: finished
    kind: end
    after: register
    outcome: registered
gates:
  - id: looked_into
    holds: [finished]
    until: not incident.done or look_into.done
    says: 异常情况尚未核实
"""

RULE: Final = Rule(
    id="DL032",
    title="waiting for what nobody asked for",
    title_zh="等待无人发起的步骤",
    why=(
        "A step with `start: on_request` begins only when somebody asks for it, and so does what comes after it. "
        "A step that waits for it and for the ordinary course as well waits for ever in every case in which nobody "
        "asks. A gate says what is meant: not before it is finished, if it was begun."
    ),
    why_zh=(
        "`start: on_request` 的步骤只在有人发起时才开始，其后的步骤也一样。如果某一步既等它、又等正常流程，"
        "那么凡是没有人发起的事项都会停在那里。门禁才能表达本意：一旦发起，办完之前不得继续。"
    ),
    wrong=_RIGHT.replace("    after: register\n    outcome", "    after: [register, look_into]\n    outcome"),
    right=_RIGHT,
    check=_check,
)
