"""Editions: when the company has changed, e.g. its calendar or its people, every open case is told, once.

A provisional date is counted again then, and who is away is replaced. A change of procedures alone tells nobody:
running cases keep the version they began with.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import Connection, insert, select, update

from engine.events import CompanyChanged
from models.tables import CaseRow, EntryRow, InstallationRow, PageRow
from store.cases import Recording, Store, record_in
from store.connection import AWAY

_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]
_LEDGER: Final = EntryRow.__table__  # type: ignore[attr-defined]
_PAGES: Final = PageRow.__table__  # type: ignore[attr-defined]
_KEPT: Final = InstallationRow.__table__  # type: ignore[attr-defined]

BATCH: Final = 200
"""Cases told in one transaction."""

ALL: Final = "~"
"""Stands in place of a case number: all have been told."""

RETRY: Final = timedelta(minutes=5)
"""When a case that could not be told is tried again."""

_OTHERS: Final = frozenset({"Procedure", "Clauses"})
"""Kinds of files that are not the company."""


class EditionTeller:
    """Tells open cases of a new edition. It remembers what is done, so that asking it all the time costs little."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.failed: list[tuple[str, str]] = []
        """Cases that could not be told by the last call, and why; they stop no other and are tried again."""
        self._done = -1
        self._aside: set[str] = set()
        self._again: datetime | None = None

    def tell(self, now: datetime) -> int:
        """Tell the next open cases, two hundred at most. Returns how many were tried. Raises `AWAY`."""
        self.failed = []
        with self.store.database.reading() as connection:
            self.store.programs.refresh(connection)
        again = sorted(self._aside) if self._again is not None and now >= self._again else []
        if self._done < self.store.programs.edition:
            with self.store.database.writing() as connection:
                count = self._tell(connection, now)
        elif again:
            with self.store.database.writing() as connection:
                count = self._record(connection, self.store.programs.edition, again, now)
            self._aside.clear()
        else:
            return 0
        self._aside |= {case_id for case_id, _ in self.failed}
        self._again = now + RETRY if self._aside else None
        return count

    def _tell(self, connection: Connection, now: datetime) -> int:
        self.store.programs.refresh(connection)
        edition = self.store.programs.edition
        told, after = _progress(connection)
        if told < edition:
            after = "" if _concerns_cases(connection, told, edition) else ALL
        cases = _open_after(connection, after)
        self._record(connection, edition, cases, now)
        all_told = len(cases) < BATCH
        _keep(connection, f"{edition}/{ALL if all_told else cases[-1]}")
        if all_told:
            self._done = edition
        return len(cases)

    def _record(self, connection: Connection, edition: int, cases: Sequence[str], now: datetime) -> int:
        """Tell these cases together; if that breaks, each alone, so that the one that is broken stops no other."""
        events = [Recording(case_id, CompanyChanged(), f"edition/{edition}/{case_id}") for case_id in cases]
        if events and self._recorded(connection, events, now):
            for one in events:
                if why := self._recorded(connection, [one], now):
                    self.failed.append((one.case_id, why))
        return len(events)

    def _recorded(self, connection: Connection, events: Sequence[Recording], now: datetime) -> str:
        """Empty if it is done; otherwise nothing has changed, and why not."""
        try:
            with connection.begin_nested():
                record_in(connection, self.store, events, now)
        except AWAY:
            raise
        except Exception as error:  # noqa: BLE001 - see `_record`
            return f"{type(error).__name__}: {error}"
        return ""


def _open_after(connection: Connection, after: str) -> list[str]:
    if after == ALL:  # not left to the database: in some languages it stands before every number
        return []
    query = select(_CASES.c.id).where(_CASES.c.status == "open", _CASES.c.id > after)
    return list(connection.execute(query.order_by(_CASES.c.id).limit(BATCH)).scalars())


def _progress(connection: Connection) -> tuple[int, str]:
    """The edition that was told last, and up to which case; locked, so that one tells at a time.

    Not by the edition's own lock: who opens a called case has its caller locked already when asking for that.
    """
    kept = connection.execute(select(_KEPT.c.value).where(_KEPT.c.name == "told").with_for_update()).scalar()
    number, _, after = str(kept or "0/").partition("/")
    return int(number), after


def _keep(connection: Connection, value: str) -> None:
    if not connection.execute(update(_KEPT).where(_KEPT.c.name == "told").values(value=value)).rowcount:
        connection.execute(insert(_KEPT).values(name="told", value=value))


def _concerns_cases(connection: Connection, before: int, edition: int) -> bool:
    """Whether anything but procedures differs between two editions."""
    old, new = _files(connection, before), _files(connection, edition)
    changed = [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)]
    kinds = select(_PAGES.c.kind).where(_PAGES.c.name.in_(changed)).distinct()
    return not _OTHERS.issuperset(connection.execute(kinds).scalars())


def _files(connection: Connection, edition: int) -> dict[str, str]:
    body = connection.execute(select(_LEDGER.c.body).where(_LEDGER.c.event_id == f"edition/{edition}")).scalar()
    found: dict[str, str] = msgspec.json.decode(body)["files"] if body else {}
    return found
