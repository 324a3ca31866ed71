"""Real web servers on this machine for tests of tasks: good ones, and each kind of bad one."""

import asyncio
import ssl
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from threading import Event, Thread
from typing import Any, TypeVar

import httpx

from models.language.moments import parse_moment
from store.cases import Store
from store.connection import Database
from tasks.reach import GuardedTransport, Reach
from tasks.registered import Tools

NOW = parse_moment("2026-03-10 10:00")
LOOPBACK = ip_network("127.0.0.1/32")

_T = TypeVar("_T")


@dataclass
class Site:
    """A server: what it says at each path, and what it was asked."""

    pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, str, str, bytes]] = field(default_factory=list)
    """Method, path, the header `Host`, and the body, of each request."""
    closing: Event = field(default_factory=Event)
    port: int = 0
    scheme: str = "http"

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def says(self, path: str, content: bytes, status: int = 200, **headers: str) -> None:
        """Answer at a path; `content_type` becomes `Content-Type`."""

        def answer(to: BaseHTTPRequestHandler) -> None:
            to.send_response(status)
            for name, value in headers.items():
                to.send_header(name.replace("_", "-"), value)
            to.send_header("Content-Length", str(len(content)))
            to.end_headers()
            to.wfile.write(content)

        self.pages[path] = answer

    def sends_on(self, path: str, target: str, status: int = 302) -> None:
        """Redirect."""
        self.says(path, b"", status, Location=target)

    def never_ends(self, path: str) -> None:
        """A body without end, as fast as it is read."""

        def answer(to: BaseHTTPRequestHandler) -> None:
            to.send_response(200)
            to.end_headers()
            while not self.closing.is_set():
                to.wfile.write(b"x" * 4096)

        self.pages[path] = answer

    def dawdles(self, path: str) -> None:
        """The beginning of an answer, and then nothing."""

        def answer(to: BaseHTTPRequestHandler) -> None:
            to.send_response(200)
            to.end_headers()
            to.wfile.write(b"wait")
            to.wfile.flush()
            self.closing.wait()

        self.pages[path] = answer


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site, for as long as the block lasts."""
    site = Site(scheme="https" if tls else "http")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            site.asked.append((self.command, self.path, self.headers["Host"], body))
            page = site.pages.get(self.path)
            if page is None:
                self.send_error(404)
                return
            try:
                page(self)
            except (ConnectionError, ssl.SSLError):
                self.close_connection = True  # the task has read enough

        do_POST = do_PUT = do_GET  # noqa: N815 - named by http.server

        def log_message(self, *_what: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_whom: object) -> None:
            return  # a client that does not trust us hangs up

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True)
class Names:
    """The names that tests use, in place of DNS; counts how often each was asked for."""

    known: Mapping[str, Sequence[str]]
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, _port: int) -> Sequence[str]:
        self.asked.append(host)
        return self.known.get(host, [host])


def done(
    what: Callable[[Tools], Coroutine[Any, Any, _T]],
    folder: Path,
    reach: Reach | None = None,
    names: Names | None = None,
    tls: ssl.SSLContext | bool = True,
    **more: Any,
) -> _T:
    """Do a piece of work with the tools of a worker that may ask this machine."""

    async def run() -> _T:
        transport = GuardedTransport(reach or Reach(networks=(LOOPBACK,)), tls, names)
        async with httpx.AsyncClient(transport=transport, timeout=5, max_redirects=5) as http:
            store = more.pop("store", None) or Store(Database(f"sqlite:///{folder / 'unused.db'}"))
            now = more.pop("now", NOW)
            return await what(Tools(store, http, lambda: now, folder, **more))

    return asyncio.run(run())
