"""The mail that came back: its headers, wherever the server put them."""

import re
from collections.abc import Sequence
from email.errors import MessageError
from email.header import decode_header, make_header
from typing import Final

from notifications.inbound.bounces.codes import one_line
from notifications.inbound.mail import Mail

KEPT: Final = frozenset({"from", "to", "reply-to", "subject", "message-id", "in-reply-to"})
SIGNS: Final = dict.fromkeys(("from", "to", "subject", "date"), 1) | dict.fromkeys(
    ("received", "return-path", "message-id", "mime-version", "dkim-signature", "x-mailer", "content-type"), 4
)
"""How much a line speaks for a copy of a mail: servers' own words have a few of the first, and none of the others."""
TYPES: Final = frozenset({"message/rfc822", "message/global", "text/rfc822-headers"})
MOST_PART: Final = 65_536
"""Bytes."""
MOST_LINES: Final = 400
MOST_VALUE: Final = 1000

_FIELD: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):(.*)")


def split(text: str) -> tuple[list[str], list[str]]:
    """Lines of a plain bounce: what the server says, and from where on it copies the mail. The copy may be empty."""
    lines = text.split("\n")
    start, fields, signs = 0, 0, 0
    for number, line in enumerate(lines):
        match = _FIELD.match(line)
        if match:
            start = start if fields else number
            fields += 1
            signs += SIGNS.get(match[1].lower(), 0)
            if fields >= 2 and signs >= 4:
                return lines[:start], lines[start:]
        elif not fields or line[:1] not in {" ", "\t"} or not line.strip():
            fields, signs = 0, 0
    return lines, []


def headers_of(lines: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Those headers that tell which mail it was, each once, unfolded and decoded."""
    found: dict[str, str] = {}
    last, begun = "", False
    for line in lines[:MOST_LINES]:
        if line[:1] in {" ", "\t"} and line.strip():
            if last:
                found[last] = (found[last] + " " + line.strip())[:MOST_VALUE]
            continue
        match = _FIELD.match(line)
        if not match:
            if begun:
                break
            continue
        begun = True
        name = match[1].lower()
        last = name if name in KEPT and name not in found else ""
        if last:
            found[last] = match[2].strip()[:MOST_VALUE]
    return tuple((name, _decoded(value)) for name, value in found.items())


def of_mail(mail: Mail, copied: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Headers of the mail that came back: of its part, also outside of a report, else of the copy in the text."""
    parts = (file.content[:MOST_PART].decode("utf-8", "replace") for file in mail.files if file.type in TYPES)
    part = mail.returned or next(parts, "").replace("\r\n", "\n")
    return headers_of(part.split("\n", MOST_LINES)) or headers_of(copied)


def _decoded(value: str) -> str:
    try:
        return one_line(str(make_header(decode_header(value))))
    except (LookupError, ValueError, MessageError):
        return one_line(value)
