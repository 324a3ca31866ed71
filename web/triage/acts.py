"""Acts: what becomes of a mail by a person's word, written together with the end of their assignment.

The case that asks about a mail ends its step when no mail of it waits any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from engine.draft import Draft
from engine.events import Done
from notifications.inbound.joining import concerned as to_be_told
from notifications.inbound.opening import is_sealed
from notifications.inbound.writing_down import tell
from store import inbox
from store.attachments import Attachment, attach
from store.cases import Recording, load_case, record_in
from store.inbox import Incoming, OutcomeKind
from store.lists import still_asked
from store.notes import Note, note
from web.frame.refusals import in_chinese
from web.services import Services
from web.triage.sorting import Sorting


class Taken(RuntimeError):  # noqa: N818 - it says what is the case
    """Somebody else has sorted the mail meanwhile; nothing was changed."""


class Unable(RuntimeError):  # noqa: N818 - it says what is the case
    """The act was refused; the text says why, in Chinese. Nothing was changed."""


def begin_sorting(connection: Connection, sorting: Sorting, into: str = "") -> None:
    """Keep others from sorting the same mail until the transaction ends. Raises `Taken` if somebody has.

    `into` is the case that the mail is to join, if it is known: it is locked, too.
    """
    inbox.lock(connection)
    found = inbox.by_number(connection, sorting.mail.id)
    if not still_asked(connection, sorting.case.id, sorting.asked.id, into) or found is None or not found.waits:
        raise Taken


def move_into(connection: Connection, services: Services, sorting: Sorting, case_id: str, event_id: str) -> None:
    """A mail goes along to the case that has been opened from it.

    Raises `Taken` and `Unable`; the caller's transaction must then be rolled back.
    """
    mail, now = sorting.mail, services.clock()
    _attach(connection, services, mail, case_id, sorting.asked.person, now)
    _settle(connection, services, sorting, _End("opened", f"经分拣立项 {case_id}", case_id), event_id)


def join(connection: Connection, services: Services, sorting: Sorting, case_id: str, event_id: str) -> None:
    """A mail joins a case. Raises `Taken` and `Unable`."""
    mail, now = sorting.mail, services.clock()
    case, _ = load_case(connection, services.store, case_id)
    reader = sorting.asked.person
    note(
        connection,
        case_id,
        reader,
        # The name of a file may name people; of a sealed letter it stands with the letter.
        Note("", f"并入来信，原件 SHA-256 {mail.sha256}", _nameless(mail.files) if mail.sealed else mail.files),
        f"{event_id}/note",
        now,
    )
    _attach(connection, services, mail, case_id, reader, now)
    tell(connection, case_id, mail.id, to_be_told(case, reader), now)
    _settle(connection, services, sorting, _End("joined", f"经分拣并入事项 {case_id}", case_id), event_id)


def _nameless(files: Sequence[Attachment]) -> tuple[Attachment, ...]:
    return tuple(replace(one, name="附件") for one in files)


def leave(connection: Connection, services: Services, sorting: Sorting, reason: str, spam: bool, event_id: str) -> None:
    """Nothing is to be done about a mail. Raises `Taken` and `Unable`."""
    _settle(connection, services, sorting, _End("spam" if spam else "settled", reason), event_id)


def may_join(services: Services, connection: Connection, sorting: Sorting, case_id: str) -> bool:
    """Whether the reader is nobody whom the other case is about."""
    case, program = load_case(connection, services.store, case_id)
    return sorting.asked.person not in Draft(program, case, services.clock()).conflicted()


def keeps_mail(services: Services, connection: Connection, case_id: str) -> bool:
    """Whether a mail may stay with a case: one in which mail is sorted ends with that, and nobody looks there."""
    _, program = load_case(connection, services.store, case_id)
    return not any(start.by == "unsorted_email" for start in program.procedure.starts)


def sealed_case(services: Services, connection: Connection, case_id: str) -> bool:
    """Whether a case is of the sealed circle."""
    return load_case(connection, services.store, case_id)[0].sensitivity == "sealed"


def _attach(connection: Connection, services: Services, mail: Incoming, case_id: str, by: str, now: datetime) -> None:
    _, program = load_case(connection, services.store, case_id)
    files: Sequence[Attachment] = mail.files
    attach(connection, case_id, by, files, is_sealed(program.procedure), now)
    inbox.seal(connection, mail.id, is_sealed(program.procedure))


@dataclass(frozen=True, slots=True)
class _End:
    """What becomes of a mail."""

    outcome: OutcomeKind
    reason: str
    case_id: str | None = None


def _settle(connection: Connection, services: Services, sorting: Sorting, end: _End, event_id: str) -> None:
    if not inbox.settle(connection, sorting.mail.id, end.outcome, end.reason, end.case_id):
        raise Taken
    if inbox.still_waits(connection, sorting.case.id):
        return
    result = end.outcome if end.outcome in ("opened", "joined") else "nothing"
    # Why nothing is done about a sealed letter stands with the letter: the case that asks is read by others as well.
    grounds = "由拆阅人说明，见密封来信" if sorting.mail.sealed else end.reason[:500]
    values = {"result": result, "number": end.case_id or "", "grounds": grounds}
    done = Done(step=sorting.asked.step, by=sorting.asked.person, values=values, key=sorting.asked.key)
    recording = Recording(sorting.case.id, done, event_id)
    refusal = record_in(connection, services.store, (recording,), services.clock())[0].refusal
    if refusal is not None:
        raise Unable(in_chinese(refusal))
