"""Mail as a way in: what came, what became of it, and the answers that went out by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of the inbox, and note under which Message-ID each letter travelled."""
    op.create_table(
        "incoming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=250), nullable=False),
        sa.Column("mailbox", sa.String(length=60), nullable=False),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("sender_name", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=True),
        sa.Column("standing", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("troubles", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("case_id", sa.String(length=40), nullable=True),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("origin"),
    )
    op.create_index("ix_incoming_waits", "incoming", ["waits", "arrived_at"])
    op.create_index("ix_incoming_sender", "incoming", ["sender", "taken_at"])
    for column in ("sha256", "likeness", "message_id", "outcome", "case_id"):
        op.create_index(f"ix_incoming_{column}", "incoming", [column])
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("incoming_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_answers_address", "answers", ["address", "written_at"])
    # A letter of a bundle does not travel under its own name, and a bounce knows no other.
    op.add_column("outbox", sa.Column("sent_as", sa.String(length=200), nullable=True))
    op.create_index("ix_outbox_sent_as", "outbox", ["sent_as"])
    # Message numbers of a mail server are larger than an integer of PostgreSQL.
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("counters", "value", type_=sa.BigInteger())
    # Whoever takes a mail locks this row first: two copies of one mail are never taken at the same time.
    op.bulk_insert(
        sa.table("counters", sa.column("name", sa.String()), sa.column("value", sa.Integer())),
        [{"name": "inbox", "value": 0}],
    )
