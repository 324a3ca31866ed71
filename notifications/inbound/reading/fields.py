"""Header fields (RFC 5322, 2.2): found, unfolded, put into characters; not yet decoded."""

import re
from dataclasses import dataclass
from typing import Final

from notifications.inbound.reading.bounds import FIELDS, HEADER_BYTES, VALUE_BYTES, Reading
from notifications.inbound.reading.charsets import decode
from notifications.inbound.reading.source import Source

_NAME: Final = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
_CHARSET: Final = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE | re.ASCII)
_ENVELOPE: Final = re.compile(rb">?From [^\n]*\n?")  # of an mbox


@dataclass(frozen=True, slots=True)
class Fields:
    """Names in lower case, and values unfolded, the topmost first."""

    pairs: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> list[str]:
        """The values of every field of that name."""
        return [value for known, value in self.pairs if known == name]

    def first(self, name: str) -> str:
        """The value of the topmost field of that name; empty if there is none."""
        return next((value for known, value in self.pairs if known == name), "")


def message_fields(data: Source, reading: Reading) -> tuple[Fields, int]:
    """The fields of a whole message, and where its body begins."""
    start = 3 if data[:3] == b"\xef\xbb\xbf" else 0
    start += len(data[start : start + 1000]) - len(data[start : start + 1000].lstrip(b"\r\n"))
    if envelope := _ENVELOPE.match(data[start : start + 1000]):
        start += envelope.end()
    fields, body, complete = read_fields(data, start, HEADER_BYTES, reading)
    if not complete:
        reading.trouble("邮件头过长，只读取其开头，其余在原件中保留")
        ends = [place + len(blank) for blank in (b"\n\n", b"\n\r\n") if (place := data.find(blank, body)) >= 0]
        body = min(ends, default=len(data))
    return fields, body


def read_fields(data: Source, start: int, most: int, reading: Reading) -> tuple[Fields, int, bool]:
    """The fields in so many bytes from `start` on, where what follows them begins, and whether they were all read.

    They end with an empty line; or before a line that cannot belong to them, as when the empty line is missing.
    """
    found: list[tuple[str, list[bytes]]] = []
    place, end, limit = start, len(data), start + most
    complete, ended = True, False
    while place < end and complete and not ended:
        stop = data.find(b"\n", place, limit)
        line = data[place : stop if stop >= 0 else min(limit, end)]
        after = stop + 1 if stop >= 0 else min(limit, end)
        if line in {b"", b"\r"}:
            place, ended = after, True
        elif line[:1] in b" \t":
            if found:
                found[-1][1].append(line)
            place = after
        elif not line.startswith(b"--") and (name := _NAME.match(line)):
            found.append((name[1].decode("ascii").lower(), [line[name.end() :]]))
            place = after
        else:
            ended = True
        complete = ended or (place < limit and len(found) < FIELDS) or place >= end
    raw = [(name, _unfolded(lines, reading)) for name, lines in found]
    types = (_CHARSET.search(value) for name, value in raw if name == "content-type")
    charset = next((found[1].decode() for found in types if found), "")
    return Fields(tuple((name, _in_characters(value, charset)) for name, value in raw)), place, complete


def _unfolded(lines: list[bytes], reading: Reading) -> bytes:
    raw = b"".join(line.rstrip(b"\r") for line in lines)
    if len(raw) > VALUE_BYTES:
        reading.trouble("邮件头中有一项过长，只读取其开头，其余在原件中保留")
        raw = raw[:VALUE_BYTES]
    return raw.replace(b"\0", b"").strip()


def _in_characters(raw: bytes, charset: str) -> str:
    """Bytes beyond ASCII have no business in a header without UTF-8; they mostly are in the charset of the text."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return decode(raw, charset)[0]
