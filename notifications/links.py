"""Links: the address of one assignment of one person, made anew for every attempt to send it.

Only the hash of a token is kept (`store.links`), so an attempt that has to be repeated cannot repeat its token: it
makes another, and each of them leads to the same assignment and dies with it. The plain token is in the mail and
nowhere else; a `Link` therefore never shows it when it is printed or logged.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from store.links import keep_link

GRACE: Final = timedelta(days=14)
"""How long after the due time a link still leads to a page that takes a (late) answer."""

LEAST: Final = timedelta(days=7)
"""How long a link lives at least, however late its mail goes out."""


@dataclass(frozen=True, slots=True)
class LinkMaker:
    """Makes the links of one installation; `new_token` is `secrets.token_urlsafe(32)` in earnest."""

    base_url: str
    new_token: Callable[[], str] = field(repr=False)
    new_reply_token: Callable[[], str] = field(repr=False, default=lambda: secrets.token_hex(20))
    """40 hexadecimal digits: part of an address, which mail servers may write in small letters."""

    def make(self, connection: Connection, assignment: str, due: datetime | None, now: datetime) -> str:
        """The address for an open assignment (`CASE/ASSIGNMENT`), kept in the caller's transaction.

        Raises `LookupError` if there is no such assignment.
        """
        token = self.new_token()
        keep_link(connection, token, assignment, now, expires_at(due, now))
        return link_url(self.base_url, token)


def link_url(base_url: str, token: str) -> str:
    """The address of the page that a token opens. Showing it (GET) changes nothing; only its form (POST) does."""
    return f"{base_url.rstrip('/')}/d/{token}"


def expires_at(due: datetime | None, now: datetime) -> datetime:
    """When a link made now ends: a grace after the due time, and never sooner than `LEAST` from now."""
    return max((due or now) + GRACE, now + LEAST)
