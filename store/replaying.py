"""Replaying: the ledger of each case, played through the engine again, must give the state that is stored.

The chain of hashes shows that nothing was changed; this shows that what was written is what happened.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, select

from engine.case import Case
from engine.errors import Refusal
from engine.events import Event, Opened
from engine.machine import decide
from engine.program import Program
from models.tables import CaseRow, EntryRow
from store.codec import decode_case, encode_case
from store.ledger import Fault
from store.notes import NOTED
from store.programs import PUBLISHED, NotPublished, Programs, edition_of

_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]
_LEDGER: Final = EntryRow.__table__  # type: ignore[attr-defined]

PAGE: Final = 500
"""Cases read at once."""


class _Body(msgspec.Struct):
    edition: int
    event: Event


class _Edition(msgspec.Struct):
    edition: int
    files: dict[str, str]


_BODY: Final = msgspec.json.Decoder(_Body)
_EDITION: Final = msgspec.json.Decoder(_Edition)


class Replay:
    """Plays every case again, each event by the rules and in the company that were in force when it was recorded."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._files: dict[int, dict[str, str]] = {}
        for body in connection.execute(select(_LEDGER.c.body).where(_LEDGER.c.kind == PUBLISHED)).scalars():
            found = _EDITION.decode(body)
            self._files[found.edition] = found.files
        self._programs: dict[int, Programs] = {}

    def faults(self) -> Iterator[Fault]:
        """Every case whose state is not what its entries say, with the number of its last entry."""
        after = ""
        while rows := self._cases(after):
            for row in rows:
                yield from self._case(row)
            after = rows[-1].id

    def _cases(self, after: str) -> Sequence[Row[Any]]:
        query = select(_CASES).where(_CASES.c.id > after).order_by(_CASES.c.id).limit(PAGE)
        return self.connection.execute(query).all()

    def _case(self, row: Row[Any]) -> Iterator[Fault]:
        seq, count = 0, 0
        case: Case | None = None
        program: Program | None = None
        try:
            for entry in self._entries(row.id):
                seq, body = entry.seq, _BODY.decode(entry.body)
                if isinstance(body.event, Opened) and body.event.case != row.id:
                    yield Fault(seq, f"opens case {body.event.case}, but stands under {row.id}")
                    return
                program = self._program(body.edition, row)
                case = decide(program, case, body.event, entry.recorded_at).state
                # What is kept is what comes back from being kept, so that both are compared in one form.
                case, count = decode_case(encode_case(case), program), count + 1
        except (Refusal, NotPublished, msgspec.DecodeError) as error:
            yield Fault(seq, f"cannot be played again in case {row.id}: {error}")
            return
        if case is None or program is None or encode_case(case) != encode_case(decode_case(row.state, program)):
            yield Fault(seq, f"the state of case {row.id} is not what its entries say")
        elif count != row.revision:
            yield Fault(seq, f"case {row.id} says it has seen {row.revision} events, but {count} are written")

    def _entries(self, case_id: str) -> Sequence[Row[Any]]:
        query = select(_LEDGER.c.seq, _LEDGER.c.recorded_at, _LEDGER.c.body)
        mine = (_LEDGER.c.case_id == case_id) & (_LEDGER.c.kind != NOTED)
        return self.connection.execute(query.where(mine).order_by(_LEDGER.c.seq)).all()

    def _program(self, edition: int, row: Row[Any]) -> Program:
        programs = self._programs.get(edition)
        if programs is None:
            files = self._files.get(edition)
            if files is None:
                raise NotPublished(f"no entry of the ledger publishes edition {edition}")
            programs = self._programs[edition] = edition_of(self.connection, edition, files)
        return programs.version(self.connection, row.procedure, row.version)
