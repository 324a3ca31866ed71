"""Asking: assignments given and taken back. Each asks one person to do one thing."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from engine.case import Assignment, SlotStatus, StepState
from engine.draft import Draft, personal
from engine.effects import Notice, NoticeKind
from engine.people import Chosen
from engine.rows import subject
from models.language.moments import format_moment
from models.language.steps import PEOPLE_STEPS, Approve


def digest(facts: Mapping[str, Any], names: Iterable[str]) -> str:
    """A fingerprint (SHA-256, hexadecimal) of the named facts, the same for the same values in any order of keys."""
    shown = {name: facts.get(name) for name in names}
    return hashlib.sha256(_ENCODER.encode(shown).encode()).hexdigest()


def _plain(value: object) -> str:
    return format_moment(value) if isinstance(value, datetime) else str(value)


_ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=_plain)


def ask(draft: Draft, name: str) -> None:
    """Ask everybody a step needs now: its people, the next in a sequence, or each of its roster."""
    step, state = draft.plan(name).step, draft.steps[name]
    if not isinstance(step, PEOPLE_STEPS):
        return
    if isinstance(step, Approve):
        draft.steps[name] = state = replace(state, digest=shown(draft, step))
    if step.each:
        _ask_each(draft, name, state)
    elif isinstance(step, Approve):
        _ask_electors(draft, step, state)
    else:
        ask_people(draft, name, draft.find(step.who, draft.search(name)))


def ask_people(draft: Draft, name: str, people: Iterable[Chosen], key: str | None = None) -> None:
    """Ask these people; where there is nobody, tell whoever is told of vacancies (section 3.4 rule 4)."""
    anybody = False
    for person in people:
        anybody = True
        assign(draft, name, person, key)
        if person.vacant:
            _report_vacancy(draft, name, person.person)
    if not anybody:
        organisation = draft.company.organisation
        role = organisation.roles.get(organisation.vacancy)
        for holder in role.holders if role else ():
            if holder not in draft.conflicted():
                _report_vacancy(draft, name, holder)


def _report_vacancy(draft: Draft, name: str, person: str) -> None:
    reason = "nobody who was meant to can be asked"
    draft.effects.append(Notice(person, "vacancy", name, at=draft.at, reason=reason))


def _ask_electors(draft: Draft, step: Approve, state: StepState) -> None:
    """Ask for votes: of all at once, or of the first of a sequence. The chair is a member and asked first."""
    people = draft.find((*step.chair, *step.who), draft.search(step.id))
    electors = tuple(dict.fromkeys(one.principal for one in people))
    draft.steps[step.id] = replace(state, electors=electors)
    ask_people(draft, step.id, people[:1] if step.rule == "sequence" else people)


def ask_principal(draft: Draft, name: str, principal: str, key: str | None = None) -> None:
    """Ask whoever acts now for somebody whose answer is needed; nobody answers for two."""
    step = draft.plan(name).step
    wanted = step.who if isinstance(step, PEOPLE_STEPS) else ()
    search = draft.search(name)
    taken = {vote.by for who, vote in draft.steps[name].votes.items() if who != principal}
    taken.update(one.person for one in draft.assigned(name) if one.key == key and one.principal != principal)
    chosen = search.acting_for(principal, wanted, frozenset(taken))
    draft.effects.extend(search.skipped)
    ask_people(draft, name, (chosen,) if chosen else search.vacancy(wanted), key)


def _ask_each(draft: Draft, name: str, state: StepState) -> None:
    for key, slot in state.slots.items():
        if slot.status is SlotStatus.OPEN:
            ask_for(draft, name, key)


def ask_for(draft: Draft, name: str, key: str) -> None:
    """Ask for one entry of a campaign: the person themselves, or whoever answers for the row."""
    step = draft.plan(name).step
    if personal(step):
        assign(draft, name, Chosen(key), key)
    elif isinstance(step, PEOPLE_STEPS):
        ask_people(draft, name, draft.find(step.who, draft.search(name, row=subject(draft, name, key))), key)


def assign(draft: Draft, name: str, person: Chosen, key: str | None = None, kind: NoticeKind = "asked") -> None:
    """Give one assignment, unless the person has it already."""
    if draft.asked_for(name, person.person, key) is not None:
        return
    step, state = draft.plan(name).step, draft.steps[name]
    draft.asked += 1
    fingerprint = state.digest if isinstance(step, Approve) else ""
    number = f"{name}/{draft.asked}/{person.person}"
    one = Assignment(number, name, person.person, draft.at, key, person.stands_for, fingerprint)
    draft.give(one)
    reason = f"stands in for {person.stands_for}" if person.stands_for else ""
    draft.request(Notice(person.person, kind, name, at=draft.at, assignment=one.id, reason=reason))
    await_absence(draft, one)


def await_absence(draft: Draft, one: Assignment) -> None:
    """Wake the case when the next absence of somebody who is asked begins: the deputy is asked then (rule 3)."""
    gone = draft.company.gone_at(one.person, draft.now)
    if gone is not None:
        draft.alarms[f"away:{one.person}"] = gone


def take_back(draft: Draft, name: str, reason: str, tell: bool, key: str | None = None) -> None:
    """End the open assignments of a step, or of one of its keys."""
    for one in [one for one in draft.assigned(name) if key is None or one.key == key]:
        draft.drop(one)
        if tell:
            notice = Notice(one.person, "withdrawn", name, at=draft.at, assignment=one.id, reason=reason)
            draft.effects.append(notice)


def find_assignment(draft: Draft, name: str, person: str, key: str | None) -> Assignment | None:
    """The open assignment of a person for a step (and key), if there is one."""
    exact = draft.asked_for(name, person, key)
    if exact is not None or key is not None:
        return exact
    return next((one for one in draft.assignments.values() if one.step == name and one.person == person), None)


def shown(draft: Draft, step: Approve) -> str:
    """The fingerprint of what an approver of this step is shown."""
    return digest(draft.facts, step.shows)
