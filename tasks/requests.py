"""`http_request`: asks an address, for webhooks and outside systems."""

from typing import Any, Literal

from pydantic import Field

from tasks.addresses import WebAddress
from tasks.fetching import fetch
from tasks.registered import Inputs, Outputs, Registered, Tools

MOST_BYTES = 100_000
"""How much of an answer is kept."""


class RequestInputs(Inputs):
    """An address and what to send."""

    url: WebAddress = Field(description="地址 / address")
    method: Literal["GET", "POST", "PUT"] = Field(default="GET", description="方法 / method")
    body: Any = Field(default=None, description="JSON 内容 / what to send, as JSON")


class RequestOutputs(Outputs):
    """The answer."""

    status: int
    text: str


async def http_request(inputs: RequestInputs, tools: Tools) -> RequestOutputs:
    """Ask an address. An answer of 400 or above, or none, is a failure."""
    answer = await fetch(tools, inputs.method, str(inputs.url), MOST_BYTES, inputs.body)
    return RequestOutputs(status=answer.status, text=answer.content.decode("utf-8", "replace"))


HTTP_REQUEST = Registered(
    "http_request",
    "请求网址，用于对接其他系统 / ask an address, for webhooks and other systems",
    RequestInputs,
    RequestOutputs,
    http_request,
)
