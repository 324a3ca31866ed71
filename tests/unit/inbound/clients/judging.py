"""Judging: whether what was found to be new is what the writer wrote."""

from notifications.inbound.replies import NewPart
from tests.unit.inbound.clients.writing import Written


def words(text: str) -> list[str]:
    """Lines that say something, with single spaces: what the reader sees, whatever a converter did to blank lines."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def is_right(written: Written, found: NewPart) -> bool:
    """Text, signature and whether something was cut are as expected."""
    signed = written.signature is None or words(written.signature) == words(found.signature)
    return words(found.text) == words(written.new) and found.quoted == written.quoted and signed
