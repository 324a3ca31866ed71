"""`http_request`: asks an address, for webhooks and outside systems."""

from typing import Any, Literal

import httpx
from pydantic import Field, HttpUrl

from tasks.fetching import fetch
from tasks.registered import Inputs, Outputs, Registered, Tools, WorkFailed

MOST_BYTES = 100_000
"""How much of an answer is kept."""


class RequestInputs(Inputs):
    """An address and what to send."""

    url: HttpUrl = Field(description="地址 / address")
    method: Literal["GET", "POST", "PUT"] = Field(default="GET", description="方法 / method")
    body: dict[str, Any] | None = Field(default=None, description="JSON 内容 / JSON to send")


class RequestOutputs(Outputs):
    """The answer."""

    status: int
    text: str


async def http_request(inputs: RequestInputs, tools: Tools) -> RequestOutputs:
    """Ask an address. An answer of 400 or above, or none, is a failure."""
    try:
        status, content, _ = await fetch(tools.http, inputs.method, str(inputs.url), MOST_BYTES, inputs.body)
    except httpx.HTTPError as error:
        raise WorkFailed(f"{inputs.method} {inputs.url}: {error}") from error
    return RequestOutputs(status=status, text=content.decode("utf-8", "replace"))


HTTP_REQUEST = Registered("http_request", "请求网址", RequestInputs, RequestOutputs, http_request)
