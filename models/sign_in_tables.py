"""Tables of the pages: who is signed in, what was sent to be used once, and which files were handed in."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables import moment


class SessionRow(SQLModel, table=True):
    """Somebody is signed in; only the hash of the session's token is kept."""

    __tablename__ = "sessions"

    token_hash: str = Field(primary_key=True, max_length=64)
    person: str = Field(index=True, max_length=60)
    created_at: datetime = moment(nullable=False)
    expires_at: datetime = moment(nullable=False)
    ended_at: datetime | None = moment()


class CredentialRow(SQLModel, table=True):
    """The password of a person, as argon2 keeps it."""

    __tablename__ = "credentials"

    person: str = Field(primary_key=True, max_length=60)
    password_hash: str = Field(max_length=200)
    changed_at: datetime = moment(nullable=False)


class OneTimeRow(SQLModel, table=True):
    """A code or a sign-in link, to be used once. `subject` is what it is for; only a hash of the secret is kept."""

    __tablename__ = "one_time"

    purpose: str = Field(primary_key=True, max_length=20)
    subject: str = Field(primary_key=True, max_length=300)
    person: str = Field(index=True, max_length=60)
    secret_hash: str = Field(max_length=64)
    tries: int = 0
    created_at: datetime = moment(nullable=False)
    expires_at: datetime = moment(nullable=False)
    used_at: datetime | None = moment()


class AttachmentRow(SQLModel, table=True):
    """A file that was handed in for a case; its bytes lie in the folder of attachments under their SHA-256."""

    __tablename__ = "attachments"

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(index=True, max_length=40)
    sha256: str = Field(index=True, max_length=64)
    name: str = Field(max_length=200)
    size: int
    person: str = Field(max_length=60)
    sealed: bool
    added_at: datetime = moment(nullable=False)
