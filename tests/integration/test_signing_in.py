"""Signing in to the mail server: encrypted or not at all, and a wrong password refuses no letter."""

import asyncio
import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme
from pydantic import SecretStr
from sqlalchemy import text

from notifications.outbound.accounts import UnsafeAccount
from notifications.outbound.post import Report
from notifications.outbound.sender import send_batch
from store.cases import Store
from tests.integration.post_office import Clock, Server, post, serving
from tests.integration.records import at, complaint

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


@pytest.fixture
def authority(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate authority of our own, and a server's context with a certificate of it."""
    found = trustme.CA()
    found.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    found.issue_cert("127.0.0.1").configure_cert(context)
    return tmp_path / "ca.pem", context


def send(store: Store, context: ssl.SSLContext, tls: str, **account: Any) -> tuple[Report, str | None]:
    """One batch to a server that wants a password; and what the outbox says afterwards."""

    async def go() -> Report:
        server = Server(users={"duly": "right"})
        upgrade, implicit = (context, None) if tls == "starttls" else (None, context)
        async with serving(server, upgrade, implicit):
            return await send_batch(post(store, server, Clock(at("10:00")), tls=tls, username="duly", **account))

    complaint(store)
    report = asyncio.run(go())
    with store.database.reading() as connection:
        return report, connection.execute(text("SELECT error FROM outbox ORDER BY id")).scalars().first()


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_it_signs_in_over_an_encrypted_line(store: Store, authority: tuple[Path, ssl.SSLContext], tls: str) -> None:
    ca_file, context = authority
    assert send(store, context, tls, password=SecretStr("right"), ca_file=ca_file)[0].sent == 2


def test_a_wrong_password_keeps_all_letters_and_says_so(store: Store, authority: tuple[Path, ssl.SSLContext]) -> None:
    ca_file, context = authority
    report, error = send(store, context, "starttls", password=SecretStr("wrong"), ca_file=ca_file)
    assert (report.refused, report.untried) == (0, 2)
    assert error is not None
    assert error.startswith("535")


def test_a_server_with_a_strangers_certificate_gets_nothing(
    store: Store, authority: tuple[Path, ssl.SSLContext]
) -> None:
    report, error = send(store, authority[1], "starttls", password=SecretStr("right"))
    assert (report.sent, report.untried) == (0, 2)
    assert error is not None
    assert "certificate" in error.lower()


def test_a_password_never_travels_in_the_clear(store: Store) -> None:
    server = Server(port=25)
    with pytest.raises(UnsafeAccount, match="starttls"):
        post(store, server, Clock(at("10:00")), host="mail.example", username="duly", password=SecretStr("right"))
