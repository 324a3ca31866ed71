"""Paragraphs that were cut into lines to be put together again (RFC 3676, format=flowed)."""

import re
from typing import Final

_QUOTE: Final = re.compile(r">*")


def unfolded(text: str, *, delete_space: bool) -> str:
    """Lines that end with a space are joined with the next one of the same depth of quotation."""
    lines: list[str] = []
    pieces: list[str] = []
    depth = 0
    for line in text.split("\n"):
        mark = _QUOTE.match(line)
        quote = len(mark[0]) if mark else 0
        words = line[quote:].removeprefix(" ")  # stuffed
        signature = words == "-- "
        if pieces and (quote != depth or signature):
            lines.append(_line(depth, pieces))
            pieces = []
        depth = quote
        flows = words.endswith(" ") and not signature
        pieces.append(words[:-1] if flows and delete_space else words)
        if not flows:
            lines.append(_line(depth, pieces))
            pieces = []
    if pieces:
        lines.append(_line(depth, pieces))
    return "\n".join(lines)


def _line(depth: int, pieces: list[str]) -> str:
    return ">" * depth + (" " if depth else "") + "".join(pieces)
