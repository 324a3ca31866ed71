"""Fetching: asks an address, and takes no more of its answer, and of our time, than is wanted."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

import httpx

from tasks.registered import Tools, WorkFailed

_HEADERS: Final = {"Accept-Encoding": "identity", "User-Agent": "Duly"}
"""Nothing packed: a few bytes could unfold to a great many, and a hash is of what the server has."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer below 400."""

    status: int
    content: bytes
    cut: bool
    """Whether there was more than was wanted."""
    media: str
    """What the server says it is, e.g. `text/html`; empty if it does not."""
    charset: str | None
    """The charset it names, unproved."""


async def fetch(tools: Tools, method: str, url: str, most: int, body: Any = None) -> Fetched:
    """Up to `most` bytes of an answer, redirects of a GET followed. Raises `WorkFailed`, also for 400 and above."""
    try:
        async with asyncio.timeout(tools.patience):
            return await _fetch(tools.http, method, url, most, body)
    except TimeoutError as error:
        raise WorkFailed(f"{method} {url}: no complete answer within {tools.patience:g} seconds") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise WorkFailed(f"{method} {url}: {str(error) or type(error).__name__}") from error


async def _fetch(http: httpx.AsyncClient, method: str, url: str, most: int, body: Any) -> Fetched:
    # What a POST has done at one address must not be done again at another.
    request = http.build_request(method, url, json=body, headers=_HEADERS)
    answer = await http.send(request, stream=True, follow_redirects=method == "GET")
    try:
        answer.raise_for_status()
        content, cut = bytearray(), False
        async for part in answer.aiter_bytes():
            content += part
            if len(content) > most:
                cut = True
                break
    finally:
        await answer.aclose()
    media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Fetched(answer.status_code, bytes(content[:most]), cut, media, answer.charset_encoding)
