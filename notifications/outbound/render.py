"""Rendering: a message as text and as HTML, by Jinja2 in an immutable sandbox.

Templates are ours, but the values in them come from forms that strangers fill in. So the sandbox is the strict one,
a missing value is an error, everything is escaped, the context holds plain values only, and the output is bounded.
"""

from dataclasses import asdict
from functools import cache
from importlib import resources
from typing import Any, Final

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from notifications.inbound.replies.marker import MARKER
from notifications.outbound.contents import Message

MOST: Final = 400_000
"""Characters of one rendering; Gmail clips at 100 KB, and more than this nobody reads."""


class TooLong(ValueError):  # noqa: N818 - it says what is the case
    """A rendering that would make an unreasonable mail."""


def render_text(message: Message) -> str:
    """The plain text. Raises `TooLong`."""
    return _render("mail.txt", message)


def render_html(message: Message) -> str:
    """The HTML: tables and inline styles, dark mode, nothing from elsewhere. Raises `TooLong`."""
    return _render("mail.html", message)


def _render(template: str, message: Message) -> str:
    parts: list[str] = []
    size = 0
    for part in _environment().get_template(template).generate(message=_context(message), marker=MARKER):
        size += len(part)
        if size > MOST:
            raise TooLong(f"a mail to {message.person} is longer than {MOST} characters: {len(message.sections)} cases")
        parts.append(part)
    return "".join(parts)


def _context(message: Message) -> dict[str, Any]:
    return asdict(message)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(_source),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _source(name: str) -> str | None:
    file = resources.files("notifications") / "templates" / name
    return file.read_text(encoding="utf-8") if file.is_file() else None
