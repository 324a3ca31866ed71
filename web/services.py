"""Services: what the pages need from outside. The composition root makes one; nothing here reads settings."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from notifications.mailbox import Mailbox
from store.cases import Store

Clock = Callable[[], datetime]
"""What time it is, in China, with whole seconds."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What an operator may choose about the pages."""

    attachments: Path
    """Folder for files that are handed in."""
    mails: Path = Path("mails")
    """Folder of the originals of mails that came."""
    address: str = "http://127.0.0.1:8000"
    """How people reach the pages; sign-in links begin with it."""
    demo: bool = False
    """Whether there is a mailbox page that shows everybody's letters. Never on a real system."""
    secure_cookies: bool = False
    """Whether the pages are served by HTTPS; cookies are then sent by no other way."""
    largest_file: int = 20 * 1024 * 1024
    """Bytes of one attachment."""
    link_session: timedelta = timedelta(minutes=30)
    """How long a page opened by a link can be used before the link must be opened again."""
    session: timedelta = timedelta(hours=12)
    overseers: tuple[str, ...] = ()
    """Roles that see all cases of normal sensitivity, e.g. `gm`."""
    forms_a_minute: int = 10
    """Forms from one address; all addresses together may send twenty times as many."""


class Post(Protocol):
    """Sends what must not wait in the outbox, because it is worth nothing ten minutes later."""

    def send_code(self, person: str, code: str, title: str, expires_at: datetime) -> None:
        """A one-time code for a decision; `title` says for which, without content."""

    def send_sign_in_link(self, person: str, address: str, expires_at: datetime) -> None:
        """A link with which the person signs in."""


@dataclass(frozen=True, slots=True)
class Services:
    """What `create_app` is given."""

    store: Store
    clock: Clock
    """The company's clock, by which cases run; in a demonstration it may run fast."""
    wall: Clock
    """The clock on the wall, by which sessions, codes and pages expire."""
    settings: WebSettings
    secret: bytes = field(repr=False)
    """At least 32 random bytes, the same in every web process; it seals cookies and forms."""
    new_token: Callable[[], str]
    """A new unguessable text of at least 128 bits that fits into an address."""
    new_code: Callable[[], str]
    """Six random digits."""
    post: Post
    mailbox: Mailbox | None = None
    """Of a demonstration."""
    prefect: str = ""
    """Address of Prefect's pages, for the home page of a demonstration."""
