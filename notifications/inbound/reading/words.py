"""Encoded words (RFC 2047) as they are found, and one-line values that show what they are."""

import binascii
import re
from typing import Final

from notifications.inbound.reading.charsets import decode

_WORD: Final = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]{0,200}){0,3}?)\?=")
_OUTSIDE_BASE64: Final = re.compile(r"[^A-Za-z0-9+/]")
_UNSEEN: Final = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), None),  # controls, C0 and C1
    **dict.fromkeys((0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), None),  # bidi
    **dict.fromkeys((0x200B, 0xFEFF, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), None),  # nothing to see, or no character
    **dict.fromkeys((0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029), " "),
}


def decoded(value: str) -> str:
    """A header value in plain characters on one line, its encoded words decoded."""
    return one_line(_decoded_words(value) if "=?" in value else value)


def one_line(text: str) -> str:
    """Without controls, bidi controls and other characters that change how a line looks and are not seen."""
    return text.translate(_UNSEEN).strip()


def _decoded_words(value: str) -> str:
    """Neighbours of one charset are joined before they are decoded: many writers cut within a character."""
    pieces: list[str] = []
    words: list[tuple[str, str]] = []
    charset, after = "", 0
    for word in _WORD.finditer(value):
        between = value[after : word.start()]
        neighbours = bool(words) and not between.strip()
        if not neighbours or word[1].lower() != charset:
            pieces.append(decode(_content(words), charset)[0])
            words = []
        if not neighbours:
            pieces.append(between)
        words.append((word[2].lower(), word[3]))
        charset, after = word[1].lower(), word.end()
    return "".join((*pieces, decode(_content(words), charset)[0], value[after:]))


def _content(words: list[tuple[str, str]]) -> bytes:
    """The bytes of words that follow each other."""
    content, begun = b"", ""  # begun: Base64 that ended within four characters, as some writers cut it
    for encoding, text in words:
        if encoding == "q":
            content += _base64(begun) + binascii.a2b_qp(text.encode("utf-8", "replace"), header=True)
            begun = ""
            continue
        kept = _OUTSIDE_BASE64.sub("", text)
        if len(kept + "=" * text.count("=")) % 4 == 0:  # whole by itself: what had begun only lacks its padding
            content += _base64(begun) + _base64(kept)
            begun = ""
        else:
            begun += kept
            whole = len(begun) // 4 * 4
            content, begun = content + _base64(begun[:whole]), begun[whole:]
    return content + _base64(begun)


def _base64(kept: str) -> bytes:
    rest = len(kept) % 4
    return binascii.a2b_base64(kept[:-1] if rest == 1 else kept + "=" * (-rest % 4))
