"""What an installation knows of itself."""

from typing import Final
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from models.tables import InstallationRow
from store.connection import Database

_ROWS: Final = InstallationRow.__table__  # type: ignore[attr-defined]
_ID: Final = select(_ROWS.c.value).where(_ROWS.c.name == "id")


def installation_id(database: Database) -> str:
    """An id made once: what other systems keep under it is never taken for another installation's."""
    with database.reading() as connection:
        found = connection.execute(_ID).scalar()
    if found is not None:
        return str(found)
    try:
        with database.writing() as connection:
            connection.execute(insert(_ROWS).values(name="id", value=uuid4().hex))
    except IntegrityError:
        pass  # another process was first
    with database.reading() as connection:
        return str(connection.execute(_ID).scalar_one())
