"""One Prefect server for all these tests, and a store of its own for each."""

import gc
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker

from flows.services import Services
from store.connection import Database
from tests.integration.with_prefect.scene import answering, company, services_on
from tests.integration.with_prefect.server import PrefectServer

_STORES = count()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Prefect leaves sockets to the garbage collector when an event loop ends."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """What Prefect leaves to the garbage collector is collected here, where it is expected, not in a later test."""
    yield
    gc.collect()


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    """A real Prefect server, running; who kills it starts it again."""
    server = PrefectServer(tmp_path_factory.mktemp("prefect"))
    server.start()
    yield server
    # What still waits to be sent would be tried for minutes when there is no server any more.
    APILogWorker.drain_all(timeout=5)
    EventsWorker.drain_all(timeout=5)
    server.kill()


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """A store on SQLite with the sample company and a procedure with machine work."""
    # One Prefect server for all tests, a new store for each: their case numbers must not meet.
    database = Database(f"sqlite:///{tmp_path / 'duly.db'}")
    yield services_on(company(database, first_case=next(_STORES) * 1000), tmp_path, answering())
    database.close()
