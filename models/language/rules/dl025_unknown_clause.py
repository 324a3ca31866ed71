"""DL025: clauses that the register does not have."""

from collections.abc import Iterator
from typing import Final

from models.language.parts import clauses_of
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.subject import Subject

_UNKNOWN: Final = Wording(
    "DL025",
    Words("there is no clause `{found}` in the register", "条款登记中没有 `{found}`"),
    Words("{hint}; the register is clauses.yaml", "{hint_zh}；条款登记在 clauses.yaml 中"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    register = subject.context.clauses
    if register is None:
        return
    for loc, clause in _named(subject):
        if clause not in register.clauses:
            yield subject.say_unknown(_UNKNOWN, loc, clause, register.clauses)


def _named(subject: Subject) -> Iterator[tuple[Loc, str]]:
    for index, clause in enumerate(subject.procedure.clauses):
        yield ("clauses", index), clause
    yield from clauses_of(subject.procedure)


_RIGHT: Final = """\
procedure: complaint-intake
title: {zh: 投诉受理, en: Complaint intake}
clauses: [7-4.2.2]
owner: cs_manager
chain: complaint-forward
starts:
  - by: form
steps:
  - id: forward
    kind: task
    title: 发出处理通知
    clause: 7-4.2.2
    who: acceptor
    within: 1 hour
  - id: finished
    kind: end
    outcome: forwarded
"""

RULE: Final = Rule(
    id="DL025",
    title="unknown clause",
    title_zh="条款不存在",
    why=(
        "Whoever is late is told which clause says so, and an auditor asks for every clause which procedure carries "
        "it out. A clause that is not in the register (clauses.yaml) answers neither."
    ),
    why_zh=(
        "逾期的人会看到依据的是哪一条，审计会问每一条由哪个规程落实。"
        "条款登记（clauses.yaml）里没有的编号，这两个问题都答不上来。"
    ),
    wrong=_RIGHT.replace("7-4.2.2", "7-4.2.22"),
    right=_RIGHT,
    check=_check,
)
