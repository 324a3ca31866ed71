"""DL061: outcomes that no case of the procedure can have."""

from collections.abc import Iterator
from typing import Final

from models.language.order import outcomes
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_UNKNOWN: Final = Wording(
    "DL061",
    Words("no case of this procedure ends as `{found}`", "本规程没有结局 `{found}`"),
    Words("{hint}", "{hint_zh}"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    reopens = subject.procedure.reopens
    known = outcomes(subject.procedure)
    for index, outcome in enumerate(reopens.outcomes if reopens else ()):
        if outcome not in known:
            yield subject.say_unknown(_UNKNOWN, ("reopens", "outcomes", index), outcome, known)


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
  - id: finished
    kind: end
    outcome: registered
reopens:
  at: register
  outcomes: [registered]
"""

RULE: Final = Rule(
    id="DL061",
    title="unknown outcome",
    title_zh="结局不存在",
    why=(
        "Only cases with the outcomes named in `reopens` can be opened again. An outcome that no case has means that "
        "the matter comes back and nothing happens."
    ),
    why_zh="只有结局列在 `reopens` 中的事项才能重新开启。写了不存在的结局，同一件事再来时就无法重新开启。",
    wrong=_RIGHT.replace("outcomes: [registered]", "outcomes: [registred]"),
    right=_RIGHT,
    check=_check,
)
