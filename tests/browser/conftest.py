"""A real browser against the real application, over HTTP. Without a browser these tests fail; they never skip."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from store.cases import Store
from tests.integration.conftest import database, empty_database, postgres, store
from tests.web.site import Site

__all__ = ["database", "empty_database", "postgres", "store"]

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture
def site(store: Store, tmp_path: Path) -> Site:
    """The pages on a store."""
    return Site(store, tmp_path / "files")


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    """Where the pages answer."""
    with served(site) as found:
        yield found


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The pages on a free port of this machine, for as long as the block lasts."""
    # With the protocol named, asyncio switches Nagle's algorithm off: else every answer waits 40 ms for the browser.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(site.app, log_level="warning", lifespan="off"))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("no Chromium on this machine: run `make browsers` as root, or install the package `chromium`")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield chromium
        chromium.close()
