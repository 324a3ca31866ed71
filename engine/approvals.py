"""Approvals: how single answers become one decision. Silence never counts; the first valid answer wins."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil

from msgspec.structs import replace

from engine.asking import assign, find_assignment
from engine.case import StepState, Vote
from engine.draft import Draft
from engine.errors import OutdatedFacts
from engine.events import Decided
from engine.people import Chosen
from models.language.steps import Approve


def vote(draft: Draft, step: Approve, event: Decided, principal: str) -> str | None:
    """Count one answer. Returns the decision, `approved` or `rejected`, or None while others must answer.

    `principal` is the person whose vote it is: a deputy votes for whom they stand in.
    """
    state = draft.steps[step.id]
    state = replace(state, votes={**state.votes, principal: Vote(event.answer, event.by, draft.at)})
    draft.steps[step.id] = state
    decision = _RULES[step.rule](draft, step, state)
    if decision == "approved" and any(_answer(state, person) != "approve" for person in state.extra):
        # Somebody added on the way still has to agree, or has said no.
        return "rejected" if any(_answer(state, person) == "reject" for person in state.extra) else None
    return decision


def check_shown(step: Approve, state: StepState, event: Decided) -> None:
    """The answer must be to what is true now. Raises `OutdatedFacts`."""
    if event.shown is not None and event.shown != state.digest:
        raise OutdatedFacts(
            "what you were shown has changed since, so this answer does not count",
            f"Open the new mail for “{step.name}” and read it again",
        )


def _answer(state: StepState, person: str) -> str:
    found = state.votes.get(person)
    return found.answer if found else ""


def _one(_draft: Draft, _step: Approve, state: StepState) -> str | None:
    answers = [one.answer for person, one in state.votes.items() if person not in state.extra]
    if not answers:
        return None
    return "approved" if answers[0] == "approve" else "rejected"


def _all(_draft: Draft, _step: Approve, state: StepState) -> str | None:
    answers = [_answer(state, person) for person in state.electors]
    if "reject" in answers:
        return "rejected"
    return "approved" if all(answer == "approve" for answer in answers) else None


def _sequence(draft: Draft, step: Approve, state: StepState) -> str | None:
    decided = _all(draft, step, state)
    if decided is None:
        following = next((person for person in state.electors if not _answer(state, person)), None)
        if following and find_assignment(draft, step.id, following, None) is None:
            assign(draft, step.id, Chosen(following))
    return decided


def _quorum(draft: Draft, step: Approve, state: StepState) -> str | None:
    """Enough members present, the chair among them; then a majority; the chair breaks a tie (section 3.4 rule 8)."""
    members = len(state.electors)
    votes = {person: vote.answer for person, vote in state.votes.items() if person in state.electors}
    chairs = {one.person for one in draft.search(step.id).find(step.chair)} if step.chair else set()
    present = len(votes) >= ceil(Fraction(step.quorum) * members) and (not chairs or bool(chairs & set(votes)))
    if not present:
        return None
    yes = sum(answer == "approve" for answer in votes.values())
    no = len(votes) - yes
    if 2 * yes > members:
        return "approved"
    if 2 * no > members:
        return "rejected"
    if len(votes) < members:
        return None
    if yes != no:
        return "approved" if yes > no else "rejected"
    return "approved" if any(votes.get(chair) == "approve" for chair in chairs) else "rejected"


_RULES: Mapping[str, Callable[[Draft, Approve, StepState], str | None]] = {
    "one": _one,
    "all": _all,
    "sequence": _sequence,
    "quorum": _quorum,
}
