"""Contents: what one mail says, as plain values. Nothing here knows how it looks or how it is sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.case import Case
from engine.program import Program
from store.outbox import Letter

Tone = Literal["ask", "remind", "alarm", "inform"]
"""How urgent a part of a mail looks."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A letter with the case it is about as the case stands now, and the program the case runs on."""

    letter: Letter
    case: Case
    program: Program

    @property
    def confidential(self) -> bool:
        """Whether a mail may carry nothing but the number and the class of the case (S-13)."""
        return self.case.sensitivity != "normal" or not self.program.procedure.content_in_mail


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of the case, in words."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """What happens at a time if nothing is done before."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One deadline: what it is called, its clause, when it is due, how that was counted and what follows."""

    title: str
    clause: str
    due: str
    overdue: bool
    ended: str
    """When it was met or cancelled meanwhile; empty while it runs."""
    counting: tuple[str, ...]
    consequences: tuple[Consequence, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A link to one assignment."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One notice: why the reader gets it and all that belongs to it."""

    tone: Tone
    heading: str
    why: str
    clause: str = ""
    delayed: str = ""
    """Its original time, if it could not be sent then."""
    settled: str = ""
    """Why nothing needs to be done any more."""
    facts: tuple[Fact, ...] = ()
    limits: tuple[TimeLimit, ...] = ()
    buttons: tuple[Button, ...] = ()
    english: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One case of a mail."""

    case: str
    title: str
    english: str
    confidential: bool
    parts: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One mail to one person; most have one section, those after an outage perhaps several."""

    person: str
    name: str
    address: str
    subject: str
    local_id: str
    """Local part of the Message-ID: the letter's own, or one made from all letters of a bundle."""
    company: str
    sections: tuple[Section, ...]
    written_at: datetime
    reply_to: str = ""
    """Where an answer comes back to; empty if answers have no address."""
    reply_decides: bool = False
    """Whether an answer in the right words is the decision that is asked for."""
