"""Programs: published procedures, ready to run, by version. A running case keeps the version it started with."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from threading import RLock
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select, update

from engine.company import Company
from engine.compiling import compile_procedure
from engine.library import company_of
from engine.program import Program
from models.language.procedure import Procedure
from models.language.rulebook import Page, Rulebook, kind_of
from models.language.source import read_text
from models.language.validate import validate
from models.tables import CounterRow, PageRow
from store.ledger import Entry, append

_PAGES: Final = PageRow.__table__  # type: ignore[attr-defined]
_COUNTERS: Final = CounterRow.__table__  # type: ignore[attr-defined]
_EDITION: Final = "edition"

EDITION: Final = select(_COUNTERS.c.value).where(_COUNTERS.c.name == _EDITION).scalar_subquery()
"""The number of the edition in force, to be read along with something else."""

_LOCK_EDITION: Final = select(_COUNTERS.c.value).where(_COUNTERS.c.name == _EDITION).with_for_update()
_READ_COUNTER: Final = select(_COUNTERS.c.value).where(_COUNTERS.c.name == bindparam("counter"))
_COUNT_ON: Final = update(_COUNTERS).where(_COUNTERS.c.name == bindparam("counter")).values(value=_COUNTERS.c.value + 1)


_LOCK: Final = 0x64756C7A
"""Number of PostgreSQL's advisory lock, next to that of the schema; SQLite has one writer anyway."""

PUBLISHED: Final = "Published"
"""Kind of the ledger's entry of a new edition; it belongs to no case."""


class NotPublished(LookupError):  # noqa: N818 - it says what is the case, like the engine's refusals
    """A procedure or a version of it that nobody has published."""


@dataclass(frozen=True, slots=True)
class Published:
    """One file as it was published."""

    name: str
    text: str

    @property
    def version(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


@dataclass
class Programs:
    """The rulebook in force and every program asked for so far, kept until something is published."""

    edition: int = -1
    rulebook: Rulebook = field(default_factory=Rulebook)
    _known: dict[tuple[str, str], Program] = field(default_factory=dict)
    _current: dict[str, str] = field(default_factory=dict)
    _company: Company | None = None
    _lock: RLock = field(default_factory=RLock, repr=False)
    """Held while anything here is exchanged: a company of yesterday must not be kept beside the rules of today."""

    @property
    def company(self) -> Company:
        """The company of the rulebook in force, made once an edition. Raises `IncompleteRulebook`."""
        with self._lock:
            if self._company is None:
                self._company = company_of(self.rulebook)
            return self._company

    def refresh(self, connection: Connection) -> None:
        """Read the rulebook again if anything has been published since."""
        self.refresh_to(connection, _edition(connection))

    def refresh_to(self, connection: Connection, edition: int) -> None:
        """The same for whoever has read the number of the edition in force already."""
        if edition <= self.edition:  # a reader whose transaction began earlier may still see an older one
            return
        with self._lock:
            if edition <= self.edition:  # somebody else was faster, and may have seen more
                return
            # Asked in one breath: rules and number are of one edition, whatever is published between two questions.
            query = select(_PAGES, EDITION.label("edition")).where(_PAGES.c.current.is_(True))
            rows = connection.execute(query.order_by(_PAGES.c.name)).all()
            self.rulebook = Rulebook(tuple(_page(row.name, row.text) for row in rows))
            self._current = {row.procedure: row.version for row in rows if row.procedure}
            self._company = None
            self._known = {}
            self.edition = max([edition, *(row.edition for row in rows[:1])])

    def lock(self, connection: Connection) -> None:
        """Refresh, and let nobody else pass here until the transaction ends."""
        self.refresh_to(connection, int(connection.execute(_LOCK_EDITION).scalar() or 0))

    def current(self, connection: Connection, procedure: str) -> Program:
        """The version in force. Raises `NotPublished`."""
        version = self._current.get(procedure)
        if version is None:
            raise NotPublished(f"no procedure `{procedure}` is published")
        return self.version(connection, procedure, version)

    def version(self, connection: Connection, procedure: str, version: str) -> Program:
        """One version, in the company of today. Raises `NotPublished`."""
        known = self._known.get((procedure, version))
        if known is not None:
            return known
        query = select(_PAGES.c.name, _PAGES.c.text).where(_PAGES.c.procedure == procedure, _PAGES.c.version == version)
        row = connection.execute(query).first()
        if row is None:
            raise NotPublished(f"version {version} of `{procedure}` is not published")
        with self._lock:
            program = compile_procedure(_page(row.name, row.text).content, self.company, version)
            self._known[procedure, version] = program
        return program


def edition_of(connection: Connection, number: int, files: Mapping[str, str]) -> Programs:
    """The programs of an earlier edition, from the versions of its files. Raises `NotPublished`."""
    found = Programs(edition=number)
    pages = []
    for name, version in sorted(files.items()):
        query = select(_PAGES.c.text).where(_PAGES.c.name == name, _PAGES.c.version == version)
        text = connection.execute(query).scalar()
        if text is None or Published(name, text).version != version:
            raise NotPublished(f"{name} is not kept as it was published in edition {number}")
        pages.append(_page(name, text))
    found.rulebook = Rulebook(tuple(pages))
    return found


def publish(connection: Connection, files: Iterable[Published], by: str, now: datetime) -> list[str]:
    """Put files in force; those that are in force unchanged already are left alone. Returns the names that changed.

    One publishes at a time: of processes that start together, the second finds what the first has published.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    in_force = {row.name: row.version for row in connection.execute(select(_PAGES).where(_PAGES.c.current.is_(True)))}
    changed = [file for file in files if in_force.get(file.name) != file.version]
    for file in changed:
        connection.execute(update(_PAGES).where(_PAGES.c.name == file.name).values(current=False))
        _keep(connection, file, by, now)
    if changed:
        _next_edition(connection, by, now)
    return [file.name for file in changed]


def withdraw(connection: Connection, kept: Iterable[str], by: str, now: datetime) -> list[str]:
    """Take files that are not `kept` out of force; their cases go on. Returns the names that were in force."""
    gone = select(_PAGES.c.name).where(_PAGES.c.current.is_(True), _PAGES.c.name.not_in(list(kept)))
    names = list(connection.execute(gone).scalars())
    if names:
        connection.execute(update(_PAGES).where(_PAGES.c.name.in_(names)).values(current=False))
        _next_edition(connection, by, now)
    return names


def _keep(connection: Connection, file: Published, by: str, now: datetime) -> None:
    same = (_PAGES.c.name == file.name) & (_PAGES.c.version == file.version)
    if connection.execute(update(_PAGES).where(same).values(current=True)).rowcount:
        return
    page = _page(file.name, file.text)
    connection.execute(
        insert(_PAGES).values(
            name=file.name, version=file.version, kind=type(page.content).__name__,
            procedure=page.content.procedure if isinstance(page.content, Procedure) else None,
            text=file.text, current=True, published_at=now, published_by=by,
        )
    )  # fmt: skip


@lru_cache(maxsize=512)
def _page(name: str, text: str) -> Page:
    """A file, understood; kept, because most files stay when one of them is published anew."""
    source = read_text(text, name)
    model: Any = kind_of(source)
    content, problems = validate(model, source) if model else (None, [])
    return Page(source, content, (*source.problems, *problems))


def _edition(connection: Connection) -> int:
    return int(connection.execute(select(EDITION)).scalar() or 0)


def _next_edition(connection: Connection, by: str, now: datetime) -> None:
    """A new edition is in force. The ledger keeps which files it consists of, so that none can be exchanged later."""
    edition = next_number(connection, _EDITION)
    rows = connection.execute(select(_PAGES.c.name, _PAGES.c.version).where(_PAGES.c.current.is_(True)))
    body = msgspec.json.encode(
        {"edition": edition, "files": {row.name: row.version for row in rows}}, order="sorted"
    ).decode()
    append(connection, [Entry(f"edition/{edition}", "", edition, PUBLISHED, by[:120], now, now, body)])


def next_number(connection: Connection, name: str) -> int:
    """The next number of a counter, from 1; two transactions never get the same."""
    if not connection.execute(_COUNT_ON, {"counter": name}).rowcount:
        connection.execute(insert(_COUNTERS).values(name=name, value=1))
    return int(connection.execute(_READ_COUNTER, {"counter": name}).scalar_one())
