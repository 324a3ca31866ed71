"""Mails: what came by mail, as a page shows it: who says to have written it, and whether that is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from store.attachments import Attachment
from store.inbox import Incoming, Standing, of_case

_STANDING: Final[Mapping[Standing, tuple[str, str]]] = {
    "pass": ("发件人已核实", "good"),
    "none": ("发件人未经核实", "soon"),
    "fail": ("可能是冒名", "held"),
}


@dataclass(frozen=True, slots=True)
class MailShown:
    """One mail."""

    number: int
    sender: str
    standing: str
    tone: str
    subject: str
    text: str
    arrived_at: datetime
    files: tuple[Attachment, ...]
    troubles: tuple[str, ...]
    sha256: str


def shown(mail: Incoming) -> MailShown:
    """A mail for a page."""
    words, tone = _STANDING[mail.standing]
    name = f"{mail.sender_name} <{mail.sender}>" if mail.sender_name else mail.sender or "没有发件人"
    return MailShown(
        mail.id, name, words, tone, mail.subject or "（无主题）", mail.text, mail.arrived_at, mail.files, mail.troubles,
        mail.sha256,
    )  # fmt: skip


def mails_of(connection: Connection, case_id: str, unsealed: bool) -> list[MailShown]:
    """The mails of a case; sealed ones only for whoever may see what is sealed. Not those that still wait."""
    found = of_case(connection, case_id)
    return [shown(one) for one in found if not one.waits and (unsealed or not one.sealed)]
