"""Settling: writing down what became of a letter, as soon as it is known."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import structlog

from notifications.outbound.bouncing import bounces
from notifications.outbound.pacing import GIVE_UP, retry_after
from notifications.outbound.post import Post, Report
from notifications.outbound.verdicts import Fate, Verdict
from store.cases import record_all
from store.outbox import TO_ADDRESS, Letter, LostClaim, postponed, refused, sent, superseded

_log: Final = structlog.get_logger(__name__)


@dataclass
class Settling:
    """What has been written down in one batch."""

    post: Post
    report: Report = field(default_factory=Report)

    def settle(self, letter: Letter, verdict: Verdict, jitter: float, sent_as: str = "") -> None:
        """Sent, refused for good, or to be tried later. `sent_as` is the left part of the mail's Message-ID."""
        now = self.post.clock()
        if verdict.fate is Fate.SENT:
            self._sent(letter, sent_as, now)
        elif verdict.fate is Fate.REFUSED or now - letter.created_at >= GIVE_UP:
            self._refused(letter, verdict.error, now)
        else:
            self._later(letter, now + retry_after(letter.attempts + 1, jitter), verdict.error)

    def overtaken(self, letter: Letter, reason: str) -> None:
        """Not sent, because it says nothing that still holds."""
        _log.info("letter_superseded", letter=letter.id, case=letter.case_id, person=letter.person, reason=reason)
        self.report.superseded += 1
        with _still_ours(letter):
            superseded(self.post.store, letter, self.post.claim, reason)

    def _sent(self, letter: Letter, sent_as: str, now: datetime) -> None:
        self.report.sent += 1
        with _still_ours(letter):
            sent(self.post.store, letter, self.post.claim, sent_as or letter.message_id, now)

    def _later(self, letter: Letter, until: datetime, error: str) -> None:
        why = {} if letter.person.startswith(TO_ADDRESS) else {"error": error}
        _log.info("letter_postponed", letter=letter.id, case=letter.case_id, until=until.isoformat(), **why)
        self.report.later += 1
        with _still_ours(letter):
            postponed(self.post.store, letter, self.post.claim, until, error)

    def _refused(self, letter: Letter, error: str, now: datetime) -> None:
        # The bounce first: if we die in between, the letter is tried again, and the bounce counts once all the same.
        for recorded in record_all(self.post.store, bounces(letter), now):
            if recorded.refusal is not None:
                _log.info("bounce_not_recorded", case=letter.case_id, reason=str(recorded.refusal))
        # Who has written to us stands in no log, also not in the words of a server that does not know the address.
        whom = {} if letter.person.startswith(TO_ADDRESS) else {"person": letter.person, "error": error}
        _log.warning("letter_refused", letter=letter.id, case=letter.case_id, **whom)
        self.report.refused += 1
        with _still_ours(letter):
            refused(self.post.store, letter, self.post.claim, error)


@contextmanager
def _still_ours(letter: Letter) -> Iterator[None]:
    """A claim that has been lost meanwhile is logged: whoever has the letter now writes down its fate."""
    try:
        yield
    except LostClaim as lost:
        _log.warning("claim_lost", letter=letter.id, case=letter.case_id, reason=str(lost))
