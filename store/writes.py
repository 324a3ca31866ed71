"""Writes: the rows that one or many decisions make, collected and written together."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, bindparam, insert, update

from engine.case import Assignment, Case, StepStatus
from engine.draft import Decision
from engine.effects import CaseEnded, Notice, OpenCase, RunMachine, mails
from engine.events import ChildClosed, Event, TimerFired
from models.tables import AssignmentRow, CaseRow, FollowUpRow, LetterRow, WorkRow
from store.codec import encode_case, encode_entry, encode_event
from store.ledger import Entry, entries_for
from store.sending import Statement, send

_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]
_ASSIGNMENTS: Final = AssignmentRow.__table__  # type: ignore[attr-defined]
_OUTBOX: Final = LetterRow.__table__  # type: ignore[attr-defined]
_FOLLOW_UPS: Final = FollowUpRow.__table__  # type: ignore[attr-defined]
_WORK: Final = WorkRow.__table__  # type: ignore[attr-defined]

_CHANGED: Final = (
    "version", "revision", "status", "outcome", "owner", "closed_at", "next_due", "state", "set_aside_until", "trouble",
    "unshown",
)  # fmt: skip
_UPDATE_CASE: Final = Statement(
    update(_CASES).where(_CASES.c.id == bindparam("case")).values({name: bindparam(name) for name in _CHANGED})
)
_ADD_CASE: Final = Statement(insert(_CASES))
_ADD_ASSIGNMENT: Final = Statement(insert(_ASSIGNMENTS))
_ADD_LETTER: Final = Statement(insert(_OUTBOX))
_ADD_FOLLOW_UP: Final = Statement(insert(_FOLLOW_UPS))
_ADD_WORK: Final = Statement(insert(_WORK))
_END_ASSIGNMENT: Final = Statement(
    update(_ASSIGNMENTS)
    .where(_ASSIGNMENTS.c.id == bindparam("assignment"))
    .values(status=bindparam("new_status"), ended_at=bindparam("ended"))
)
_END_WORK: Final = Statement(
    update(_WORK)
    .where(_WORK.c.id == bindparam("work"), _WORK.c.status == "waiting")
    .values(status=bindparam("new_status"), ended_at=bindparam("ended"))
)


@dataclass(slots=True)
class Writes:
    """Rows to insert and update, in the order in which the decisions were made."""

    edition: int
    """The edition of the rules that the decisions were made by."""
    new_cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    ended: list[dict[str, Any]] = field(default_factory=list)
    letters: list[dict[str, Any]] = field(default_factory=list)
    follow_ups: list[dict[str, Any]] = field(default_factory=list)
    work: list[dict[str, Any]] = field(default_factory=list)
    no_work: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self, before: Case | None, decision: Decision, event: Event, event_id: str, revision: int, now: datetime
    ) -> None:
        """Take over one decision."""
        case = decision.state
        row = _case_row(case, revision)
        if before is None or case.id in self.new_cases:
            fixed = {
                "id": case.id, "procedure": case.procedure, "requester": case.requester, "parent": case.parent,
                "sensitivity": case.sensitivity, "opened_at": case.opened_at, "parent_step": case.parent_step,
            }  # fmt: skip
            self.new_cases[case.id] = fixed | row
        else:
            self.cases[case.id] = {"case": case.id} | row
        at = event.due if isinstance(event, TimerFired) else event.at or now
        kind = type(event).__name__
        body = encode_entry(event, decision.effects, self.edition)
        self.entries.append(Entry(event_id, case.id, revision, kind, event.by, at, now, body))
        self._assignments(before, decision, now)
        self._effects(case, decision, revision, now)
        self._cancelled(before, case, now)

    def _assignments(self, before: Case | None, decision: Decision, now: datetime) -> None:
        case, old = decision.state, before.assignments if before else {}
        dues = {one.assignment: one.due for one in decision.effects if isinstance(one, Notice) and one.assignment}
        for name, one in case.assignments.items():
            if name not in old:
                self.asked[f"{case.id}/{name}"] = _assignment_row(case, one, dues.get(name))
        for name in old.keys() - case.assignments.keys():
            key = f"{case.id}/{name}"
            state = case.steps[old[name].step]
            status = "done" if state.by == old[name].person and state.done_at else "withdrawn"
            if key in self.asked:
                self.asked[key] |= {"status": status, "ended_at": now}
            else:
                self.ended.append({"assignment": key, "new_status": status, "ended": now})

    def _effects(self, case: Case, decision: Decision, revision: int, now: datetime) -> None:
        for mail in mails(decision.effects):
            self.letters.append(
                {
                    "case_id": case.id, "revision": revision, "person": mail.to, "status": "queued",
                    "message_id": f"{case.id}.{revision}.{mail.to}", "attempts": 0,
                    "notices": msgspec.json.encode(mail.notices).decode(), "created_at": now, "next_at": now,
                }
            )  # fmt: skip
        for index, effect in enumerate(decision.effects):
            event_id = f"{case.id}/{revision}/{index}"
            if isinstance(effect, OpenCase):
                body = {
                    "procedure": effect.procedure, "facts": dict(effect.facts), "parent": case.id, "step": effect.step,
                    "discovered_at": effect.discovered_at,
                }  # fmt: skip
                self._follow(event_id, "", msgspec.json.encode(body).decode(), now)
            elif isinstance(effect, RunMachine):
                self.work.append(
                    {
                        "id": f"{case.id}/{effect.step}/{effect.round}", "case_id": case.id, "step": effect.step,
                        "runs": effect.runs, "inputs": msgspec.json.encode(effect.inputs).decode(),
                        "queue": effect.queue, "status": "waiting", "created_at": now,
                    }
                )  # fmt: skip
            elif isinstance(effect, CaseEnded) and case.parent and case.parent_step:
                closed = ChildClosed(step=case.parent_step, outcome=effect.outcome)
                self._follow(event_id, case.parent, encode_event(closed), now)

    def _cancelled(self, before: Case | None, case: Case, now: datetime) -> None:
        """What a machine was to do for a step that is cancelled is done no more, also if a worker has it in hand."""
        old = before.steps if before else {}
        for name, state in case.steps.items():
            if state.status is StepStatus.CANCELLED and (name not in old or old[name].status is not state.status):
                key = f"{case.id}/{name}/{state.round}"
                self.no_work.append({"work": key, "new_status": "withdrawn", "ended": now})

    def _follow(self, event_id: str, case_id: str, body: str, now: datetime) -> None:
        self.follow_ups.append({"event_id": event_id, "case_id": case_id, "body": body, "created_at": now})

    def write(self, connection: Connection) -> None:
        """Write everything, each table once. The head of the ledger is locked last, because everybody waits for it."""
        send(
            connection,
            (
                (_ADD_CASE, list(self.new_cases.values())),
                (_UPDATE_CASE, list(self.cases.values())),
                (_ADD_ASSIGNMENT, list(self.asked.values())),
                (_END_ASSIGNMENT, self.ended),
                (_ADD_LETTER, self.letters),
                (_ADD_FOLLOW_UP, self.follow_ups),
                (_ADD_WORK, self.work),
                (_END_WORK, self.no_work),
                *entries_for(connection, self.entries),
            ),
        )


def _case_row(case: Case, revision: int) -> dict[str, Any]:
    return {
        "version": case.version, "revision": revision, "status": "closed" if case.closed_at else "open",
        "outcome": case.outcome, "owner": case.owner, "closed_at": case.closed_at, "next_due": case.next_due,
        "state": encode_case(case), "set_aside_until": None, "trouble": None, "unshown": True,
    }  # fmt: skip


def _assignment_row(case: Case, one: Assignment, due: datetime | None) -> dict[str, Any]:
    return {
        "id": f"{case.id}/{one.id}", "case_id": case.id, "step": one.step, "key": one.key, "person": one.person,
        "stands_for": one.stands_for, "shown": one.shown, "status": "open", "asked_at": one.asked_at,
        "due": due, "ended_at": None,
    }  # fmt: skip
