"""Words: times, spans, bases and people as sentences of a timeline name them, in Chinese and English."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from engine.case import Case, Clock
from engine.program import Program, Rule
from engine.titles import Titles
from models.language.durations import Duration
from models.language.moments import format_moment

_BASIS: Final = {
    "explicit": ("条款写明", "stated by the clause"),
    "default": ("默认时限", "our default"),
    "law": ("法律规定", "by law"),
    "target": ("内部目标", "an internal target"),
}


class Both(NamedTuple):
    """The same in Chinese and in English."""

    zh: str
    en: str


def clock_words(moment: datetime, seen_from: datetime) -> str:
    """A time of day, with the date if it is another day, and the year if it is another year."""
    text = format_moment(moment)
    if moment.date() == seen_from.date():
        return text[11:]
    return text[5:] if moment.year == seen_from.year else text


def span_words(span: timedelta) -> Both:
    """A length of time in its two largest units, e.g. `2 天 3 小时`; seconds only below a minute."""
    seconds = int(span.total_seconds())
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, left = divmod(rest, 60)
    units = [(days, "天", "day"), (hours, "小时", "hour"), (minutes, "分钟", "minute")]
    first = next((place for place, (amount, _, _) in enumerate(units) if amount), None)
    if first is None:
        return Both(f"{left} 秒", _plural(left, "second"))
    shown = [unit for unit in units[first : first + 2] if unit[0]]
    zh = " ".join(f"{amount} {word}" for amount, word, _ in shown)
    return Both(zh, " ".join(_plural(amount, word) for amount, _, word in shown))


def _plural(amount: int, word: str) -> str:
    return f"{amount} {word}{'' if amount == 1 else 's'}"


def brackets(rule: Rule, clock: Clock | None) -> Both:
    """What a deadline rests on: its span, its clause and its basis."""
    span = clock.receipt[-1].span if clock and clock.receipt else str(rule.within or "")
    clause = clause_of(rule, clock) or ""
    zh, en = _BASIS["target" if rule.source.target else rule.basis]
    length = Duration.parse(span) if span else None
    return Both(
        "，".join(part for part in (length.zh if length else "", clause, zh) if part),
        ", ".join(part for part in (span, clause, en) if part),
    )


def clause_of(rule: Rule, clock: Clock | None) -> str | None:
    """The clause in force: that of a replacement, else the deadline's own."""
    return (clock.clause if clock else None) or rule.source.clause


def receipt_lines(program: Program, rule: Rule, clock: Clock) -> tuple[str, ...]:
    """How the due time came about, in Chinese, line by line."""
    lines: list[str] = []
    for one in clock.receipt:
        if one.span and one.kind in ("counted", "replaced", "recomputed"):
            due = program.company.calendar.add(one.start, Duration.parse(one.span), rule.source.hours)
            # Without the last line, the version of the calendar: what is only played is not kept.
            lines += due.receipt().zh[:-1]
        else:
            lines.append(f"{_KINDS.get(one.kind, one.kind)}：{format_moment(one.start)} → {format_moment(one.due)}")
    return tuple(lines)


_KINDS: Final = {"set": "按填写的时间", "extended": "延期", "inherited": "继承自更早的发现时间"}


def start_event(rule: Rule, clock: Clock, case: Case) -> str:
    """The event at which a clock started."""
    at = [event for event in rule.starts if case.moments.get(event) == clock.start]
    return at[0] if at else rule.starts[0]


def person_words(titles: Titles, person: str, roles: tuple[str, ...] = ()) -> str:
    """A person's name with a role in brackets: one of those meant here, else the first that is theirs."""
    organisation = titles.organisation
    if person not in organisation.people:
        return {"system": "系统" if titles.zh else "the system"}.get(person, person)
    held = [name for name, role in organisation.roles.items() if person in role.holders]
    # Of several roles the one that fewest share: a head is known as that, not as one of a group.
    narrow = min(held, key=lambda name: len(organisation.roles[name].holders), default=None)
    role = next((name for name in roles if name in held), narrow)
    if role is None:
        unit = titles.unit(organisation.people[person].department)
        return f"{titles.person(person)}（{unit}）" if titles.zh else f"{person} ({unit})"
    title = titles.role(role)
    return f"{titles.person(person)}（{title}）" if titles.zh else f"{person} ({title})"
