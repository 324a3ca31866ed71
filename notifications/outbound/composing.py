"""Composing: claimed letters become one mail, with links made and kept in the same transaction.

Either the links are kept and the mail may go, or neither. The transaction is short: it reads cases and writes links;
the mail is rendered after it, so that nobody who clicks waits for a template.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.policy import SMTP
from typing import Final

from jinja2 import TemplateError
from sqlalchemy import Connection

from engine.errors import Refusal
from models.language.steps import Approve
from notifications.links import expires_at
from notifications.outbound.answers import answer_mail
from notifications.outbound.contents import Matter, Message
from notifications.outbound.envelope import BadAddress, envelope
from notifications.outbound.letters import NoSuchReader, links_needed, write_message
from notifications.outbound.post import Post
from notifications.outbound.standing import overtaken
from store.cases import load_case
from store.links import keep_link
from store.outbox import TO_ADDRESS, Letter

UNDELIVERABLE: Final = (BadAddress, NoSuchReader)
"""Why a letter can never be sent, whatever the server says."""

UNWRITABLE: Final = (Refusal, LookupError, ValueError, TemplateError)
"""Why a letter cannot be written now: a case, a program or a template that is not as it should be."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail ready for the server, and the letters it carries."""

    letters: tuple[Letter, ...]
    message: Message | None
    """What it says, for the chat groups; None if it answers somebody outside the company."""
    recipient: str
    content: bytes
    local_id: str
    """Left part of its Message-ID, before the proof is added."""


@dataclass(frozen=True, slots=True)
class Composed:
    """What became of some letters of one person: one mail, or none if all of them have been overtaken."""

    mail: Mail | None
    overtaken: tuple[tuple[Letter, str], ...]
    """Letters that need not be sent any more, each with the reason."""


def compose(post: Post, letters: Sequence[Letter], now: datetime) -> Composed:
    """Write one mail for letters of one person. Raises `UNDELIVERABLE` or `UNWRITABLE`."""
    if letters[0].person.startswith(TO_ADDRESS):
        return Composed(_answer(post, letters[0], now), ())
    with post.store.database.writing() as connection:
        matters = [Matter(letter, *load_case(connection, post.store, letter.case_id)) for letter in letters]
        reasons = [(matter, overtaken(matter, now)) for matter in matters]
        standing = [matter for matter, reason in reasons if not reason]
        dropped = tuple((matter.letter, reason) for matter, reason in reasons if reason)
        if not standing:
            return Composed(None, dropped)
        needed = links_needed(standing)
        urls = {name: post.links.make(connection, name, due, now) for name, due in needed.items()}
        message = write_message(standing, urls, now)
        if len(message.sections) == 1:
            message = _with_address(connection, post, message, standing[0], needed, now)
    mail = envelope(message, post.account.sender, post.replies)
    sent = tuple(matter.letter for matter in standing)
    return Composed(Mail(sent, message, message.address, mail.as_bytes(policy=SMTP), message.local_id), dropped)


def _with_address(
    connection: Connection,
    post: Post,
    message: Message,
    matter: Matter,
    needed: dict[str, datetime | None],
    now: datetime,
) -> Message:
    """The message with the address that an answer to it comes back to."""
    name = _decided_by_reply(matter, list(needed))
    if name is None or not post.replies.template:
        return replace(message, reply_to=post.replies.to_case(matter.case.id, message.person))
    token = post.links.new_reply_token()
    keep_link(connection, token, name, now, expires_at(needed[name], now))
    return replace(message, reply_to=post.replies.to_decision(token), reply_decides=True)


def _decided_by_reply(matter: Matter, names: list[str]) -> str | None:
    """The one assignment of a mail whose decision may be a reply, if the procedure allows it."""
    if len(names) != 1 or matter.confidential:
        return None
    assignment = matter.case.assignments.get(names[0].removeprefix(f"{matter.case.id}/"))
    plan = matter.program.plans.get(assignment.step) if assignment else None
    allowed = plan is not None and isinstance(plan.step, Approve) and plan.step.by_reply and not plan.step.code
    return names[0] if allowed else None


def _answer(post: Post, letter: Letter, now: datetime) -> Mail:
    with post.store.database.reading() as connection:
        matter = Matter(letter, *load_case(connection, post.store, letter.case_id))
    mail, recipient = answer_mail(matter, post.account.sender, post.replies, now)
    return Mail((letter,), None, recipient, mail.as_bytes(policy=SMTP), letter.message_id)
