"""Tables of the inbox: every mail that came, what became of it, and which automatic answers went out."""

from datetime import datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from models.tables import moment


class IncomingRow(SQLModel, table=True):
    """One mail that came, with its outcome."""

    __tablename__ = "incoming"
    __table_args__ = (
        Index("ix_incoming_waits", "waits", "arrived_at"),
        Index("ix_incoming_sender", "sender", "taken_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    origin: str = Field(unique=True, max_length=300)
    """Where it came from; the same mail fetched again has the same."""
    sha256: str = Field(index=True, max_length=64)
    size: int
    likeness: str = Field(index=True, max_length=64)
    """Digest of who wrote what, without the trace of its way: two copies of one mail have the same."""
    message_id: str = Field(index=True, max_length=250)
    mailbox: str = Field(max_length=60)
    sender: str = Field(max_length=254)
    sender_name: str = Field(max_length=200)
    person: str | None = Field(default=None, max_length=60)
    """The member of staff whose address the sender gave."""
    standing: str = Field(max_length=8)
    """What the company's own mail server says of the sender: `pass`, `fail` or `none`."""
    subject: str = Field(sa_column=Column(Text, nullable=False))
    text: str = Field(sa_column=Column(Text, nullable=False))
    files: str = Field(sa_column=Column(Text, nullable=False))
    """Files that could be kept, as JSON."""
    troubles: str = Field(sa_column=Column(Text, nullable=False))
    """What could not be read, one sentence a line."""
    arrived_at: datetime = moment(nullable=False)
    taken_at: datetime = moment(nullable=False)
    outcome: str = Field(index=True, max_length=12)
    reason: str = Field(sa_column=Column(Text, nullable=False))
    case_id: str | None = Field(default=None, index=True, max_length=40)
    sealed: bool = Field(default=False)
    waits: bool = Field(default=False)
    """Whether a person has still to say what becomes of it; `case_id` is then the case in which they are asked."""
    removed_at: datetime | None = moment()
    """When the message was removed from the mailbox it came from, because others read there."""


class AnswerRow(SQLModel, table=True):
    """An automatic answer that was written, so that no address gets more than one an hour."""

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_address", "address", "written_at"),)

    id: int | None = Field(default=None, primary_key=True)
    address: str = Field(max_length=254)
    kind: str = Field(max_length=12)
    incoming_id: int
    written_at: datetime = moment(nullable=False)
