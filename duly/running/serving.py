"""Serving: the process that answers the pages."""

import errno
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final

import structlog
import uvicorn
from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError

from duly.errors import UserError
from duly.running.assembly import account_of, mails_folder, new_code, new_token, session_of
from duly.running.clocks import CompanyClock, wall
from duly.running.secrets import private_folder, secret_of
from duly.settings import Settings
from notifications.mailbox import Mailbox
from notifications.outbound.urgent import Urgent
from store.cases import Store
from store.strays import remove_strays
from web.app import create_app
from web.services import Services, WebSettings

BACKLOG: Final = 2048
"""Connections that may wait to be accepted."""

THREADS: Final = 16
"""Requests that are answered at once; a page may need two connections, and the pool has forty."""

GOODBYE: Final = 5
"""Seconds that answers in hand have when the process is told to stop."""


_log: Final = structlog.get_logger(__name__)

TIDY_EVERY: Final = 3600.0
"""Seconds between two looks for files that belong to nothing."""


def services_of(settings: Settings, store: Store, clock: CompanyClock) -> Services:
    """What the pages work with."""
    return Services(
        store=store,
        clock=clock.now,
        wall=wall,
        settings=WebSettings(
            attachments=private_folder(settings.data / "attachments"),
            mails=mails_folder(settings),
            address=settings.reached_at,
            demo=settings.demo,
            secure_cookies=settings.reached_at.startswith("https://"),
            largest_file=settings.web.largest_file_mb * 1024 * 1024,
            session=session_of(settings),
            overseers=settings.overseers,
            forms_a_minute=settings.web.forms_a_minute,
        ),
        secret=secret_of(settings.secret_path),
        new_token=new_token,
        new_code=new_code,
        post=Urgent(store, account_of(settings), wall),
        mailbox=mailbox_of(settings) if settings.demo else None,
        prefect=f"http://{settings.prefect.host}:{settings.prefect.port}" if settings.prefect.enabled else "",
    )


def mailbox_of(settings: Settings) -> Mailbox:
    """The mailbox of a demonstration, and where what visitors write is taken."""
    door = (settings.inbox.listen_host, settings.inbox.listen_port) if settings.inbox.listen_port else None
    return Mailbox(settings.data / "mailbox", door)


def listening_socket(host: str, port: int) -> socket.socket:
    """The socket to serve on, bound before anything is imported for long. Raises `UserError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio switches Nagle's algorithm off: else every answer waits 40 ms for the browser.
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        if error.errno == errno.EADDRINUSE:
            raise UserError(
                f"port {port} of {host} is in use.",
                "end the program that uses it (is Duly running already?), or set `web.port` to another.",
            ) from None
        raise UserError(f"{host}:{port} cannot be listened on: {error.strerror}.", "correct `web.host`.") from None
    found.listen(BACKLOG)
    return found


def serve(settings: Settings, store: Store, clock: CompanyClock, sock: socket.socket) -> None:
    """Answer until told to stop; answers in hand are finished."""
    config = uvicorn.Config(
        create_app(services_of(settings, store, clock)),
        log_config=None,
        access_log=settings.log.level == "debug",
        proxy_headers=bool(settings.web.trusted_proxies),
        forwarded_allow_ips=list(settings.web.trusted_proxies),
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=GOODBYE,
    )
    with _tidying(settings, store):
        _Server(config).run(sockets=[sock])


@contextmanager
def _tidying(settings: Settings, store: Store) -> Iterator[None]:
    """Remove every hour what was sent with forms that nobody has handed in."""
    stop = Event()

    def tidy() -> None:
        while not stop.wait(TIDY_EVERY):
            try:
                with store.database.reading() as connection:
                    removed = remove_strays(connection, settings.data / "attachments")
            except (SQLAlchemyError, OSError) as error:
                _log.warning("strays_not_removed", error=type(error).__name__)
                continue
            if removed:
                _log.info("strays_removed", files=removed)

    thread = Thread(target=tidy, name="tidy", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


class _Server(uvicorn.Server):
    """Ends by returning; uvicorn's own would raise the signal again, and nothing after it would be done."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer only so many at once that each finds the connections to the database that it needs."""
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        await super().startup(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Finish what is in hand on SIGTERM and Ctrl-C."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.handle_exit)
        yield
