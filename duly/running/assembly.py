"""Assembly: the store, the pages and the senders of an installation, made from its settings."""

import random
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from duly.errors import Unavailable, UserError
from duly.running.clocks import CompanyClock, company_clock
from duly.running.logs import set_up_logs
from duly.running.publishing import nothing_published, publish_folder
from duly.running.secrets import private_folder, secret_of
from duly.settings import Settings
from notifications.inbound.desk import Desk
from notifications.links import LinkMaker
from notifications.outbound.accounts import Account, UnsafeAccount
from notifications.outbound.envelope import BadAddress
from notifications.outbound.post import Post
from notifications.replies import Replies
from store.cases import Store
from store.connection import Database
from store.schema import NewerSchema, upgrade

_log: Final = structlog.get_logger(__name__)

POOL: Final = 10
"""Connections of one process."""


def open_store(settings: Settings, clock: CompanyClock) -> Store:
    """The store, its schema brought up to date, with the folder of policies published if nothing is yet.

    Raises `UserError` for a database that cannot be used, `Unavailable` for one that is away.
    """
    store = Store(open_database(settings))
    if nothing_published(store):
        edition = publish_folder(store, settings.policies, "duly", clock.now())
        if edition.changed:  # of processes that start together, one publishes
            _log.info("policies_published", folder=str(settings.policies), procedures=edition.procedures)
    return store


def open_database(settings: Settings) -> Database:
    """The database, its schema brought up to date. Raises `UserError`, or `Unavailable`."""
    private_folder(settings.data)
    try:
        database = Database(settings.database, pool_size=POOL)
        upgrade(database)
    except NewerSchema as error:
        raise UserError(f"{error}.", "install the version of Duly that you had, or a newer one.") from None
    except (ArgumentError, ImportError) as error:
        raise UserError(
            f"the database URL cannot be used: {type(error).__name__}.",
            "write sqlite:///folder/duly.db or postgresql+psycopg://user:password@host/name in `database_url`.",
        ) from None
    except SQLAlchemyError as error:
        shown = make_url(settings.database).render_as_string(hide_password=True)
        raise Unavailable(
            f"the database {shown} cannot be used: {_cause(error)}",
            "is it running, is there room on its disk, is `database_url` right? `duly doctor` says more.",
        ) from None
    return database


def _cause(error: SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split())[:300]


def installation(settings: Settings) -> tuple[Store, CompanyClock]:
    """The store and the clock that every process works with."""
    clock = company_clock(settings.clock)
    return open_store(settings, clock), clock


def at_the_terminal(settings: Settings) -> tuple[Store, CompanyClock]:
    """The same for a command that an operator types: what it prints is its answer, so logs keep out of the way."""
    set_up_logs(settings.log.model_copy(update={"level": "warning"}), "command")
    return installation(settings)


def account_of(settings: Settings) -> Account:
    """The SMTP account of outbound mail. Raises `UserError`."""
    mail = settings.mail
    try:
        account = Account(
            host=mail.host, port=mail.port, address=mail.address, name=mail.name, tls=mail.tls,
            username=mail.username, password=mail.password, ca_file=mail.ca_file, rate=mail.rate, timeout=mail.timeout,
        )  # fmt: skip
        _ = account.sender
    except (UnsafeAccount, BadAddress) as error:
        raise UserError(f"outbound mail: {error}.", "correct the section [mail] of the settings.") from None
    return account


def post_of(settings: Settings, store: Store, clock: CompanyClock, account: Account) -> Post:
    """What one sender sends with."""
    return Post(
        store=store, account=account, links=LinkMaker(settings.reached_at, new_token), clock=clock.now,
        jitter=random.SystemRandom().random, claim=f"mail-{secrets.token_hex(8)}", replies=replies_of(settings),
    )  # fmt: skip


def mails_folder(settings: Settings) -> Path:
    """Where the originals of mails that came are kept."""
    return settings.data / "mails"


def replies_of(settings: Settings) -> Replies:
    """Where answers to our mails come in, and the key of what proves that they are answers."""
    return Replies(settings.inbox.replies, secret_of(settings.secret_path))


def desk_of(settings: Settings, store: Store, clock: CompanyClock) -> Desk:
    """What incoming mail is taken with."""
    own = (settings.mail.address, *([settings.inbox.replies] if "{}" not in settings.inbox.replies else []))
    return Desk(
        store=store, clock=clock.now, replies=replies_of(settings), files=settings.data / "attachments",
        largest_file=settings.web.largest_file_mb * 1024 * 1024, trusted=settings.inbox.mail_servers, own=own,
    )  # fmt: skip


def new_token() -> str:
    """An unguessable text of 256 bits."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def session_of(settings: Settings) -> timedelta:
    """How long a sign-in lasts."""
    return timedelta(hours=settings.web.session_hours)
