"""Bouncing: a refused letter moves the case on, because a deadline never runs on a mail that nobody got (S-03)."""

from typing import Final

from engine.events import Bounced
from store.cases import Recording
from store.outbox import Letter

_MEANT_TO_ARRIVE: Final = frozenset({"asked", "substitute", "reminder", "notice"})
"""Kinds of notices whose step waits for the reader, or counts on their being told."""


def bounces(letter: Letter) -> tuple[Recording, ...]:
    """What is to be recorded of a letter that was refused: once a step, however often the sender tries."""
    steps = dict.fromkeys(
        one.step for one in letter.notices if one.step and one.kind in _MEANT_TO_ARRIVE and not one.level
    )
    return tuple(
        Recording(letter.case_id, Bounced(step=step, person=letter.person), f"bounced/{letter.message_id}/{step}")
        for step in steps
    )
