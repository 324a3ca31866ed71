"""Reports: letters that a piece of machine work writes, through the outbox of every other letter.

No event of the case writes them, so the key of the work does what an event's id does elsewhere: however often the work
is tried, each person gets one letter.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import insert, select

from engine.draft import Draft
from engine.effects import Notice
from models.language.who import Who
from models.tables import CaseRow, LetterRow
from store.cases import Store, load_case

_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]
_OUTBOX: Final = LetterRow.__table__  # type: ignore[attr-defined]


def post_report(store: Store, work: str, to: Sequence[Who], text: str, now: datetime) -> tuple[str, ...]:
    """Write a letter to each of those that `to` names; `work` is `CASE/STEP/ROUND`. Returns the people, each once.

    They are found as those whom a step tells: whoever is away is stood in for. Nobody found is an empty answer.
    """
    case_id, step, _ = work.split("/")
    with store.database.writing() as connection:
        # Two workers that have the same piece wait for each other here, and the second finds the letters of the first.
        revision = connection.execute(
            select(_CASES.c.revision).where(_CASES.c.id == case_id).with_for_update()
        ).scalar_one()
        case, program = load_case(connection, store, case_id)
        found = Draft(program, case, now).search(step).for_telling().find(to)
        people = tuple(dict.fromkeys(one.person for one in found))
        # A digest, because a Message-ID has no Chinese in it: two steps must not become one.
        key = hashlib.sha256(work.encode()).hexdigest()[:16]
        ids = {f"{case_id}.report.{key}.{person}": person for person in people}
        written = set(connection.execute(select(_OUTBOX.c.message_id).where(_OUTBOX.c.message_id.in_(ids))).scalars())
        rows = [
            {
                "case_id": case_id, "revision": revision, "person": person, "status": "queued", "message_id": name,
                "attempts": 0, "created_at": now, "next_at": now,
                "notices": msgspec.json.encode((Notice(person, "notice", step, at=now, reason=text),)).decode(),
            }
            for name, person in ids.items() if name not in written
        ]  # fmt: skip
        if rows:
            connection.execute(insert(_OUTBOX), rows)
    return people
