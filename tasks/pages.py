"""`compare_page`: fetches a page and compares it with the version that was approved."""

import hashlib
from typing import Final

import httpx
from pydantic import Field, HttpUrl

from tasks.fetching import fetch
from tasks.registered import Inputs, Outputs, Registered, Tools, WorkFailed

MOST_BYTES: Final = 20_000_000
"""A larger page is a failure: half of it proves nothing."""


class PageInputs(Inputs):
    """A page and what it should be."""

    url: HttpUrl = Field(description="网页地址 / address of the page")
    expected: str = Field(default="", description="批准内容的哈希 / SHA-256 of what was approved; empty: only fetch")


class PageOutputs(Outputs):
    """What was found."""

    found: str
    """SHA-256 of the page, hexadecimal."""
    same: bool


async def compare_page(inputs: PageInputs, tools: Tools) -> PageOutputs:
    """Fetch a page and compare its bytes with the approved ones."""
    try:
        _, content, more = await fetch(tools.http, "GET", str(inputs.url), MOST_BYTES)
    except httpx.HTTPError as error:
        raise WorkFailed(f"{inputs.url}: {error}") from error
    if more:
        raise WorkFailed(f"{inputs.url} is larger than {MOST_BYTES} bytes, so it was not compared")
    found = hashlib.sha256(content).hexdigest()
    return PageOutputs(found=found, same=not inputs.expected or found == inputs.expected)


COMPARE_PAGE = Registered("compare_page", "核对网页", PageInputs, PageOutputs, compare_page)
