"""Alembic's entrance: runs the steps in the transaction of whoever calls, who has locked the database."""

from alembic import context
from sqlmodel import SQLModel

import models.inbox_tables  # noqa: F401 - importing tables makes them known
import models.tables  # noqa: F401 - importing tables makes them known

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
    # SQLite cannot alter a column; Alembic copies the table then.
    render_as_batch=True,
    user_module_prefix="tables.",
)
context.run_migrations()
