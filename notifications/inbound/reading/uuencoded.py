"""Files that stand in a text between `begin 644 name` and `end`, as mails had them before MIME."""

import binascii
import io
import re
from typing import Final

from notifications.inbound.mail import File
from notifications.inbound.reading.bounds import NAME, Reading
from notifications.inbound.reading.charsets import guess
from notifications.inbound.reading.words import one_line

_BEGIN: Final = re.compile(rb"(?:\A|(?<=\n))begin [0-7]{3,4} +([^\r\n]{1,255})\r?\n(?=[ -`]{2,100}\r?\n)")
_END: Final = re.compile(rb"\n(?:`\r?\n)?end[ \t]*(?:\r?\n|\Z)")
_MOST: Final = 50


def without_uuencoded(content: bytes, reading: Reading) -> tuple[bytes, list[File]]:
    """The text without them, and the files."""
    kept: list[bytes] = []
    files: list[File] = []
    place = 0
    while len(files) < _MOST and (begin := _BEGIN.search(content, place)):
        end = _END.search(content, begin.end() - 1)
        if not end or end.start() - begin.end() > reading.file_bytes:
            break
        decoded = uudecoded(content[begin.end() : end.start()])
        reading.file_bytes -= len(decoded)
        name = one_line(guess(begin[1]))[:NAME]
        files.append(File(name, "application/octet-stream", decoded, inline=False))
        kept.append(content[place : begin.start()])
        place = end.end()
    return b"".join((*kept, content[place:])), files


def uudecoded(content: bytes) -> bytes:
    """All lines decoded, with or without the first and the last one; what is none is passed over."""
    decoded = io.BytesIO()
    for line in io.BytesIO(content):
        if line.startswith((b"begin ", b"end")):
            continue
        try:
            decoded.write(binascii.a2b_uu(line.rstrip(b"\r\n")))
        except binascii.Error:
            continue
    return decoded.getvalue()
