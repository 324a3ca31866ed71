"""Tables: the rows the store keeps. Rows stay in the store; the rooms above see the engine's values."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, Index, Integer, LargeBinary, Text, TypeDecorator
from sqlmodel import Field, SQLModel

from models.language.moments import CHINA


class Seconds(TypeDecorator[datetime]):
    """A moment as whole seconds since 1970 (UTC): the same in every database, sortable, without zones to forget."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        """To the database."""
        return None if value is None else int(value.timestamp())

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        """From the database, as China time."""
        return None if value is None else datetime.fromtimestamp(value, UTC).astimezone(CHINA)


def moment(nullable: bool = True, index: bool = False) -> Any:
    """A column of type `Seconds`."""
    return Field(default=None, sa_column=Column(Seconds, nullable=nullable, index=index))


class CaseRow(SQLModel, table=True):
    """The present state of one case; `state` is the engine's value as JSON."""

    __tablename__ = "cases"
    __table_args__ = (Index("ix_cases_due", "next_due", "id"), Index("ix_cases_unshown", "unshown", "next_due"))

    id: str = Field(primary_key=True, max_length=40)
    procedure: str = Field(index=True, max_length=80)
    version: str = Field(max_length=64)
    revision: int
    """How many events the case has seen; the next one must find it unchanged."""
    status: str = Field(index=True, max_length=12)
    outcome: str | None = Field(default=None, max_length=80)
    owner: str | None = Field(default=None, index=True, max_length=60)
    requester: str | None = Field(default=None, max_length=60)
    sensitivity: str = Field(max_length=12)
    parent: str | None = Field(default=None, index=True, max_length=40)
    parent_step: str | None = Field(default=None, max_length=60)
    opened_at: datetime = moment(nullable=False)
    closed_at: datetime | None = moment()
    next_due: datetime | None = moment()
    set_aside_until: datetime | None = moment()
    """When a case whose timer could not be processed is tried again."""
    trouble: str | None = Field(default=None, sa_column=Column(Text))
    unshown: bool = Field(default=True)
    """Whether Prefect has still to be told of its last change."""
    state: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class EntryRow(SQLModel, table=True):
    """One entry of the ledger: an event and its effects, linked to the entry before by its hash."""

    __tablename__ = "ledger"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    event_id: str = Field(unique=True, max_length=120)
    case_id: str = Field(index=True, max_length=40)
    revision: int
    kind: str = Field(max_length=40)
    by: str = Field(max_length=120)
    happened_at: datetime = moment(nullable=False)
    recorded_at: datetime = moment(nullable=False)
    body: str = Field(sa_column=Column(Text, nullable=False))
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class HeadRow(SQLModel, table=True):
    """The end of the ledger: one row, locked while an entry is added."""

    __tablename__ = "ledger_head"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int
    hash: str = Field(max_length=64)


class AssignmentRow(SQLModel, table=True):
    """One person asked to do one thing."""

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_open", "person", "status", "due"),)

    id: str = Field(primary_key=True, max_length=200)
    case_id: str = Field(index=True, max_length=40)
    step: str = Field(max_length=60)
    key: str | None = Field(default=None, max_length=60)
    person: str = Field(max_length=60)
    stands_for: str | None = Field(default=None, max_length=60)
    shown: str = Field(max_length=64)
    status: str = Field(max_length=12)
    asked_at: datetime = moment(nullable=False)
    due: datetime | None = moment()
    ended_at: datetime | None = moment()


class LetterRow(SQLModel, table=True):
    """One letter of the outbox: what one person is told by one decision, or by one report. Sent at least once."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_next", "status", "next_at", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(index=True, max_length=40)
    revision: int
    person: str = Field(max_length=120)
    message_id: str = Field(unique=True, max_length=200)
    notices: str = Field(sa_column=Column(Text, nullable=False))
    status: str = Field(max_length=12)
    attempts: int = Field(default=0)
    created_at: datetime = moment(nullable=False)
    next_at: datetime = moment(nullable=False)
    sent_at: datetime | None = moment()
    claim: str | None = Field(default=None, max_length=60)
    claimed_until: datetime | None = moment()
    error: str | None = Field(default=None, sa_column=Column(Text))
    sent_as: str | None = Field(default=None, index=True, max_length=200)
    """Local part of the Message-ID of the mail it travelled in; of a bundle that is not its own."""


class LinkRow(SQLModel, table=True):
    """A link sent to one person for one assignment; only the hash of its token is kept."""

    __tablename__ = "links"

    token_hash: str = Field(primary_key=True, max_length=64)
    assignment_id: str = Field(index=True, max_length=200)
    case_id: str = Field(max_length=40)
    person: str = Field(max_length=60)
    shown: str = Field(max_length=64)
    created_at: datetime = moment(nullable=False)
    expires_at: datetime = moment(nullable=False)
    used_at: datetime | None = moment()


class FollowUpRow(SQLModel, table=True):
    """An event that one case owes another: a called procedure to open, a caller to tell. Done once, in order."""

    __tablename__ = "follow_ups"

    id: int | None = Field(default=None, primary_key=True)
    event_id: str = Field(unique=True, max_length=120)
    case_id: str = Field(max_length=40)
    """The case to which it happens; empty for a case still to be opened."""
    body: str = Field(sa_column=Column(Text, nullable=False))
    created_at: datetime = moment(nullable=False)
    done_at: datetime | None = moment(index=True)
    error: str | None = Field(default=None, sa_column=Column(Text))


class WorkRow(SQLModel, table=True):
    """Machine work of a step, done by a worker."""

    __tablename__ = "work"

    id: str = Field(primary_key=True, max_length=160)
    case_id: str = Field(index=True, max_length=40)
    step: str = Field(max_length=60)
    runs: str = Field(max_length=60)
    inputs: str = Field(sa_column=Column(Text, nullable=False))
    queue: str | None = Field(default=None, max_length=60)
    status: str = Field(index=True, max_length=12)
    created_at: datetime = moment(nullable=False)
    ended_at: datetime | None = moment()
    claim: str | None = Field(default=None, max_length=120)
    """The worker that has it in hand."""
    claimed_until: datetime | None = moment()
    """When it is free for another worker; by the clock on the wall."""


class PageRow(SQLModel, table=True):
    """One version of one file of the rulebook, kept for as long as a case may need it."""

    __tablename__ = "pages"
    __table_args__ = (Index("ix_pages_current", "current", "name"),)

    name: str = Field(primary_key=True, max_length=200)
    version: str = Field(primary_key=True, max_length=64)
    kind: str = Field(max_length=40)
    procedure: str | None = Field(default=None, index=True, max_length=80)
    text: str = Field(sa_column=Column(Text, nullable=False))
    current: bool
    published_at: datetime = moment(nullable=False)
    published_by: str = Field(max_length=120)


class CounterRow(SQLModel, table=True):
    """The last number given out in a year."""

    __tablename__ = "counters"

    name: str = Field(primary_key=True, max_length=40)
    # Message numbers of a mail server have 32 bits without a sign (RFC 3501, 2.3.1.1); SQLite holds 64 anyway.
    value: int = Field(sa_column=Column(BigInteger().with_variant(Integer(), "sqlite"), nullable=False))


class RunRow(SQLModel, table=True):
    """The flow run in which Prefect shows a case, and which revision of the case it shows."""

    __tablename__ = "runs"

    case_id: str = Field(primary_key=True, max_length=40)
    flow_run_id: str = Field(max_length=40)
    revision: int
    """The revision that was last shown."""


class HeartbeatRow(SQLModel, table=True):
    """A process of an installation that says that it lives, so that `duly doctor` and monitoring can miss it."""

    __tablename__ = "heartbeats"

    process: str = Field(primary_key=True, max_length=160)
    """Kind, machine and process number, e.g. `clock@duly-1:4711`."""
    kind: str = Field(index=True, max_length=20)
    started_at: datetime = moment(nullable=False)
    seen_at: datetime = moment(nullable=False)
    """By the clock on the wall, like `started_at`."""
    note: str = Field(default="", max_length=300)
    """What it has to say of itself, e.g. that its mail server cannot be reached."""


class SlotRow(SQLModel, table=True):
    """How far a schedule has been carried out: the last time at which it began something."""

    __tablename__ = "schedule_slots"

    schedule: str = Field(primary_key=True, max_length=120)
    """Procedure and a digest of the schedule, e.g. `patrol/3f0c9b1d2a4e`."""
    last: datetime = moment(nullable=False)


class InstallationRow(SQLModel, table=True):
    """What an installation knows of itself, by name: its id, for example."""

    __tablename__ = "installation"

    name: str = Field(primary_key=True, max_length=40)
    value: str = Field(max_length=200)
