"""DL029: spans outside the range that their deadline or their term allows."""

from collections.abc import Iterator
from typing import Final

from models.language.clauses import Term, Terms
from models.language.climbs import span_of
from models.language.durations import Duration
from models.language.elapsed import definitely_longer
from models.language.parts import Timed
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.subject import Subject

_SHORT: Final = Wording(
    "DL029",
    Words("`{span}` is shorter than the shortest allowed, {limit}", "`{span}` 短于允许的最短时限 {limit_zh}"),
    Words("write {limit} or more, or change {range_}", "请写 {limit} 或更长，或修改{range_zh}"),
)
_LONG: Final = Wording(
    "DL029",
    Words("`{span}` is longer than the longest allowed, {limit}", "`{span}` 长于允许的最长时限 {limit_zh}"),
    Words("write {limit} or less, or change {range_}", "请写 {limit} 或更短，或修改{range_zh}"),
)
_REVERSED: Final = Wording(
    "DL029",
    Words("the shortest allowed, {least}, is longer than the longest, {limit}", "最短 {least} 反而长于最长 {limit}"),
    Words("exchange `least` and `most`", "请把 `least` 和 `most` 对调"),
)
_BOUNDS: Final = Words("`bounds`", " `bounds`")
_TERM: Final = Words("`least` and `most` of the term in terms.yaml", " terms.yaml 中该用语的 `least`、`most`")

Range = tuple[Duration | None, Duration | None, Words]


def _check(subject: Subject) -> Iterator[Problem]:
    if isinstance(subject.page.content, Terms):
        for name, term in subject.page.content.terms.items():
            yield from _in_term(subject, ("terms", name), term)
    else:
        for timed in subject.deadlines:
            yield from _in_deadline(subject, timed)


def _in_term(subject: Subject, loc: Loc, term: Term) -> Iterator[Problem]:
    yield from _reversed(subject, (*loc, "least"), term.least, term.most)
    yield from _outside(subject, (*loc, "within"), term.within, _range(term))
    for mode, span in term.in_mode.items():
        yield from _outside(subject, (*loc, "in_mode", mode), span, _range(term))


def _in_deadline(subject: Subject, timed: Timed) -> Iterator[Problem]:
    own, terms = timed.deadline, subject.context.terms
    term = terms.terms.get(own.term) if terms is not None and own.term else None
    if own.within is not None and term is not None:
        yield from _outside(subject, timed.at("within"), own.within, _range(term))
    if own.bounds is None:
        return
    bounds: Range = (own.bounds.least, own.bounds.most, _BOUNDS)
    yield from _reversed(subject, timed.at("bounds", "least"), own.bounds.least, own.bounds.most)
    span = span_of(own, terms)
    if span is not None:
        yield from _outside(subject, timed.at("within" if own.within else "term"), span, bounds)
    for mode, other in own.in_mode.items():
        yield from _outside(subject, timed.at("in_mode", mode), other, bounds)


def _range(term: Term) -> Range:
    return term.least, term.most, _TERM


def _outside(subject: Subject, loc: Loc, span: Duration, allowed: Range) -> Iterator[Problem]:
    least, most, where = allowed
    for limit, wording in ((least, _SHORT), (most, _LONG)):
        longer, shorter = (limit, span) if wording is _SHORT else (span, limit)
        if limit and longer and shorter and definitely_longer(longer, shorter):
            values = {"span": span, "limit": limit, "limit_zh": limit.zh}
            yield subject.say(wording, loc, range_=where.en, range_zh=where.zh, **values)


def _reversed(subject: Subject, loc: Loc, least: Duration | None, most: Duration | None) -> Iterator[Problem]:
    if least and most and definitely_longer(least, most):
        yield subject.say(_REVERSED, loc, least=least, limit=most)


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
      within: 30 minutes
      bounds: {least: 10 minutes, most: 60 minutes}
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL029",
    title="a span outside its range",
    title_zh="时限超出允许范围",
    why=(
        "Where the policy uses a vague word, an administrator chooses the time, within a range: `bounds` at the "
        "deadline, or `least` and `most` of the term. Only what is surely outside is reported; 1 working day is "
        "neither shorter nor longer than 24 hours."
    ),
    why_zh=(
        "制度用语模糊时，由管理员在范围内选定时限：范围写在时限的 `bounds`，或用语的 `least`、`most`。"
        "只有确定超出的才提示；1个工作日与24小时分不出长短。"
    ),
    wrong=_RIGHT.replace("within: 30 minutes", "within: 2 hours"),
    right=_RIGHT,
    check=_check,
    of=("procedure", "terms"),
)
