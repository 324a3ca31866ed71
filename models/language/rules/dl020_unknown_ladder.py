"""DL020: ladders that are not written in the file of ladders."""

from collections.abc import Iterator
from typing import Final

from models.language.ladders import Defaults, Ladders
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_UNKNOWN: Final = Wording(
    "DL020",
    Words("there is no ladder `{found}`", "没有名为 `{found}` 的升级链"),
    Words("{hint}", "{hint_zh}"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    content, known = subject.page.content, subject.context.ladders
    if isinstance(content, Ladders):
        for kind in Defaults.model_fields:
            name = getattr(content.defaults, kind)
            if name not in content.ladders:
                yield subject.say_unknown(_UNKNOWN, ("defaults", kind), name, content.ladders)
    elif known is not None:
        for timed in subject.deadlines:
            if timed.deadline.ladder and timed.deadline.ladder not in known.ladders:
                yield subject.say_unknown(_UNKNOWN, timed.at("ladder"), timed.deadline.ladder, known.ladders)
            for index, other in enumerate(timed.deadline.replaced):
                if other.ladder and other.ladder not in known.ladders:
                    loc = timed.at("replaced", index, "ladder")
                    yield subject.say_unknown(_UNKNOWN, loc, other.ladder, known.ladders)


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
    deadline:
      within: 2 working days
      ladder: ESC-OFFICE
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL020",
    title="unknown ladder",
    title_zh="升级链不存在",
    why=(
        "A ladder says who is told when a deadline nears or passes. A deadline with a ladder that does not exist "
        "would pass and tell nobody. Ladders are written in ladders.yaml; without `ladder` the deadline gets "
        "the one for its kind of span."
    ),
    why_zh=(
        "升级链规定时限将到或已过时告知谁。升级链不存在，时限过了也没有人知道。"
        "升级链写在 ladders.yaml 中；不写 `ladder` 时，按时限的种类取默认的升级链。"
    ),
    wrong=_RIGHT.replace("ESC-OFFICE", "ESC-OFICE"),
    right=_RIGHT,
    check=_check,
    of=("procedure", "ladders"),
)
