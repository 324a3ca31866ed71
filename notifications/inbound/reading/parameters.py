"""Parameters of Content-Type and Content-Disposition (RFC 2045, 5.1), also continued and encoded (RFC 2231)."""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_to_bytes

from notifications.inbound.reading.charsets import decode
from notifications.inbound.reading.words import decoded, one_line

_MOST: Final = 100
_NAME: Final = re.compile(r"[;\s]*([^=;\s\"]{1,100})\s*=\s*")
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_BARE: Final = re.compile(r"[^;]*")
_ESCAPED: Final = re.compile(r'\\(["\\])')


@dataclass(frozen=True, slots=True)
class Parameters:
    """The value before the first semicolon in lower case, and the parameters as they stand there."""

    value: str = ""
    named: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A parameter decoded, on one line; empty if it is not there."""
        if f"{name}*" in self.named:
            return _extended([(True, self.named[f"{name}*"])])
        if name in self.named:
            return decoded(self.named[name])
        pieces: list[tuple[bool, str]] = []
        for number in range(_MOST):
            plain, encoded = f"{name}*{number}", f"{name}*{number}*"
            if encoded in self.named:
                pieces.append((True, self.named[encoded]))
            elif plain in self.named:
                pieces.append((False, self.named[plain]))
            else:
                break
        if pieces and not any(encoded for encoded, _ in pieces):
            return decoded("".join(piece for _, piece in pieces))
        return _extended(pieces)


def parameters(text: str) -> Parameters:
    """Read a field. What cannot be read is passed over, in time linear in its length."""
    value, _, rest = text.partition(";")
    named: dict[str, str] = {}
    place = 0
    while place < len(rest) and len(named) < _MOST:
        name = _NAME.match(rest, place)
        if name:
            place = name.end()
            quoted = _QUOTED.match(rest, place)
            if quoted:
                content = _ESCAPED.sub(r"\1", quoted[1])
                place = quoted.end()
            elif rest.startswith('"', place):
                content, place = rest[place + 1 :], len(rest)  # never closed
            else:
                bare = _BARE.match(rest, place)
                content = bare[0].strip() if bare else ""
            named.setdefault(name[1].lower(), content)
        semicolon = rest.find(";", place + (0 if name else 1))
        place = semicolon if semicolon >= 0 else len(rest)
    return Parameters(one_line(value).lower(), named)


def _extended(pieces: list[tuple[bool, str]]) -> str:
    """`charset'language'percent-encoded`, the first two only in the first piece (RFC 2231, 4.1)."""
    if not pieces:
        return ""
    encoded, first = pieces[0]
    charset, quotes, rest = first.partition("'")
    if encoded and quotes and "'" in rest:
        pieces = [(True, rest.partition("'")[2]), *pieces[1:]]
    else:
        charset = ""
    content = b"".join(unquote_to_bytes(piece) if encoded else piece.encode() for encoded, piece in pieces)
    return one_line(decode(content, charset)[0])
