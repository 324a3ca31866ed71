"""Climbs: which ladder a deadline climbs, over what span, and whether anybody stands on it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from models.language.clauses import Terms
from models.language.deadlines import Deadline, StepDeadline
from models.language.durations import Duration, Unit
from models.language.events import step_of
from models.language.ladders import Defaults, Ladder
from models.language.organisation import Organisation
from models.language.parts import Timed
from models.language.procedure import Procedure
from models.language.scope import Loc
from models.language.steps import Step, Task
from models.language.who import LEVELS, Who

Chain = Mapping[str, tuple[Who, ...]]

_SHORT_MINUTES = 30
"""Up to here a deadline is one of the short ones (section 0.4 of the requirements: `ESC-NOW`)."""


@dataclass(frozen=True, slots=True)
class Climb:
    """A ladder that a deadline may climb: where the file says so, its name, and over what span if that is known."""

    loc: Loc
    ladder: str
    span: Duration | None
    is_written: bool
    """Whether the deadline names the ladder; otherwise it is the default for its kind."""


def climbs(timed: Timed, procedure: Procedure, defaults: Defaults, terms: Terms | None) -> Iterator[Climb]:
    """The ladders of a deadline: its own, and those of the spans that may replace it."""
    deadline = timed.deadline
    span = span_of(deadline, terms)
    name = deadline.ladder or default_ladder(deadline, span, waited_for(timed, procedure), defaults)
    yield Climb(timed.at("ladder"), name, span, is_written=deadline.ladder is not None)
    for index, other in enumerate(deadline.replaced):
        loc = (*timed.loc, "replaced", index, "ladder")
        yield Climb(loc, other.ladder or name, other.within, is_written=other.ladder is not None)


def span_of(deadline: StepDeadline, terms: Terms | None) -> Duration | None:
    """How long a deadline runs: its own span, else that of its term; None if it is due at a time from a field."""
    term = terms.terms.get(deadline.term) if terms and deadline.term else None
    return deadline.within or (term.within if term else None)


def waited_for(timed: Timed, procedure: Procedure) -> Step | None:
    """The step whose end a deadline waits for."""
    if timed.step is not None or not isinstance(timed.deadline, Deadline):
        return timed.step
    name = step_of(timed.deadline.until, procedure)
    return next((step for step in procedure.steps if step.id == name), None)


def default_ladder(deadline: StepDeadline, span: Duration | None, step: Step | None, defaults: Defaults) -> str:
    """The ladder of a deadline that names none (section 0.4 of the requirements: by the kind of its span)."""
    if deadline.target:
        return defaults.target
    if isinstance(step, Task) and step.each and step.each.people:
        return defaults.campaign
    if span is None or span.unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS):
        return defaults.days
    return defaults.short if span.unit is Unit.MINUTES and span.amount <= _SHORT_MINUTES else defaults.hours


def levels_of(ladder: Ladder) -> list[str]:
    """The levels, L1 to L4, that a ladder speaks to, in order."""
    people = [who for reminder in ladder.reminders for who in reminder.tell]
    people += [who for rung in ladder.rungs for who in (*rung.tell, *rung.ask)]
    return sorted({who.special for who in people if who.special in LEVELS})


def reaches(people: Iterable[Who], chain: Chain, company: Organisation) -> bool:
    """Whether at least one of some people can exist.

    Whoever has a part in a case is found only when it runs, and may exist; but those who were
    asked and have let a deadline pass are no end of a ladder.
    """
    return any(_exists(who, chain, company) for who in people)


def _exists(who: Who, chain: Chain, company: Organisation) -> bool:
    if who.special in LEVELS:
        return who.special in chain and reaches(chain[who.special], {}, company)
    if who.role is not None:
        return is_staffed(who.role, company)
    if who.person is not None:
        return who.person in company.people
    if who.on_duty is not None:
        return who.on_duty in company.duty
    return who.special != "assignee"


def is_staffed(role: str, company: Organisation) -> bool:
    """Whether somebody holds a role, or the role that takes over when it is vacant."""
    seen: set[str] = set()
    name: str | None = role
    while name is not None and name not in seen and name in company.roles:
        seen.add(name)
        record = company.roles[name]
        if record.everyone or any(person in company.people for person in record.holders):
            return True
        name = record.fallback
    return False
