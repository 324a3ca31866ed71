"""The schema: brings a database up to what this version of Duly needs."""

from sqlmodel import SQLModel

import models.sign_in_tables  # noqa: F401 - importing tables makes them known
import models.tables  # noqa: F401 - importing tables makes them known
from store.connection import Database


def upgrade(database: Database) -> None:
    """Make every table that is missing; two processes that start together do no harm."""
    SQLModel.metadata.create_all(database.engine)
