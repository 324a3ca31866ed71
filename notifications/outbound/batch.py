"""A batch: letters claimed together, sent over one connection, each settled as soon as its fate is known."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import structlog

from notifications.outbound.bundling import bundle
from notifications.outbound.composing import UNDELIVERABLE, UNWRITABLE, Mail, compose
from notifications.outbound.contents import Message
from notifications.outbound.handing_over import connected, hand_over
from notifications.outbound.post import Post
from notifications.outbound.settling import Settling
from notifications.outbound.verdicts import Fate, Verdict
from store.outbox import CLAIM, Letter, put_back

_log: Final = structlog.get_logger(__name__)

MOST_BLOCKED: Final = 3
"""Letters in a row refused by policy, after which the account counts as blocked."""

SHORTEST: Final = timedelta(minutes=1)
"""How long a batch may at least begin new letters."""


class Batch:
    """Letters on their way. Those still `waiting` at the end go back to the outbox."""

    def __init__(self, post: Post, letters: Sequence[Letter]) -> None:
        self.post, self.letters = post, letters
        self.waiting = {letter.id: letter for letter in letters}
        self.taken: list[Message] = []
        self.error: str | None = None
        self.settling = Settling(post)
        self.blocked = 0
        # The last letter begun must be over before its claim ends, even if the server takes all the time it may.
        longest = timedelta(seconds=3 * post.account.timeout + post.account.patience)
        self.until = post.clock() + max(CLAIM - longest, SHORTEST)

    async def send(self) -> None:
        """Send all there is, as long as the server takes it. Raises `Unreachable`."""
        async with connected(self.post.account) as server:
            for group in bundle(self.letters, self.post.clock()):
                if self.post.ending() or self.post.clock() >= self.until or not server.is_connected:
                    return
                mail = await asyncio.to_thread(self._compose, group)
                if mail is None:
                    continue
                for letter in mail.letters:
                    # From here it is in the server's hands: if we are stopped now, its claim runs out by itself.
                    del self.waiting[letter.id]
                self.post.pace.spend()
                verdict = await hand_over(server, self.post.account, mail.recipient, mail.content)
                await asyncio.to_thread(self._settle, mail.letters, verdict, mail.local_id)
                if verdict.fate is Fate.SENT and mail.message is not None:
                    self.taken.append(mail.message)
                if not self._goes_on(verdict):
                    return

    def put_back_the_rest(self) -> None:
        """Letters not tried keep their place."""
        if self.waiting:
            put_back(self.post.store, list(self.waiting.values()), self.post.claim, self.error)
            self.settling.report.untried += len(self.waiting)
            self.waiting = {}

    def _compose(self, letters: Sequence[Letter]) -> Mail | None:
        post = self.post
        try:
            composed = compose(post, letters, post.clock())
        except UNDELIVERABLE as error:
            self._without_mail(letters, Verdict(Fate.REFUSED, str(error)))
            return None
        except UNWRITABLE as error:
            _log.exception("letter_unwritable", letters=[one.id for one in letters])
            self._without_mail(letters, Verdict(Fate.LATER, f"{type(error).__name__}: {error}"))
            return None
        for letter, reason in composed.overtaken:
            del self.waiting[letter.id]
            self.settling.overtaken(letter, reason)
        return composed.mail

    def _without_mail(self, letters: Sequence[Letter], verdict: Verdict) -> None:
        for letter in letters:
            del self.waiting[letter.id]
        self._settle(letters, verdict)

    def _settle(self, letters: Sequence[Letter], verdict: Verdict, sent_as: str = "") -> None:
        jitter = self.post.jitter()  # one for all letters of a bundle, so that they come back together
        for letter in letters:
            if verdict.fate is Fate.STOPPED:
                self.waiting[letter.id], self.error = letter, verdict.error
            else:
                self.settling.settle(letter, verdict, jitter, sent_as)

    def _goes_on(self, verdict: Verdict) -> bool:
        """Whether the next letter may be tried now; if not, the account has been told to wait."""
        pace = self.post.pace
        self.blocked = self.blocked + 1 if verdict.fate is Fate.BLOCKED else 0
        if verdict.fate is Fate.SENT:
            pace.went_well()
        if verdict.throttled:
            pace.slow_down()
        if verdict.fate not in (Fate.CUT, Fate.STOPPED) and self.blocked < MOST_BLOCKED:
            return True
        until = pace.trouble(self.post.clock(), self.post.jitter())
        _log.warning("mail_account_paused", host=self.post.account.host, error=verdict.error, until=until.isoformat())
        return False
