"""The schema: brings a database up to what this version of Duly needs, and refuses one that is newer.

Alembic is imported only if there is something to do: every process asks at its start.
"""

from importlib import resources
from typing import Any, Final

from sqlalchemy import Connection, inspect, text

from store.connection import Database

REVISIONS: Final = ("0001", "0002")
"""The steps in order; a test compares them with the files."""

_LOCK: Final = 0x64756C79
"""Number of PostgreSQL's advisory lock; it spells `duly`."""


class NewerSchema(RuntimeError):  # noqa: N818 - it says what is the case
    """A database that a newer version of Duly has changed."""


def upgrade(database: Database) -> None:
    """Bring a database up to date; of several processes that start together, one does it. Raises `NewerSchema`."""
    with database.reading() as connection:
        if _revision(connection) == REVISIONS[-1]:
            return
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
        found = _revision(connection)
        if found == REVISIONS[-1]:
            return
        if found is not None and found not in REVISIONS:
            raise NewerSchema(
                f"the database was changed by a newer version of Duly (step {found}; this one knows {REVISIONS[-1]})"
            )
        _run(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _run(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - see above

    command.upgrade(configuration(connection), "head")


def configuration(connection: Connection) -> Any:
    """Alembic's configuration, without a file of its own; works from an installed package too."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(resources.files("store.migrations")))
    config.attributes["connection"] = connection
    return config
