"""Composing: claimed letters become one mail, with links made and kept in the same transaction.

Either the links are kept and the mail may go, or neither. The transaction is short: it reads cases and writes links;
the mail is rendered after it, so that nobody who clicks waits for a template.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.policy import SMTP
from typing import Final

from jinja2 import TemplateError

from engine.errors import Refusal
from notifications.links import LinkMaker
from notifications.outbound.contents import Matter, Message
from notifications.outbound.envelope import BadAddress, envelope
from notifications.outbound.letters import NoSuchReader, links_needed, write_message
from notifications.outbound.standing import overtaken
from store.cases import Store, load_case
from store.outbox import Letter

UNDELIVERABLE: Final = (BadAddress, NoSuchReader)
"""Why a letter can never be sent, whatever the server says."""

UNWRITABLE: Final = (Refusal, LookupError, ValueError, TemplateError)
"""Why a letter cannot be written now: a case, a program or a template that is not as it should be."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail ready for the server, and the letters it carries."""

    letters: tuple[Letter, ...]
    message: Message
    recipient: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Composed:
    """What became of some letters of one person: one mail, or none if all of them have been overtaken."""

    mail: Mail | None
    overtaken: tuple[tuple[Letter, str], ...]
    """Letters that need not be sent any more, each with the reason."""


def compose(store: Store, links: LinkMaker, sender: Address, letters: Sequence[Letter], now: datetime) -> Composed:
    """Write one mail for letters of one person. Raises `UNDELIVERABLE` or `UNWRITABLE`."""
    with store.database.writing() as connection:
        matters = [Matter(letter, *load_case(connection, store, letter.case_id)) for letter in letters]
        reasons = [(matter, overtaken(matter, now)) for matter in matters]
        standing = [matter for matter, reason in reasons if not reason]
        dropped = tuple((matter.letter, reason) for matter, reason in reasons if reason)
        if not standing:
            return Composed(None, dropped)
        urls = {name: links.make(connection, name, due, now) for name, due in links_needed(standing).items()}
        message = write_message(standing, urls, now)
    mail = envelope(message, sender)
    sent = tuple(matter.letter for matter in standing)
    return Composed(Mail(sent, message, message.address, mail.as_bytes(policy=SMTP)), dropped)
