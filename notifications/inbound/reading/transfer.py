"""Content-Transfer-Encoding undone (RFC 2045, 6), as far as it goes: what is no Base64 between Base64 is left out."""

import binascii
import io
import re
from collections.abc import Iterator
from typing import Final

from notifications.inbound.reading.parts import Part
from notifications.inbound.reading.source import Source, chunks

_BASE64: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_OTHER: Final = bytes(range(256)).translate(None, _BASE64)
_FOOTER: Final = re.compile(rb"\n(?:--|__)")
"""What a mailing list puts below, without a look at the encoding."""


def encoding(part: Part) -> str:
    """The declared encoding in lower case; it never applies to a multipart."""
    return part.fields.first("content-transfer-encoding").strip("\"' ;").lower()


def decoded_size(part: Part) -> int:
    """At most so many bytes come out of it."""
    size = part.end - part.start
    return size * 3 // 4 + 3 if encoding(part) == "base64" else size


def content(data: Source, part: Part, most: int | None = None) -> tuple[bytes, bool]:
    """The decoded content of a part, and whether it is all of it: at most so many *encoded* bytes are looked at."""
    end = part.end if most is None else min(part.end, part.start + most)
    pieces = chunks(data, part.start, end)
    match encoding(part):
        case "base64":
            pieces = _from_base64(pieces)
        case "quoted-printable":
            pieces = _from_quoted(pieces)
    return _joined(pieces), end == part.end


def _joined(pieces: Iterator[bytes]) -> bytes:
    """One after the other into one buffer: a list of pieces would hold everything twice."""
    buffer = io.BytesIO()
    for piece in pieces:
        buffer.write(piece)
    return buffer.getvalue()


def _from_base64(pieces: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        footer = _FOOTER.search(piece)
        encoded = piece[: footer.start()] if footer else piece
        kept, padding, _ = (rest + encoded.translate(None, _OTHER)).partition(b"=")
        whole = len(kept) // 4 * 4
        rest = kept[whole:]
        yield binascii.a2b_base64(kept[:whole])
        if padding or footer:
            break
    if len(rest) > 1:
        yield binascii.a2b_base64(rest + b"=" * (4 - len(rest)))


def _from_quoted(pieces: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        line = piece.rfind(b"\n") + 1
        whole = line or max(piece.rfind(b"=", len(piece) - 2), 0) or len(piece)
        yield binascii.a2b_qp(rest + piece[:whole])
        rest = piece[whole:]
    yield binascii.a2b_qp(rest)
