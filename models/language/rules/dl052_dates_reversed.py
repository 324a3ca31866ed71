"""DL052: dates that do not exist, or end before they begin."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from models.language.clauses import Modes
from models.language.moments import MomentError, parse_moment
from models.language.organisation import Organisation
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.subject import Subject

_NO_DATE: Final = Wording(
    "DL052",
    Words("`{found}` does not exist in the calendar", "日历中没有 `{found}` 这一天或时刻"),
    Words("correct day and month, and the time if there is one", "请改正日期和时间"),
)
_REVERSED: Final = Wording(
    "DL052",
    Words("it ends on {until}, before it begins on {start}", "结束于 {until}，早于开始的 {start}"),
    Words("exchange the two dates, or correct the year", "请把两个日期对调，或改正年份"),
)
_LATE: Final = Wording(
    "DL052",
    Words(
        "the delegation was recorded on {recorded}, after it began on {start}",
        "代理于 {start} 开始，却到 {recorded} 才登记",
    ),
    Words(
        "a delegation is recorded before it is used: let it begin on {recorded}",
        "代理须先登记后生效：请从 {recorded} 起算",
    ),
)

Stretch = tuple[Loc, str, str, str | None, str | None]
"""Where it stands, the keys of its two ends, and the ends."""


def _check(subject: Subject) -> Iterator[Problem]:
    content = subject.page.content
    stretches = _of_modes(content) if isinstance(content, Modes) else _of_company(content)
    for loc, first, last, start, until in stretches:
        begins = _read(start)
        ends = _read(until)
        if start is not None and begins is None:
            yield subject.say(_NO_DATE, (*loc, first), found=start)
        if until is not None and ends is None:
            yield subject.say(_NO_DATE, (*loc, last), found=until)
        if begins is not None and ends is not None and ends < begins:
            yield subject.say(_REVERSED, (*loc, last), start=start, until=until)
    if isinstance(content, Organisation):
        yield from _recorded(subject, content)


def _of_modes(modes: Modes) -> Iterator[Stretch]:
    for index, period in enumerate(modes.periods):
        yield ("periods", index), "from", "until", period.start, period.until


def _of_company(company: Organisation) -> Iterator[Stretch]:
    for name, person in company.people.items():
        yield ("people", name), "joined", "left", person.joined, person.left
    for name, role in company.roles.items():
        for index, deputy in enumerate(role.deputies):
            yield ("roles", name, "deputies", index), "from", "until", deputy.start, deputy.until
    for index, absence in enumerate(company.absences):
        yield ("absences", index), "from", "until", absence.start, absence.until


def _recorded(subject: Subject, company: Organisation) -> Iterator[Problem]:
    for name, role in company.roles.items():
        for index, deputy in enumerate(role.deputies):
            recorded, begins = _read(deputy.recorded), _read(deputy.start)
            if recorded is not None and begins is not None and recorded > begins:
                loc: Loc = ("roles", name, "deputies", index, "recorded")
                yield subject.say(_LATE, loc, recorded=deputy.recorded, start=deputy.start)


def _read(text: str | None) -> datetime | None:
    """The moment, or the first one of the day; None if there is none."""
    if text is None:
        return None
    try:
        return parse_moment(text if ":" in text else f"{text} 00:00")
    except MomentError:
        return None


_RIGHT: Final = """\
modes:
  sensitive: 重要、敏感时期
periods:
  - mode: sensitive
    title: 第四季度重点保障期
    from: 2026-11-09 00:00
    until: 2026-11-14 00:00
    decision: 领导小组〔2026〕3号
"""

RULE: Final = Rule(
    id="DL052",
    title="dates that do not exist or are reversed",
    title_zh="日期不存在或先后颠倒",
    why=(
        "A deputy whose term ends before it begins stands in for nobody, and a sensitive period of that kind tightens "
        "nothing; nobody notices until they are needed. A delegation is recorded before it is used."
    ),
    why_zh="代理期限先后颠倒，就没有人代理；敏感时期先后颠倒，就什么也不会加严：都要到用时才会发现。代理还须先登记后生效。",
    wrong=_RIGHT.replace("until: 2026-11-14 00:00", "until: 2026-11-04 00:00"),
    right=_RIGHT,
    check=_check,
    of=("departments", "modes"),
)
