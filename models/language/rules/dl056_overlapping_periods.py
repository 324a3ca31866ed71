"""DL056: two periods of one mode that overlap."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from models.language.clauses import Modes
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_OVERLAP: Final = Wording(
    "DL056",
    Words(
        "this period of `{mode}` overlaps the one on line {first}, which ends on {until}",
        "这段 `{mode}` 时期与第 {first} 行的那段重叠，后者到 {until} 才结束",
    ),
    Words("make one period of the two, or let this one begin on {until}", "请合并成一段，或让这一段从 {until} 开始"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    modes: Modes = subject.page.content
    # Written as YYYY-MM-DD HH:MM, so that texts sort like times.
    periods = sorted(enumerate(modes.periods), key=lambda each: (each[1].mode, each[1].start))
    for (before, one), (index, other) in pairwise(periods):
        if one.mode == other.mode and other.start < one.until:
            line = subject.line(("periods", before))
            yield subject.say(_OVERLAP, ("periods", index, "from"), mode=one.mode, first=line, until=one.until)


_RIGHT: Final = """\
modes:
  sensitive: 重要、敏感时期
periods:
  - mode: sensitive
    title: 重点保障期
    from: 2026-11-09 00:00
    until: 2026-11-14 00:00
    decision: 领导小组〔2026〕3号
  - mode: sensitive
    title: 年末保障期
    from: 2026-12-28 00:00
    until: 2027-01-04 00:00
    decision: 领导小组〔2026〕4号
"""

RULE: Final = Rule(
    id="DL056",
    title="periods that overlap",
    title_zh="特殊时期重叠",
    why=(
        "A period ends by the decision that it names. If two of one mode overlap, nobody can say which decision holds, "
        "and the first end does not end it."
    ),
    why_zh="每段特殊时期都以其决定为准。同一模式的两段重叠，就说不清依据哪个决定，前一段到期也不会结束。",
    wrong=_RIGHT.replace("from: 2026-12-28 00:00", "from: 2026-11-13 00:00"),
    right=_RIGHT,
    check=_check,
    of=("modes",),
)
