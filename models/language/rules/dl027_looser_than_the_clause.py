"""DL027: deadlines that give more time than the clause they carry out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models.language.climbs import span_of
from models.language.deadlines import Basis
from models.language.durations import Duration
from models.language.elapsed import comparable, definitely_longer, never_longer
from models.language.parts import Timed
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.subject import Subject

_DECISION: Final = Words(
    "write at most `{limit}`; to give more time, record the decision that allows it "
    "in `loosened: {{number, by, on, reason}}`",
    "请写不超过 `{limit}` 的时限；确需放宽的，须在 `loosened: {{number, by, on, reason}}` 中写明批准放宽的书面决定",
)
_LOOSER: Final = Wording(
    "DL027",
    Words(
        "`{span}` is longer than clause {clause} allows: it states {limit}",
        "`{span}` 超出条款 {clause} 明文规定的时限：{limit_zh}",
    ),
    _DECISION,
)
_UNSURE: Final = Wording(
    "DL027",
    Words(
        "`{span}` can be longer than the {limit} that clause {clause} states: over a holiday it is",
        "`{span}` 可能超出条款 {clause} 明文规定的 {limit_zh}，例如遇到长假",
    ),
    Words(
        "count as the clause does: write `{limit}` or less; to give more time, record the decision in `loosened`",
        "请与条款的算法一致，写 `{limit}` 或更短；确需放宽的，须在 `loosened` 中写明书面决定",
    ),
)
_OTHER_BASIS: Final = Wording(
    "DL027",
    Words(
        "`{span}` is more than the {limit} that clause {clause} states, and `basis` does not say why",
        "`{span}` 长于条款 {clause} 明文规定的 {limit_zh}，而 `basis` 没有说明原因",
    ),
    Words(
        "if this is the time the clause speaks of, write `basis: explicit` and `{limit}`; "
        "if it is about something else, name the clause that it carries out",
        "如果这就是条款所说的时限，请写 `basis: explicit` 和 `{limit}`；如果是另一件事，请写它所落实的条款",
    ),
    severity="warning",
)


@dataclass(frozen=True, slots=True)
class _Promise:
    """A span that a deadline gives, and the clause it answers to."""

    loc: Loc
    span: Duration
    clause: str | None
    basis: Basis


def _check(subject: Subject) -> Iterator[Problem]:
    register = subject.context.clauses
    if register is None:
        return
    for timed in subject.deadlines:
        if timed.deadline.loosened is not None or timed.deadline.target:
            continue
        for promise in _promises(subject, timed):
            clause = register.clauses.get(promise.clause or "")
            if clause is not None and clause.limit is not None and not never_longer(promise.span, clause.limit):
                wording = _wording(promise, clause.limit)
                values = {"span": promise.span, "clause": promise.clause}
                yield subject.say(wording, promise.loc, limit=clause.limit, limit_zh=clause.limit.zh, **values)


def _wording(promise: _Promise, limit: Duration) -> Wording:
    if promise.basis == "default":
        return _OTHER_BASIS
    return _LOOSER if definitely_longer(promise.span, limit) or comparable(promise.span, limit) else _UNSURE


def _promises(subject: Subject, timed: Timed) -> Iterator[_Promise]:
    deadline, terms = timed.deadline, subject.context.terms
    clause = deadline.clause
    span = span_of(deadline, terms)
    if span is not None:
        yield _Promise(timed.at("within" if deadline.within else "term"), span, clause, deadline.basis)
    for mode, span in deadline.in_mode.items():
        yield _Promise(timed.at("in_mode", mode), span, clause, deadline.basis)
    for index, other in enumerate(deadline.replaced):
        loc = timed.at("replaced", index, "within")
        yield _Promise(loc, other.within, other.clause or clause, other.basis or deadline.basis)


_RIGHT: Final = """\
procedure: complaint-contact
title: {zh: 联系客户, en: Contact with the customer}
clauses: [7-4.2.3a]
owner: cs_manager
chain: complaint-forward
starts:
  - by: form
steps:
  - id: contact
    kind: task
    title: 联系客户并告知进展
    who: dept_handler
    deadline:
      clause: 7-4.2.3a
      basis: explicit
      within: 24 hours
      ladder: ESC-CMP-24H
  - id: finished
    kind: end
    outcome: contacted
"""

RULE: Final = Rule(
    id="DL027",
    title="a deadline looser than its clause",
    title_zh="时限比条款宽",
    why=(
        "Six times are stated in the policy in so many words, and the law states others. A procedure may be stricter, "
        "but not looser: that takes a decision of the general manager, recorded at the deadline in `loosened`. "
        "Spans of different kinds are compared over every possible start: 1 working day is not within 24 hours."
    ),
    why_zh=(
        "制度明文写出的时限有六个，法律另有规定。规程可以更严，不得更宽；"
        "确需放宽，须有总经理的书面决定，并写在该时限的 `loosened` 中。"
        "不同单位的时限按一切可能的起点比较：1个工作日并不总在24小时以内。"
    ),
    wrong=_RIGHT.replace("within: 24 hours", "within: 36 hours"),
    right=_RIGHT,
    check=_check,
)
