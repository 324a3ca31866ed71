"""Judging: whether what was found to be new is what the writer wrote."""

import re
from typing import Final

from notifications.inbound.replies import NewPart
from tests.unit.inbound.clients.writing import Written

_LINK: Final = re.compile(r" ?<https?://[^>]*>")


def words(text: str) -> list[str]:
    """Lines that say something, with single spaces: what is seen, whatever became of blank lines."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def is_right(written: Written, found: NewPart) -> bool:
    """Text, signature (but for its links) and whether something was cut are as expected."""
    signed = written.signature is None or words(written.signature) == words(found.signature)
    if not signed and written.signature:
        signed = words(_LINK.sub("", written.signature)) == words(_LINK.sub("", found.signature))
    return words(found.text) == words(written.new) and found.quoted == written.quoted and signed


def telling(written: Written, text: str, found: NewPart) -> str:
    """What went wrong, to be read by a person."""
    return (
        f"===== {written.client}: {written.variation} ({written.charset}, {written.coding})\n{text}\n"
        f"----- expected {written.new!r}, signature {written.signature!r}, quoted {written.quoted}\n----- found {found}"
    )
