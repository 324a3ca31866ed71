"""Bundling: after downtime, what one person is told about several cases travels in one mail.

Only late letters are bundled: in normal times a case has its own mail, in its own thread. A bundle's Message-ID is
made from its letters, so that another grouping on a later attempt is never taken for a copy of the first.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from store.outbox import TO_ADDRESS, Letter

LATE: Final = timedelta(minutes=10)
"""How late a letter must be to be bundled."""

MOST: Final = 20
"""Letters in one bundle: a mail of fifty cases nobody reads."""


def bundle(letters: Sequence[Letter], now: datetime, late: timedelta = LATE) -> list[tuple[Letter, ...]]:
    """Letters in the order given, the late ones of one person put together where the first of them stood."""
    groups: list[list[Letter]] = []
    collecting: dict[str, list[Letter]] = {}
    for letter in letters:
        group = collecting.get(letter.person)
        if now - planned_at(letter) <= late or letter.person.startswith(TO_ADDRESS):
            groups.append([letter])
        elif group is None or len(group) >= MOST:
            collecting[letter.person] = [letter]
            groups.append(collecting[letter.person])
        else:
            group.append(letter)
    return [tuple(group) for group in groups]


def planned_at(letter: Letter) -> datetime:
    """When the person should have been told: after an outage earlier than when the letter was written."""
    timed = [one.at for one in letter.notices if one.at is not None and one.deadline]
    return min([letter.created_at, *timed])


def bundle_id(letters: Sequence[Letter]) -> str:
    """The local part of the Message-ID: the letter's own, or a digest of those of all letters."""
    if len(letters) == 1:
        return letters[0].message_id
    ids = "\n".join(letter.message_id for letter in letters)
    return f"bundle.{hashlib.sha256(ids.encode()).hexdigest()[:32]}"
