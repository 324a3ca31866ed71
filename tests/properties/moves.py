"""Random moves: what people, machines, the clock and nonsense do to a case, decided by a few small numbers each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from engine.case import Assignment, Case
from engine.draft import Decision
from engine.errors import Refusal
from engine.events import (
    SYSTEM,
    Amended,
    ApproverAdded,
    Bounced,
    BreachCleared,
    ChildClosed,
    ChildOpened,
    CompanyChanged,
    Decided,
    Done,
    Event,
    Exempted,
    Finished,
    GateOverridden,
    HandedOver,
    Opened,
    Reached,
    Refused,
    Reopened,
    RosterChanged,
    TimerFired,
    Withdrawn,
)
from engine.machine import decide
from engine.program import Program
from tests.unit.engine.small import at

START = at("10:00")
PEOPLE = ["anna", "bert", "cora", "head", "vice", "boss"]
ROWS = [{"name": "a", "owner": "anna"}, {"name": "b", "owner": "bert"}]

Move = tuple[int, int, int, int]
"""What to do, to what, by whom, and how many minutes later."""

moves = st.lists(
    st.tuples(st.integers(0, 44), st.integers(0, 9), st.integers(0, 9), st.sampled_from([0, 1, 7, 45, 400, 3000])),
    min_size=6,
    max_size=30,
)
openings = st.tuples(
    st.sampled_from([SYSTEM, *PEOPLE]), st.sampled_from([None, "accused"]), st.integers(0, 3), st.booleans()
)


@dataclass(frozen=True, slots=True)
class Tried:
    """One event tried on a case, and what came of it."""

    before: Case | None
    event: Event
    now: datetime
    decision: Decision | None
    refusal: Refusal | None = None


def opening(chosen: tuple[str, str | None, int, bool]) -> Opened:
    """How the case begins: by whom, against whom, how long after the event, with rows or without."""
    by, accused, hours, rows = chosen
    facts: dict[str, Any] = {"text": "a", "seen": START - timedelta(hours=hours * 9)}
    facts |= {"accused": "bert"} if accused else {}
    facts |= {"rows": ROWS} if rows else {}
    found = START - timedelta(days=2) if hours == 3 else None
    return Opened(case="1", by=by, facts=facts, discovered_at=found)


def played(program: Program, begun: Opened, chosen: list[Move]) -> Iterator[Tried]:
    """Try each move on the case, firing what is due in between; an outage now and then lets timers pile up."""
    first = attempt(program, None, begun, START)
    yield first
    if first.decision is None:
        return
    state, now = first.decision.state, START
    for what, which, who, minutes in chosen:
        now += timedelta(minutes=minutes)
        while what % 4 and state.next_due is not None and state.next_due <= now:
            fired = attempt(program, state, TimerFired(due=state.next_due), now)
            yield fired
            if fired.decision is None:
                return
            state = fired.decision.state
        tried = attempt(program, state, event(program, state, now, (what, which, who)), now)
        yield tried
        state = tried.decision.state if tried.decision else state


def attempt(program: Program, state: Case | None, one: Event, now: datetime) -> Tried:
    """One event; anything but a `Refusal` is a bug and comes through."""
    try:
        return Tried(state, one, now, decide(program, state, one, now))
    except Refusal as refusal:
        return Tried(state, one, now, None, refusal)


def event(program: Program, state: Case, now: datetime, chosen: tuple[int, int, int]) -> Event:
    """Mostly something that somebody is asked to do; else anything, also what makes no sense."""
    what, which, who = chosen
    asked = list(state.assignments.values())
    if what < 24 and asked:
        one = asked[which % len(asked)]
        return _answer(program, one.step, one.person, one.key, what, now)
    if what < 34 and asked:
        return _pass_on(asked[which % len(asked)], PEOPLE[who % len(PEOPLE)], what, now)
    names = [*program.plans, "nowhere"]
    step, person = names[which % len(names)], [*PEOPLE, SYSTEM, "stranger"][who % 8]
    return _anything(step, person, what, which, now)


def _answer(program: Program, step: str, by: str, key: str | None, what: int, now: datetime) -> Event:
    kind = program.plans[step].step.kind
    early = now - timedelta(hours=1) if what == 5 else None
    if kind == "approve":
        answer: Any = ["approve", "approve", "approve", "reject", "return"][what % 5]
        return Decided(step=step, by=by, answer=answer, reason="why", key=key)
    if kind == "machine":
        return Finished(step=step, ok=what % 3 > 0, error="broken") if what % 2 else Done(step=step, by=by)
    if what == 7:
        return Refused(step=step, by=by, reason="no", key=key)
    fields = getattr(program.plans[step].step, "fields", {})
    values = {"note": "x", "moment": now} if fields and what % 2 else {}
    return Done(step=step, by=by, key=key, at=early, values=values)


def _pass_on(one: Assignment, other: str, what: int, now: datetime) -> Event:
    """What somebody who is asked may do instead of answering, and what may befall them."""
    found: list[Event] = [
        HandedOver(step=one.step, by=one.person, to=other, key=one.key),
        ApproverAdded(step=one.step, by=one.person, person=other), Bounced(step=one.step, person=one.person),
        Reached(step=one.step, person=one.person, note="phone"),
        Exempted(step=one.step, key=one.key or other, reason="ill", until=now + timedelta(hours=what % 2 * 3 - 1)),
        Exempted(step=one.step, key=one.key or other, reason="ill"),
        RosterChanged(step=one.step, joined=(other,), left=(one.person,)),
    ]  # fmt: skip
    return found[what % len(found)]


def _anything(step: str, by: str, what: int, which: int, now: datetime) -> Event:
    other = PEOPLE[(what + which) % len(PEOPLE)]
    facts: list[dict[str, Any]] = [
        {"flag": True}, {"flag": False, "other": False}, {"seen": now - timedelta(hours=2)}, {"accused": other},
        {"text": "b"}, {"rows": ROWS[:1]}, {"limit": now + timedelta(hours=5)}, {"limit": now - timedelta(hours=5)},
        {"rows": [*ROWS, *ROWS]}, {"nothing": 1},
    ]  # fmt: skip
    found: dict[int, Event] = {
        0: Done(step=step, by=by), 1: Decided(step=step, by=by, answer="approve"),
        2: HandedOver(step=step, by=by, to=other), 3: ApproverAdded(step=step, by=by, person=other),
        4: Amended(by=SYSTEM, facts=facts[which % len(facts)]), 5: Amended(by=by, facts=facts[which % len(facts)]),
        6: Finished(step=step), 7: Finished(step=step, ok=False), 8: ChildOpened(step=step, child="2"),
        9: ChildClosed(step=step, outcome="approved"), 10: Bounced(step=step, person=other),
        11: Reached(step=step, person=other, note="phone"), 12: GateOverridden(gate="gate", by="boss", reason="r"),
        13: BreachCleared(deadline="whole", by="boss", note="proof"), 14: BreachCleared(deadline=step, by=by, note="p"),
        15: Exempted(step=step, key=other, reason="ill", until=now + timedelta(hours=3)),
        16: Exempted(step=step, key="0", reason="ill"), 17: RosterChanged(step=step, joined=(other,), left=("anna",)),
        18: CompanyChanged(), 19: Reopened(reason="again"), 20: TimerFired(due=now), 21: Withdrawn(by=by, reason="r"),
        22: Done(step=step, by=by, values={"note": ["?"], 3: None}),  # type: ignore[dict-item]
        23: Done(step=step, by=by, at=now.replace(tzinfo=None)), 24: Done(step=step, by=by, key="0"),
        25: Opened(case="1"),
    }  # fmt: skip
    return found[(what * 7 + which * 3 + len(by)) % len(found)]
