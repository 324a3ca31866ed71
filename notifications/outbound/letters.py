"""Letters: from letters of the outbox and their cases, as they stand now, to what one mail says. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from engine.case import ACTIVE, Clock
from engine.effects import Notice
from engine.program import Rule
from engine.titles import Titles
from models.language.moments import format_moment
from models.language.steps import PEOPLE_STEPS, Approve
from notifications.outbound.bundling import bundle_id
from notifications.outbound.consequences import Outlook
from notifications.outbound.contents import Button, Fact, Item, Matter, Message, Section, TimeLimit
from notifications.outbound.counting import clause_of, counting
from notifications.outbound.english import summary
from notifications.outbound.standing import ASKING, NUDGING, open_assignments, settled
from notifications.outbound.subjects import subject_of
from notifications.outbound.values import facts_of, one_line
from notifications.outbound.wording import URGENCY, Wording

LATE: Final = timedelta(minutes=10)
"""A notice sent later than this after its time says so."""

MOST_FACTS: Final = 8
"""Form fields a task's mail shows; an approval's mail shows exactly those it is bound to."""

Links = Mapping[str, str]
"""Addresses by `CASE/ASSIGNMENT`."""


class NoSuchReader(LookupError):  # noqa: N818 - it says what is the case
    """Somebody to whom no mail can be written."""


def links_needed(matters: Iterable[Matter]) -> dict[str, datetime | None]:
    """The open assignments a mail gives buttons for, as `CASE/ASSIGNMENT`, each with its due time."""
    found: dict[str, datetime | None] = {}
    for matter in matters:
        for notice in matter.letter.notices:
            dues = [clock.due for _, clock in _clocks(matter, notice)]
            for one in open_assignments(matter, notice):
                found[f"{matter.case.id}/{one.id}"] = max(dues, default=None)
    return found


def write_message(matters: Sequence[Matter], links: Links, now: datetime) -> Message:
    """What one person is told, in one mail, about one case or several. `matters` has at least one.

    Raises `NoSuchReader` for somebody who is not in the organisation, or not any more.
    """
    first, merged = matters[0], _by_case(matters)
    person, company = first.letter.person, first.program.company.organisation
    record = company.people.get(person)
    if record is None:
        raise NoSuchReader(f"there is no `{person}` among the people of organisation.yaml: add them with an email")
    if not first.program.company.employed(person, now):
        raise NoSuchReader(f"{person} does not work here now, says organisation.yaml")
    return Message(
        person=person, name=one_line(record.name, 60), address=record.email,
        subject=subject_of(merged), local_id=bundle_id([matter.letter for matter in matters]),
        company=one_line(company.company.zh, 60), sections=tuple(_section(matter, links, now) for matter in merged),
        written_at=now,
    )  # fmt: skip


def _by_case(matters: Sequence[Matter]) -> list[Matter]:
    """Several letters about one case, read as one."""
    found: dict[str, Matter] = {}
    for matter in matters:
        known = found.get(matter.case.id)
        notices = (*(known.letter.notices if known else ()), *matter.letter.notices)
        found[matter.case.id] = replace(known or matter, letter=replace((known or matter).letter, notices=notices))
    return list(found.values())


def _section(matter: Matter, links: Links, now: datetime) -> Section:
    title, sealed = matter.program.procedure.title, matter.confidential
    notices = sorted(matter.letter.notices, key=lambda one: URGENCY.index(one.kind))
    items = _once(_item(matter, notice, links, now) for notice in notices)
    return Section(matter.case.id, one_line(title.zh, 60), one_line(title.english, 80), sealed, items)


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items with facts, deadlines and buttons said only where they come first."""
    seen: set[Fact | TimeLimit | Button] = set()
    found = []
    for item in items:
        new = replace(
            item,
            facts=tuple(one for one in item.facts if one not in seen),
            limits=tuple(one for one in item.limits if one not in seen),
            buttons=tuple(one for one in item.buttons if one not in seen),
        )
        seen.update(new.facts, new.limits, new.buttons)
        found.append(new)
    return tuple(found)


def _item(matter: Matter, notice: Notice, links: Links, now: datetime) -> Item:
    titles = Titles(matter.program)
    words, over = Wording(matter, notice, titles), settled(matter, notice)
    clause = words.step.clause if words.step else None
    return Item(
        tone="inform" if over else words.tone,
        heading=f"{words.verb}：{words.name}" if words.name else words.verb,
        why=words.why(),
        clause=f"条款 {clause}" if clause else "",
        delayed=_delayed(matter, notice, now),
        settled="此项在邮件发出前已经办结，无需您再办理。" if over else "",
        facts=() if over else _facts(matter, notice, titles),
        limits=() if over else tuple(_limits(matter, notice, titles, now)),
        buttons=tuple(_buttons(matter, notice, links, titles)),
        english=summary(matter, notice, [] if over else _clocks(matter, notice), now),
    )


def _limits(matter: Matter, notice: Notice, titles: Titles, now: datetime) -> Iterable[TimeLimit]:
    for rule, clock in _clocks(matter, notice):
        outlook = Outlook(matter, rule, clock, titles, now).lines() if clock.status in ACTIVE else ()
        yield TimeLimit(
            title="" if matter.confidential else one_line(titles.deadline(rule.id), 80),
            clause=clause_of(rule, clock),
            due=format_moment(clock.due),
            overdue=clock.status in ACTIVE and (now > clock.due or clock.missed_at is not None),
            ended=format_moment(clock.ended_at) if clock.ended_at else "",
            counting=counting(titles, rule, clock, matter.confidential),
            consequences=outlook,
        )


def _clocks(matter: Matter, notice: Notice) -> list[tuple[Rule, Clock]]:
    """The deadline a notice is about; of what is asked, all that run, the next due first."""
    if notice.deadline:
        rules: Iterable[Rule] = (
            [matter.program.rules[notice.deadline]] if notice.deadline in matter.program.rules else []
        )
        return [(rule, matter.case.clocks[rule.id]) for rule in rules if rule.id in matter.case.clocks]
    if notice.kind not in ASKING or not notice.step:
        return []
    rules = matter.program.of_step.get(notice.step, ())
    running = [(rule, clock) for rule in rules if (clock := matter.case.clocks.get(rule.id)) and clock.status in ACTIVE]
    return sorted(running, key=lambda pair: pair[1].due)


def _facts(matter: Matter, notice: Notice, titles: Titles) -> tuple[Fact, ...]:
    if matter.confidential or notice.kind not in ASKING | NUDGING | {"notice"}:
        return ()
    plan = matter.program.plans.get(notice.step or "")
    if plan and isinstance(plan.step, Approve):
        step = plan.step
        return facts_of(titles, dict(matter.case.facts), step.shows)
    return facts_of(titles, dict(matter.case.facts), matter.program.procedure.form)[:MOST_FACTS]


def _buttons(matter: Matter, notice: Notice, links: Links, titles: Titles) -> Iterable[Button]:
    for one in open_assignments(matter, notice):
        url = links.get(f"{matter.case.id}/{one.id}")
        if url is None:
            continue
        step = matter.program.plans[one.step].step
        label = "打开并审批" if isinstance(step, Approve) else "打开并办理"
        row = f"（{titles.person(one.key)}）" if one.key and one.key != one.person and not matter.confidential else ""
        code = isinstance(step, PEOPLE_STEPS) and step.code
        yield Button(label + row, url, "打开后还需输入一次性验证码" if code else "")


def _delayed(matter: Matter, notice: Notice, now: datetime) -> str:
    """The original time of a notice that could not be sent then.

    What is asked may lie back because it was entered late, so there the time of the decision counts.
    """
    planned = matter.letter.created_at if notice.kind in ASKING or notice.at is None else notice.at
    return format_moment(planned) if now - planned > LATE else ""
