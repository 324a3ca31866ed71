"""Keeping time: the process that records what is due. It needs the database and nothing else.

Any number may run: whoever is first records, the others find nothing to do.
"""

import time
from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from duly.running.clocks import CompanyClock
from store.cases import Store
from store.connection import AWAY
from store.due import sweep
from store.editions import EditionTeller
from store.follow_ups import follow
from store.schedules import Scheduler

_log: Final = structlog.get_logger(__name__)

LOOK: Final = 0.1
"""Seconds between looks: a tenth of the lateness that is allowed."""

LONGEST_WAIT: Final = 5.0
"""Seconds before a database that is away is tried again."""

STUCK: Final = 60.0
"""Seconds after which a round that has not ended is worth saying."""


class TimeKeeper:
    """Sweeps until told to stop; an outage of the database is waited out."""

    def __init__(self, store: Store, clock: CompanyClock, passed: Callable[[], float] = time.monotonic) -> None:
        self.store, self.clock, self.passed = store, clock, passed
        self.began: float | None = None
        """When the round that is on began; None between two."""
        self.scheduler = Scheduler(store)
        self.editions = EditionTeller(store)
        self.trouble = ""
        self.aside: dict[int, datetime] = {}
        """What cases owe each other and broke when it was tried, with the time of the next try."""
        self.broken: dict[str, str] = {}
        """Parts that broke when they were last tried, and how."""

    @property
    def note(self) -> str:
        """What is wrong now; empty if nothing is."""
        return "; ".join(one for one in (self.trouble, self._stuck(), *self.broken.values()) if one)

    def _stuck(self) -> str:
        """A round that does not end: the heart beats in a thread of its own, and would go on as if all were well."""
        began = self.began
        lasts = self.passed() - began if began is not None else 0.0
        return f"one round has lasted {lasts:.0f} s" if lasts > STUCK else ""

    def keep(self, stop: Event) -> None:
        """Record what is due for as long as the process lives."""
        wait = LOOK
        while not stop.wait(wait):
            self.began = self.passed()
            try:
                self.round()
                self.trouble, wait = "", LOOK
            except SQLAlchemyError as error:
                wait = min(max(wait * 2, 0.5), LONGEST_WAIT)
                self.trouble = f"the database cannot be used: {type(error).__name__}"
                _log.warning("database_away", error=type(error).__name__, again_in=wait)
            finally:
                self.began = None

    def round(self) -> int:
        """Everything that is due now. Returns how many timers fired.

        Deadlines come first, and no other part can stop them: what breaks there is logged, shown and tried again.
        """
        now = self.clock.now()
        swept = sweep(self.store, now)
        if swept.recorded > 1 or swept.set_aside:
            late = max(swept.lateness, default=0.0)
            _log.info("swept", recorded=swept.recorded, latest_seconds=late, set_aside=len(swept.set_aside))
        for case_id, why in swept.set_aside:
            _log.error("case_set_aside", case=case_id, why=why)
        self._apart("follow_ups", lambda: self._follow(now))
        self._apart("editions", lambda: self._tell(now))
        self._apart("schedules", lambda: self._begin(now))
        return swept.recorded

    def _apart(self, part: str, act: Callable[[], None]) -> None:
        try:
            act()
            self.broken.pop(part, None)
        except AWAY:
            raise
        except Exception as error:  # noqa: BLE001 - see `round`
            what = f"{type(error).__name__}: {error}"[:200]
            if self.broken.get(part) != what:  # said once, not ten times a second
                _log.error("part_of_the_clock_broke", part=part, error=what)
            self.broken[part] = what

    def _follow(self, now: datetime) -> None:
        for event_id, why in follow(self.store, now, aside=self.aside):
            _log.error("follow_up_failed", event=event_id, why=why)

    def _tell(self, now: datetime) -> None:
        if count := self.editions.tell(now):
            _log.info("cases_told_of_a_new_edition", cases=count)
        for case_id, why in self.editions.failed:
            _log.error("case_not_told_of_a_new_edition", case=case_id, why=why)

    def _begin(self, now: datetime) -> None:
        for begun in self.scheduler.start_due(now):
            log = _log.error if begun.refusal else _log.info
            log("schedule_due", schedule=begun.planned.name, case=begun.case_id, refusal=begun.refusal)
