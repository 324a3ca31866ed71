"""Sorting: which mails a person is to sort: those whose case asks them, and nobody else's."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import HTTPException
from sqlalchemy import Connection

from engine.case import ACTIVE, Case
from engine.claim import Claim
from engine.program import Program
from engine.titles import Titles
from models.language.organisation import Organisation
from store import inbox
from store.cases import load_case
from store.inbox import Incoming
from store.lists import AskedRow, asked_of
from web.services import Services


@dataclass(frozen=True, slots=True)
class Sorting:
    """One mail that waits, and the assignment that asks the reader about it."""

    mail: Incoming
    asked: AskedRow
    case: Case
    program: Program

    @property
    def due(self) -> datetime | None:
        """When it must be sorted."""
        rules = self.program.of_step.get(self.asked.step, ())
        clocks = [self.case.clocks[rule.id] for rule in rules if rule.id in self.case.clocks]
        return min((clock.due for clock in clocks if clock.status in ACTIVE), default=self.asked.due)

    @property
    def sorts_procedure(self) -> str:
        """The procedure that asks."""
        return self.program.procedure.procedure


def claim_of(mail: Incoming, organisation: Organisation) -> Claim:
    """A mail as the officer's rules see it."""
    box = organisation.mailboxes.get(mail.mailbox)
    return Claim(
        mail.mailbox, mail.subject, mail.text, mail.sender, mail.sender_name, box.addresses[0] if box else "",
        mail.arrived_at, mail.person, mail.standing == "pass",
    )  # fmt: skip


def to_sort(services: Services, connection: Connection, reader: str) -> list[Sorting]:
    """What the reader is asked to sort, the most urgent first."""
    asked = {one.case_id: one for one in asked_of(connection, reader)}
    found = []
    for mail in inbox.waiting_in(connection, list(asked)):
        row = asked.get(mail.case_id or "")
        if row is not None and mail.case_id:
            case, program = load_case(connection, services.store, mail.case_id)
            found.append(Sorting(mail, row, case, program))
    return sorted(found, key=lambda one: (one.due is None, one.due or one.mail.arrived_at, one.mail.id))


@dataclass(frozen=True, slots=True)
class Accepting:
    """One thing that counts as done when its time has passed, whether the reader has looked at it or not."""

    asked: AskedRow
    step: str
    procedure: str
    due: datetime


def to_accept(services: Services, connection: Connection, reader: str) -> list[Accepting]:
    """What the reader is asked and is deemed done at its due time, the most urgent first."""
    found = []
    for row in asked_of(connection, reader):
        case, program = load_case(connection, services.store, row.case_id)
        rules = [rule for rule in program.of_step.get(row.step, ()) if rule.source.missed == "deem"]
        clocks = [case.clocks[rule.id] for rule in rules if rule.id in case.clocks]
        due = min((clock.due for clock in clocks if clock.status in ACTIVE), default=None)
        if due is not None:
            found.append(Accepting(row, Titles(program).step(row.step), program.procedure.title.zh, due))
    return sorted(found, key=lambda one: (one.due, one.asked.case_id))


def sorting(services: Services, connection: Connection, reader: str, number: int) -> Sorting:
    """One of them. Raises 404 for a mail that is not the reader's to sort, or has been sorted."""
    found = next((one for one in to_sort(services, connection, reader) if one.mail.id == number), None)
    if found is None:
        raise HTTPException(404, "mail")
    return found
