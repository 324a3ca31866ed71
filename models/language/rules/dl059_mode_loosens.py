"""DL059: modes that give more time instead of less."""

from collections.abc import Iterator
from typing import Final

from models.language.clauses import Terms
from models.language.climbs import span_of
from models.language.durations import Duration
from models.language.elapsed import definitely_longer
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.subject import Subject

_LOOSER: Final = Wording(
    "DL059",
    Words(
        "in mode `{mode}` the span is {span}, longer than the {usual} of ordinary times",
        "特殊时期 `{mode}` 的时限是 {span_zh}，反而长于平时的 {usual_zh}",
    ),
    Words("write less than {usual}: a mode may only tighten", "请写短于 {usual_zh} 的时限：特殊时期只能加严"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    for loc, usual, mode, span in _spans(subject):
        if definitely_longer(span, usual):
            values = {"usual": usual, "usual_zh": usual.zh, "span": span, "span_zh": span.zh}
            yield subject.say(_LOOSER, (*loc, mode), mode=mode, **values)


def _spans(subject: Subject) -> Iterator[tuple[Loc, Duration, str, Duration]]:
    if isinstance(subject.page.content, Terms):
        for name, term in subject.page.content.terms.items():
            for mode, span in term.in_mode.items():
                yield ("terms", name, "in_mode"), term.within, mode, span
        return
    for timed in subject.deadlines:
        usual = span_of(timed.deadline, subject.context.terms)
        if usual is not None:
            for mode, span in timed.deadline.in_mode.items():
                yield timed.at("in_mode"), usual, mode, span


_RIGHT: Final = """\
terms:
  report_immediately:
    title: 立即报告
    within: 15 minutes
    least: 5 minutes
    most: 30 minutes
    in_mode: {sensitive: 7 minutes}
"""

RULE: Final = Rule(
    id="DL059",
    title="a mode that loosens",
    title_zh="特殊时期反而放宽",
    why=(
        "An important or sensitive period makes everything stricter; that is what it is declared for. A span that is "
        "longer in such a period than outside it is a slip of the finger."
    ),
    why_zh="进入重要、敏感时期就是为了从严。期内的时限反而比平时长，必是笔误。",
    wrong=_RIGHT.replace("sensitive: 7 minutes", "sensitive: 25 minutes"),
    right=_RIGHT,
    check=_check,
    of=("procedure", "terms"),
)
