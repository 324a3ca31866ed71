"""The desk: what incoming mail is taken with, and one mail on it while its outcome is being decided."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from engine.claim import Claim
from engine.company import Company
from engine.intake import may_be_sealed, unsorted, ways_in
from models.language.patterns import BadPattern
from models.language.procedure import Procedure
from notifications.inbound.authority import standing, written
from notifications.inbound.automatic import Kind, Sign, sign_of
from notifications.inbound.mail import Mail, Original
from notifications.inbound.replies import new_part
from notifications.replies import CasePointer, DecisionPointer, Replies
from store.attachments import Attachment
from store.cases import Store
from store.file_types import RefusedFile
from store.files import keep
from store.inbox import Incoming, OutcomeKind, Standing
from store.moving import case_of
from store.outbox import TO_ADDRESS

STRANGER: Final = "email"
"""Who opens a case by mail whom no server vouches for; nobody of the organisation is called so."""

LONGEST_TEXT: Final = 100_000
"""Characters of a mail's text that are kept beside the original."""

MOST_FILES: Final = 50


@dataclass(frozen=True, slots=True)
class Desk:
    """What the mails of one installation are taken with."""

    store: Store
    clock: Callable[[], datetime]
    replies: Replies
    files: Path
    """Folder of the attachments of all cases."""
    largest_file: int
    """Bytes."""
    trusted: tuple[str, ...] = ()
    """Names of the company's own mail servers in Authentication-Results."""
    own: tuple[str, ...] = ()
    """Addresses under which Duly itself writes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mail; exactly one a mail."""

    outcome: OutcomeKind
    reason: str
    """Chinese, for people who look through what came in."""
    case_id: str | None = None
    sealed: bool = False
    waits: bool = False
    repeated: bool = False
    """It had been taken before; nothing has changed now."""


@dataclass
class Sheet:
    """One mail on the desk, in the transaction that decides it."""

    desk: Desk
    original: Original
    mail: Mail
    connection: Connection
    now: datetime
    files: tuple[Attachment, ...] = ()
    troubles: list[str] = field(default_factory=list)

    @property
    def arrived_at(self) -> datetime:
        """When it arrived, by the company's clock: a fast clock of a demonstration may not have got there yet."""
        return min(self.original.arrived_at, self.now).astimezone(self.now.tzinfo)

    @property
    def company(self) -> Company:
        """The company of today."""
        return self.desk.store.programs.company

    @property
    def procedures(self) -> list[Procedure]:
        """The procedures in force, by name."""
        found = self.desk.store.programs.rulebook.procedures
        return [found[name].content for name in sorted(found)]

    @cached_property
    def standing(self) -> Standing:
        """What the company's own mail server says of the sender."""
        return standing(written(self.original.path), self.mail.sender.address, self.desk.trusted)

    @cached_property
    def person(self) -> str | None:
        """The member of staff whose address the sender gave; a claim unless `standing` is `pass`."""
        people, address = self.company.organisation.people, self.mail.sender.address.lower()
        named = (name for name, one in people.items() if address and one.email.lower() == address)
        return next((name for name in named if self.company.employed(name, self.now)), None)

    @cached_property
    def sign(self) -> Sign | None:
        """Why it counts as written by a machine; None if a person wrote it."""
        return sign_of(self.mail, self.original.mail_from)

    @property
    def by_machine(self) -> bool:
        """Whether a machine wrote it; what a list passes on, a person may have written."""
        return self.sign is not None and self.sign.kind is not Kind.LIST

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Where it was sent, the envelope first, in lower case, each once."""
        given = (*self.original.recipients, *self.mail.recipients)
        return tuple(dict.fromkeys(address.lower() for address in given))

    @cached_property
    def mailbox(self) -> tuple[str, str]:
        """The company's mailbox it came to and its address, in the envelope rather than in the mail; empty if none."""
        known = {
            address.lower(): name
            for name, box in self.company.organisation.mailboxes.items()
            for address in box.addresses
        }
        found = [(known[one], one) for one in self.addresses if one in known]
        # What was sent to a sealed mailbox as well must not be read where the other copy came to.
        sealed = sealed_mailboxes(self.procedures)
        return next((one for one in found if one[0] in sealed), found[0] if found else ("", ""))

    def secret(self, case_id: str | None = None) -> bool:
        """Whether only those may see it who read sealed matters: by its mailbox, its words or the case it is about."""
        case = case_of(self.connection, case_id) if case_id else None
        if case is not None and (case.sensitivity == "sealed" or case.moved):
            return True
        try:
            asks = unsorted(self.procedures)
            known = case.procedure if case and not (asks and asks[0].procedure == case.procedure) else ""
            return may_be_sealed(self.procedures, self.claim, known)
        except BadPattern:
            return True  # nobody knows what is in it

    @cached_property
    def pointer(self) -> CasePointer | DecisionPointer | None:
        """The address of a case or a decision that it was sent to."""
        read = (self.desk.replies.read(address) for address in self.addresses)
        return next((one for one in read if one is not None), None)

    @property
    def answers_us(self) -> bool:
        """Whether it was sent to the address of a case that was made for its sender, who has had a mail of ours."""
        pointer, names = (
            self.pointer,
            [f"{TO_ADDRESS}{self.mail.sender.address}", *([self.person] if self.person else [])],
        )
        return isinstance(pointer, CasePointer) and any(self.desk.replies.is_for(pointer, one) for one in names)

    @cached_property
    def likeness(self) -> str:
        """Digest of who wrote what and when: copies of one mail have the same, whatever way they took."""
        mail = self.mail
        parts = [
            mail.sender.address.lower(), " ".join(mail.subject.split()), mail.date.isoformat() if mail.date else "",
            " ".join(mail.text.split()), *(hashlib.sha256(one.content).hexdigest() for one in mail.files),
        ]  # fmt: skip
        return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def claim(self) -> Claim:
        """The mail as the officer's rules see it."""
        mail, (mailbox, address) = self.mail, self.mailbox
        return Claim(
            mailbox, mail.subject, mail.text, mail.sender.address, mail.sender.name, address,
            self.arrived_at, self.person, self.standing == "pass", self.by_machine,
        )  # fmt: skip

    @property
    def event_id(self) -> str:
        """By which what it causes is recorded once, however often it is taken."""
        return f"mail/{hashlib.sha256(self.original.origin.encode()).hexdigest()[:40]}"

    def row(self, outcome: Outcome) -> Incoming:
        """What is written down of it."""
        mail, original = self.mail, self.original
        # Of a reply what its writer has added; what it quotes stands in the case already, and in the original.
        answer = new_part(mail.text, mail.subject).text if outcome.outcome in ("joined", "decided") else ""
        return Incoming(
            id=0, origin=original.origin[:300], sha256=original.sha256,
            size=original.size, likeness=self.likeness, message_id=mail.message_id, mailbox=self.mailbox[0][:60],
            sender=mail.sender.address[:254], sender_name=mail.sender.name[:200], person=self.person,
            standing=self.standing, subject=mail.subject, text=(answer.strip() or mail.text)[:LONGEST_TEXT],
            files=self.files, troubles=tuple(self.troubles), arrived_at=self.arrived_at, taken_at=self.now,
            outcome=outcome.outcome, reason=outcome.reason[:2000], case_id=outcome.case_id, sealed=outcome.sealed,
            waits=outcome.waits,
        )  # fmt: skip


def sealed_mailboxes(procedures: Iterable[Procedure]) -> set[str | None]:
    """Mailboxes whose mail nobody may read who does not read sealed matters."""
    return {start.mailbox for one, start in ways_in(procedures) if one.sensitivity == "sealed"}


def keep_files(desk: Desk, mail: Mail) -> tuple[tuple[Attachment, ...], list[str]]:
    """The files of a mail, each kept as a file of a case is, and what could not be: that stands in the original."""
    kept: list[Attachment] = []
    troubles = list(mail.troubles)
    for one in mail.files[:MOST_FILES]:
        try:
            kept.append(keep(desk.files, BytesIO(one.content), one.name or "附件", desk.largest_file))
        except RefusedFile as refused:
            troubles.append(f"附件“{one.name or '无名'}”只在原件中保留：{refused}")
    if len(mail.files) > MOST_FILES:
        troubles.append(f"共有 {len(mail.files)} 个附件，只列出前 {MOST_FILES} 个，其余在原件中")
    return tuple(dict.fromkeys(kept)), troubles
