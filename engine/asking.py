"""Asking: assignments given and taken back. Each asks one person to do one thing."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from engine.case import Assignment, SlotStatus, StepState
from engine.draft import Draft
from engine.effects import Notice, Skipped
from engine.people import Chosen
from engine.rows import subjects
from models.language.moments import format_moment
from models.language.steps import PEOPLE_STEPS, Approve, Task


def digest(facts: Mapping[str, Any], names: Iterable[str]) -> str:
    """A fingerprint (SHA-256, hexadecimal) of the named facts, the same for the same values in any order of keys."""
    shown = {name: facts.get(name) for name in names}
    return hashlib.sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False, default=_plain).encode()).hexdigest()


def _plain(value: object) -> str:
    return format_moment(value) if isinstance(value, datetime) else str(value)


def ask(draft: Draft, name: str) -> None:
    """Ask everybody a step needs now: its people, the next in a sequence, or each of its roster."""
    step, state = draft.plan(name).step, draft.steps[name]
    if not isinstance(step, PEOPLE_STEPS):
        return
    if step.each:
        _ask_each(draft, name, step, state)
        return
    people = draft.find(step.who, draft.search(name))
    if isinstance(step, Approve):
        chair = {one.person for one in draft.find(step.chair, draft.search(name))} if step.chair else set()
        people = tuple(sorted(people, key=lambda one: one.person not in chair)) if chair else people
        draft.steps[name] = replace(state, electors=tuple(one.person for one in people), digest=shown(draft, step))
        people = people[:1] if step.rule == "sequence" else people
    for person in people:
        assign(draft, name, person)


def _ask_each(draft: Draft, name: str, step: Task | Approve, state: StepState) -> None:
    if isinstance(step, Approve):
        draft.steps[name] = replace(state, digest=shown(draft, step))
    for key, slot in state.slots.items():
        if slot.status is SlotStatus.OPEN:
            ask_for(draft, name, key)


def ask_for(draft: Draft, name: str, key: str) -> None:
    """Ask for one entry of a campaign: the person themselves, or whoever answers for the row."""
    step = draft.plan(name).step
    if not isinstance(step, PEOPLE_STEPS) or step.each is None:
        return
    if step.each.people:
        assign(draft, name, Chosen(key), key)
        return
    search = draft.search(name, row=subjects(draft, name).get(key))
    for person in draft.find(step.who, search):
        assign(draft, name, person, key)


def assign(draft: Draft, name: str, person: Chosen, key: str | None = None, kind: str = "asked") -> None:
    """Give one assignment, unless the person has it already."""
    if any(one.person == person.person and one.key == key for one in _of(draft, name)):
        return
    step, state = draft.plan(name).step, draft.steps[name]
    fingerprint = state.digest if isinstance(step, Approve) else ""
    parts = [name, str(state.round), *([key] if key else []), person.person]
    one = Assignment("/".join(parts), name, person.person, draft.at, key, person.stands_for, fingerprint)
    draft.assignments[one.id] = one
    reason = f"stands in for {person.stands_for}" if person.stands_for else ""
    notice = Notice(person.person, kind, name, at=draft.at, assignment=one.id, reason=reason)  # type: ignore[arg-type]
    draft.request(notice)


def deputy_for(draft: Draft, one: Assignment) -> Chosen | None:
    """Who may stand in for somebody who is asked: free now, with no part in the matter and no answer given."""
    company, now, step = draft.company, draft.now, draft.plan(one.step).step
    if isinstance(step, PEOPLE_STEPS) and step.each and step.each.people:
        # What everybody confirms for themselves nobody else can.
        return None
    voted = {vote.by for vote in draft.steps[one.step].votes.values()}
    barred = draft.barred(one.step) | voted | set(draft.assignees(one.step))
    for person in company.stand_in(one.person, _asked_as(draft, one), now):
        if person not in barred and company.employed(person, now) and not company.absent(person, now):
            return Chosen(person, stands_for=one.stands_for or one.person)
    return None


def _asked_as(draft: Draft, one: Assignment) -> str | None:
    """The role for which somebody is asked: of two approvers each has the deputy of their own role."""
    step, roles = draft.plan(one.step).step, draft.company.organisation.roles
    wanted = step.who if isinstance(step, PEOPLE_STEPS) else ()
    return next((who.role for who in wanted if who.role in roles and one.person in roles[who.role].holders), None)


def take_back(draft: Draft, name: str, reason: str, tell: bool, key: str | None = None) -> None:
    """End the open assignments of a step, or of one of its keys."""
    for one in [one for one in _of(draft, name) if key is None or one.key == key]:
        del draft.assignments[one.id]
        if tell:
            notice = Notice(one.person, "withdrawn", name, at=draft.at, assignment=one.id, reason=reason)
            draft.effects.append(notice)


def release(draft: Draft, name: str, principal: str, reason: str) -> None:
    """One answer was given for this person: their own link and those of who stands in for them die, and they know."""
    for one in [one for one in _of(draft, name) if (one.stands_for or one.person) == principal]:
        del draft.assignments[one.id]
        draft.effects.append(Notice(one.person, "withdrawn", name, at=draft.at, assignment=one.id, reason=reason))


def find_assignment(draft: Draft, name: str, person: str, key: str | None) -> Assignment | None:
    """The open assignment of a person for a step (and key), if there is one."""
    found = [one for one in _of(draft, name) if one.person == person and (key is None or one.key == key)]
    return found[0] if found else None


def shown(draft: Draft, step: Approve) -> str:
    """The fingerprint of what an approver of this step is shown."""
    return digest(draft.facts, step.shows)


def _of(draft: Draft, name: str) -> list[Assignment]:
    return [one for one in draft.assignments.values() if one.step == name]


def relieve(draft: Draft) -> None:
    """Somebody has turned out to be concerned: what they and those under them were asked goes to others (S-09)."""
    conflicted = draft.conflicted()
    steps = {one.step for one in draft.assignments.values() if one.person in conflicted}
    for one in [one for one in draft.assignments.values() if one.person in conflicted]:
        del draft.assignments[one.id]
        # No mail: whoever is concerned learns nothing more of the case. The ledger has it.
        draft.effects.append(Skipped(one.person, one.step, "conflict of interest"))
    for step in steps:
        if not draft.assignees(step):
            ask(draft, step)
