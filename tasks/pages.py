"""`compare_page`: fetches a page and compares it with the version that was approved."""

import hashlib
from datetime import datetime
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from tasks.addresses import WebAddress
from tasks.fetching import fetch
from tasks.registered import Inputs, Outputs, Registered, Tools, WorkFailed

MOST_BYTES: Final = 20_000_000
"""A larger page is a failure: half of it proves nothing."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{64}$", strip_whitespace=True, to_lower=True)]


class PageInputs(Inputs):
    """A page and what it should be."""

    url: WebAddress = Field(description="网页地址 / address of the page")
    expected: Sha256 | None = Field(
        default=None,
        description="批准内容的 SHA-256；不写则只取哈希 / SHA-256 of what was approved; left out: only fetch",
    )


class PageOutputs(Outputs):
    """What was found."""

    found: str
    """SHA-256 of the page, hexadecimal."""
    same: bool
    altered: bool
    """The opposite of `same`."""
    seen_at: datetime


async def compare_page(inputs: PageInputs, tools: Tools) -> PageOutputs:
    """Fetch a page and compare its bytes with the approved ones."""
    if inputs.expected is None and "expected" in inputs.model_fields_set:
        # A form field that nobody filled in must not make every page look approved.
        raise WorkFailed("there is no approved SHA-256 to compare the page with")
    fetched = await fetch(tools, "GET", str(inputs.url), MOST_BYTES)
    if fetched.cut:
        raise WorkFailed(f"{inputs.url} is larger than {MOST_BYTES} bytes, so it was not compared")
    found = hashlib.sha256(fetched.content).hexdigest()
    same = inputs.expected in (None, found)
    return PageOutputs(found=found, same=same, altered=not same, seen_at=tools.clock().replace(microsecond=0))


COMPARE_PAGE = Registered(
    "compare_page",
    "核对网页与批准版本是否一字节不差 / compare a page with the approved version, byte by byte",
    PageInputs,
    PageOutputs,
    compare_page,
)
