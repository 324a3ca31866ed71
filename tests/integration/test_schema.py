"""The schema: every database comes up to date, whoever starts first, and none is taken a step back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from store.cases import Store
from store.connection import Database
from store.schema import REVISIONS, NewerSchema, configuration, upgrade
from tests.integration.records import open_complaint


def test_the_steps_lead_to_what_the_models_say(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_steps_are_those_of_the_files(database: Database) -> None:
    with database.reading() as connection:
        scripts = ScriptDirectory.from_config(configuration(connection))
    assert tuple(step.revision for step in reversed(list(scripts.walk_revisions()))) == REVISIONS


def test_doing_it_again_changes_nothing(database: Database) -> None:
    upgrade(database)

    with database.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [REVISIONS[-1]]


def test_processes_that_start_together_make_it_once(empty_database: Database) -> None:
    others = [Database(empty_database.url) for _ in range(6)]
    with ThreadPoolExecutor(6) as together:
        list(together.map(upgrade, others))

    assert "cases" in inspect(empty_database.engine).get_table_names()
    for one in others:
        one.close()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(NewerSchema, match="step 9999"):
        upgrade(database)
    with database.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


@pytest.mark.parametrize("released", REVISIONS)
def test_cases_in_flight_go_on_after_an_upgrade_from_every_released_schema(
    empty_database: Database, released: str
) -> None:
    with empty_database.writing() as connection:
        command.upgrade(configuration(connection), released)
    store = Store(empty_database)
    case_id = open_complaint(store)

    upgrade(empty_database)

    with empty_database.reading() as connection:
        assert connection.execute(text("SELECT id, status FROM cases")).all() == [(case_id, "open")]


@pytest.mark.parametrize("act", ["UPDATE ledger SET by = 'nobody'", "DELETE FROM ledger"])
def test_the_database_itself_refuses_to_change_the_ledger(store: Store, act: str) -> None:
    open_complaint(store)

    with pytest.raises(DBAPIError, match="append-only"), store.database.writing() as connection:
        connection.execute(text(act))
