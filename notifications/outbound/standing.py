"""Standing: whether what a notice says still holds when it is about to be sent.

Between a decision and the mail about it the world goes on: an assignment is done, a deadline met. A mail must neither
carry a dead button nor remind of what is done.
"""

from datetime import datetime
from typing import Final

from engine.case import ACTIVE, Assignment
from engine.draft import Draft
from engine.effects import Notice
from notifications.outbound.contents import Matter

ASKING: Final = frozenset({"asked", "substitute"})
"""Notices that ask for something."""

NUDGING: Final = frozenset({"reminder", "target"})
"""Notices that say that time is running out."""


def overtaken(matter: Matter, now: datetime) -> str:
    """Why a whole letter need not be sent any more; empty if it must be."""
    if matter.letter.person in Draft(matter.program, matter.case, now).conflicted():
        return "the person is concerned by the case and learns nothing more of it"
    reasons = [settled(matter, notice) for notice in matter.letter.notices]
    return "; ".join(dict.fromkeys(reasons)) if all(reasons) else ""


def settled(matter: Matter, notice: Notice) -> str:
    """Why a notice asks for nothing any more, for the log; empty if it stands."""
    if notice.kind in ASKING and notice.assignment not in matter.case.assignments:
        return f"assignment {notice.assignment} is over"
    if notice.kind in NUDGING and not _runs(matter, notice):
        return f"deadline {notice.deadline} is over"
    return ""


def open_assignments(matter: Matter, notice: Notice) -> tuple[Assignment, ...]:
    """What the reader can do about a notice now: the assignment it is about, or theirs of the same step."""
    mine = [one for one in matter.case.assignments.values() if one.person == matter.letter.person]
    if notice.kind in ASKING:
        return tuple(one for one in mine if one.id == notice.assignment)
    if notice.kind in NUDGING or notice.kind == "escalation":
        return tuple(one for one in mine if one.step == notice.step)
    return ()


def _runs(matter: Matter, notice: Notice) -> bool:
    clock = matter.case.clocks.get(notice.deadline or "")
    if clock is not None and clock.status in ACTIVE:
        return True
    # Latecomers of a campaign have due times of their own, which run on when the step's deadline has ended.
    return notice.reason == "latecomer" and bool(open_assignments(matter, notice))
