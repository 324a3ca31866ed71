"""DL026: clauses that a part of the procedure carries out and its list leaves out."""

from collections.abc import Iterator
from typing import Final

from models.language.parts import clauses_of
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_UNLISTED: Final = Wording(
    "DL026",
    Words(
        "clause `{clause}` is carried out here, but is not in the list `clauses` of the procedure",
        "此处依据条款 `{clause}`，但规程开头的 `clauses` 没有列入",
    ),
    Words("add `- {clause}` to `clauses` at the top", "请在开头的 `clauses` 中加上 `- {clause}`"),
    severity="warning",
)


def _check(subject: Subject) -> Iterator[Problem]:
    listed, register = set(subject.procedure.clauses), subject.context.clauses
    told: set[str] = set()
    for loc, clause in clauses_of(subject.procedure):
        # One that does not exist is another rule's finding.
        if clause in listed or clause in told or (register is not None and clause not in register.clauses):
            continue
        told.add(clause)
        yield subject.say(_UNLISTED, loc, clause=clause)


_RIGHT: Final = """\
procedure: complaint-intake
title: {zh: 投诉受理, en: Complaint intake}
clauses: [7-4.2.2, 7-4.2.4]
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
  - id: archive
    kind: task
    title: 整理电子档案
    clause: 7-4.2.4
    who: acceptor
    within: 1 working day
  - id: finished
    kind: end
    outcome: archived
"""

RULE: Final = Rule(
    id="DL026",
    title="a clause that is not listed",
    title_zh="条款没有列入",
    why=(
        "The list `clauses` at the top of a procedure is what coverage is counted from. A clause that is carried out "
        "by a step but not listed looks to an auditor as if nobody carried it out."
    ),
    why_zh="规程开头的 `clauses` 是统计条款落实情况的依据。步骤落实了却没有列入，审计看来就是没有人落实。",
    wrong=_RIGHT.replace("[7-4.2.2, 7-4.2.4]", "[7-4.2.2]"),
    right=_RIGHT,
    severity="warning",
    check=_check,
)
