"""`read_back_page`: reads a page as its readers see it, and finds out whether it carries what was approved.

Clause 3-3 wants exactly that to be published. An approval's fingerprint is one of form fields, and no page has that. So
the page must carry the approved title and text, word for word; if it does, it has the fingerprint that was approved.
"""

import asyncio
import hashlib
from typing import Final

from pydantic import Field

from tasks.addresses import WebAddress
from tasks.fetching import Fetched, fetch
from tasks.registered import Inputs, Outputs, Registered, Tools, WorkFailed
from tasks.seen_text import seen_text

MOST_BYTES: Final = 5_000_000

_MARKED_UP: Final = frozenset({"text/html", "application/xhtml+xml"})


class ReadBackInputs(Inputs):
    """A page, and what was approved."""

    url: WebAddress = Field(description="发布后的网址 / address of the page")
    title: str = Field(default="", max_length=1000, description="批准的标题 / title that was approved")
    text: str = Field(min_length=1, max_length=200_000, description="批准的正文 / text that was approved")
    expected: str = Field(min_length=1, max_length=128, description="批准内容的指纹 / fingerprint of what was approved")


class ReadBackOutputs(Outputs):
    """What was found."""

    live_digest: str
    """`expected` if the page carries what was approved, else the SHA-256 of the page, hexadecimal."""
    same: bool


async def read_back_page(inputs: ReadBackInputs, tools: Tools) -> ReadBackOutputs:
    """Fetch a page and look for the approved title and text. Spaces and line breaks do not count; a comma does."""
    fetched = await fetch(tools, "GET", str(inputs.url), MOST_BYTES)
    if fetched.cut:
        raise WorkFailed(f"{inputs.url} is larger than {MOST_BYTES} bytes, so it was not compared")
    shown = await asyncio.to_thread(_shown, fetched)
    same = all(_joined(one) in shown for one in (inputs.title, inputs.text))
    return ReadBackOutputs(
        live_digest=inputs.expected if same else hashlib.sha256(fetched.content).hexdigest(), same=same
    )


def _shown(fetched: Fetched) -> str:
    text = decoded(fetched)
    if fetched.media not in _MARKED_UP and (fetched.media or not text.lstrip().startswith("<")):
        return _joined(text)
    try:
        return _joined(seen_text(text))
    except ValueError as error:
        raise WorkFailed(f"the page cannot be read: {error}") from error


def decoded(fetched: Fetched) -> str:
    """The text of a page: UTF-8 if it is that, whatever the server says; else what it says, or GB18030."""
    try:
        return fetched.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    named = (fetched.charset or "").lower()
    # What is called GB2312 is often GBK, and GB18030 reads all three; it is also the likeliest where nothing is said.
    charset = named if named and not named.startswith(("gb", "utf-8", "utf8")) else "gb18030"
    try:
        return fetched.content.decode(charset, "replace")
    except LookupError:
        return fetched.content.decode("gb18030", "replace")


def _joined(text: str) -> str:
    return "".join(text.split())


READ_BACK_PAGE = Registered(
    "read_back_page",
    "回读网页，核对是否逐字载有批准的内容 / whether a page carries what was approved, word for word",
    ReadBackInputs,
    ReadBackOutputs,
    read_back_page,
)
