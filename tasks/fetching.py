"""Fetching: asks an address and reads no more of its answer than is wanted: a server may send without end."""

from typing import Any

import httpx


async def fetch(
    http: httpx.AsyncClient, method: str, url: str, most: int, body: dict[str, Any] | None = None
) -> tuple[int, bytes, bool]:
    """Status, up to `most` bytes, and whether there was more. Raises `httpx.HTTPError`, also for 400 and above."""
    async with http.stream(method, url, json=body) as answer:
        answer.raise_for_status()
        content = bytearray()
        async for part in answer.aiter_bytes():
            content += part
            if len(content) > most:
                return answer.status_code, bytes(content[:most]), True
        return answer.status_code, bytes(content), False
