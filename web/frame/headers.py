"""Headers of every answer: nothing is kept, framed, sniffed or told to another site; too large a body is refused."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_TOO_LARGE: Final = "内容过大，未能提交。请减少附件后重试。 Too large: send fewer or smaller files.\n"


class TooLarge(Exception):  # noqa: N818 - it says what is the case
    """A body that grows beyond the limit while it is read."""


class Headers:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, largest: int, without_files: int) -> None:
        self.app = app
        self.largest = largest
        self.without_files = without_files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and put the headers on its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        taken, begun = 0, False
        largest = self.largest if _takes_files(scope["path"]) else self.without_files

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > largest:
                raise TooLarge
            return message

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self.app(scope, counted, with_headers)
        except TooLarge:
            if not begun:
                await PlainTextResponse(_TOO_LARGE, 413)(scope, receive, with_headers)


def _takes_files(path: str) -> bool:
    return path == "/d" or path.startswith("/f/")
