"""Approvals: how single answers become one decision. Silence never counts; the first valid answer wins."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil

from msgspec.structs import replace

from engine.asking import ask_principal
from engine.case import Assignment, StepState, Vote
from engine.clocks import happen
from engine.draft import Draft
from engine.effects import Notice
from engine.errors import OutdatedFacts
from engine.events import Decided
from engine.steps import close, complete, reset
from models.language.steps import Approve


def vote(draft: Draft, step: Approve, event: Decided, assignment: Assignment) -> None:
    """Count one answer, and carry the decision through if it is one.

    A deputy votes for whom they stand in; whoever else was asked for the same vote learns that it was given.
    """
    state, principal = draft.steps[step.id], assignment.principal
    given = Vote(event.answer, event.by, draft.at)
    draft.steps[step.id] = replace(state, votes={**state.votes, principal: given})
    draft.drop(assignment)
    _no_longer_asked(draft, step, event.by, {principal})
    recount(draft, step)


def _no_longer_asked(draft: Draft, step: Approve, by: str, principals: set[str]) -> None:
    for one in [one for one in draft.assignments.values() if one.step == step.id and one.principal in principals]:
        draft.drop(one)
        reason = f"decided by {by}"
        notice = Notice(one.person, "withdrawn", step.id, at=draft.at, assignment=one.id, reason=reason)
        draft.effects.append(notice)


def recount(draft: Draft, step: Approve) -> None:
    """See whether the votes there are make a decision, and carry it through."""
    state = draft.steps[step.id]
    if not state.votes:
        return
    added = [_answer(state, person) for person in state.extra]
    decision = "rejected" if "reject" in added else _RULES[step.rule](draft, step, state)
    last = list(state.votes.values())[-1].by
    if decision == "approved" and not all(answer == "approve" for answer in added):
        # Those who were asked first have agreed; somebody added on the way still has to.
        _no_longer_asked(draft, step, last, {*state.electors, *state.votes} - {*state.extra})
    elif decision is not None:
        conclude(draft, step, last, decision)


def conclude(draft: Draft, step: Approve, by: str, decision: str) -> None:
    """Carry out a decision, `approved` or `rejected`."""
    complete(draft, step.id, by, draft.at, decision)
    if decision == "rejected" and step.rejected != "continue":
        if step.rejected == "stop":
            close(draft, "rejected")
        elif step.rejected.startswith("end "):
            close(draft, step.rejected.removeprefix("end ").strip())
        else:
            go_back(draft, step.rejected, f"{step.id}.rejected")


def go_back(draft: Draft, to: str, because: str) -> None:
    """Go back to an earlier step. Going back forgets the round, but not why: the next round may be timed from it."""
    reset(draft, to)
    happen(draft, because, draft.at)


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
    return "approved" if answers and all(answer == "approve" for answer in answers) else None


def _sequence(draft: Draft, step: Approve, state: StepState) -> str | None:
    decided = _all(draft, step, state)
    if decided is None:
        following = next((person for person in state.electors if not _answer(state, person)), None)
        if following and following not in {one.principal for one in draft.assigned(step.id)}:
            ask_principal(draft, step.id, following)
    return decided


def _quorum(draft: Draft, step: Approve, state: StepState) -> str | None:
    """Enough members present, the chair among them; then a majority; the chair breaks a tie (section 3.4 rule 8)."""
    votes = {person: vote.answer for person, vote in state.votes.items() if person in state.electors}
    chairs = [one.principal for one in draft.search(step.id).find(step.chair)] if step.chair else []
    members, yes = len(state.electors), sum(answer == "approve" for answer in votes.values())
    no = len(votes) - yes
    if len(votes) < ceil(Fraction(step.quorum) * members) or (chairs and not votes.keys() & set(chairs)):
        return None
    if max(yes, no) * 2 > members:
        return "approved" if yes > no else "rejected"
    if any(draft.company.available(person, draft.now) for person in state.electors if person not in votes):
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
