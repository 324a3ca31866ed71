"""DL028: deadlines that claim to be stated by a clause or a law, and do not say by which."""

from collections.abc import Iterator
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_NO_CLAUSE: Final = Wording(
    "DL028",
    Words(
        "`basis: {basis}` says that a {source} states this time, but no clause is named",
        "`basis: {basis}` 表示时限由{source_zh}明文规定，却没有写是哪一条",
    ),
    Words(
        "add `clause: ` and its number; a time of our own choosing is `basis: default`",
        "请加上 `clause: ` 和条款编号；自行确定的时限写 `basis: default`",
    ),
)
_NO_LIMIT: Final = Wording(
    "DL028",
    Words(
        "`basis: {basis}` says that clause {clause} states this time, but the register has no `limit` for it",
        "`basis: {basis}` 表示条款 {clause} 明文写了时限，但条款登记中该条没有 `limit`",
    ),
    Words(
        "name the clause that states it, add `limit` to the clause in clauses.yaml, or write `basis: default`",
        "请写明文规定时限的条款，或在 clauses.yaml 的该条补上 `limit`，或改为 `basis: default`",
    ),
)
_SOURCE: Final = {"explicit": Words("clause", "条款"), "law": Words("law", "法律")}


def _check(subject: Subject) -> Iterator[Problem]:
    register = subject.context.clauses
    for timed in subject.deadlines:
        own = timed.deadline
        parts = [(timed.loc, own.basis, own.clause)]
        parts += [
            (timed.at("replaced", index), other.basis or own.basis, other.clause or own.clause)
            for index, other in enumerate(own.replaced)
        ]
        for loc, basis, clause in parts:
            if basis not in _SOURCE:
                continue
            source, at = _SOURCE[basis], (*loc, "basis")
            if clause is None:
                yield subject.say(_NO_CLAUSE, at, basis=basis, source=source.en, source_zh=source.zh)
            elif register and clause in register.clauses and register.clauses[clause].limit is None:
                yield subject.say(_NO_LIMIT, (*loc, "clause"), basis=basis, clause=clause)


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
    who: acceptor
    deadline:
      clause: 7-4.2.2
      basis: explicit
      within: 1 hour
  - id: finished
    kind: end
    outcome: forwarded
"""

RULE: Final = Rule(
    id="DL028",
    title="a stated time without the clause that states it",
    title_zh="明文时限没有写条款",
    why=(
        "`basis: explicit` and `basis: law` say that the time is not ours to choose. Then the clause must be named, "
        "and the register must know what it states, or nobody could tell whether a change made it looser."
    ),
    why_zh=(
        "`basis: explicit` 和 `basis: law` 表示这个时限不由我们决定。因此要写明是哪一条，条款登记中也要有它规定的时限，"
        "否则修改之后谁也看不出是不是放宽了。"
    ),
    wrong=_RIGHT.replace("      clause: 7-4.2.2\n", ""),
    right=_RIGHT,
    check=_check,
)
