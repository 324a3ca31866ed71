"""A stranger's server that never stops sending costs no memory, and half a page proves nothing."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import ValidationError

from tasks.fetching import fetch
from tasks.queries import QueryInputs


class Endless(httpx.AsyncByteStream):
    """A body without end; counts what was asked of it."""

    def __init__(self) -> None:
        self.sent = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            self.sent += 1000
            yield b"x" * 1000


def test_no_more_is_read_than_is_wanted() -> None:
    body = Endless()

    async def ask() -> tuple[int, bytes, bool]:
        transport = httpx.MockTransport(lambda _request: httpx.Response(200, stream=body))
        async with httpx.AsyncClient(transport=transport) as http:
            return await fetch(http, "GET", "http://a.example/", 5_000)

    status, content, more = asyncio.run(ask())
    assert (status, len(content), more, body.sent) == (200, 5_000, True, 6_000)


@pytest.mark.parametrize("procedure", ["../../escaped", "/etc/passwd", "a b", ""])
def test_a_report_is_named_by_a_procedure_and_nothing_else(procedure: str) -> None:
    with pytest.raises(ValidationError):
        QueryInputs(procedure=procedure, since="2026-01-01 00:00", until="2026-02-01 00:00")
