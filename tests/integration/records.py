"""What tests of the store record: a complaint of the sample company, and what is done with it."""

from datetime import datetime

from sqlalchemy import Connection, text

from engine.case import Case
from engine.events import Done, Opened
from models.language.moments import parse_moment
from store.cases import Recording, Store, open_case
from store.programs import publish
from tests.integration.samples import EARLY, sample_files


def at(clock: str) -> datetime:
    return parse_moment(f"2026-03-10 {clock}")


def complaint(store: Store, event_id: str = "form-1") -> Case:
    facts = {"customer": "张三", "channel": "phone", "received_at": "2026-03-10 10:00", "subject": "延误"}
    recorded = open_case(
        store, "complaint-handling", Opened(case="", by="zhao.lei", facts=facts), event_id, at("10:00")
    )
    assert recorded.state is not None
    return recorded.state


def forward(case: Case, event_id: str = "click-1", by: str = "zhao.lei") -> Recording:
    return Recording(case.id, Done(step="forward", by=by, values={"department": "delivery"}), event_id)


def open_complaint(store: Store) -> str:
    """Publish the sample company if nothing is yet, and open a complaint. Gives its number."""
    with store.database.writing() as connection:
        publish(connection, sample_files(), "gao.xiang", EARLY)
    return complaint(store).id


def unguard(connection: Connection) -> None:
    """Take away what keeps the ledger append-only, as only somebody with power over the database can."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP TRIGGER ledger_no_update"))
        connection.execute(text("DROP TRIGGER ledger_no_delete"))
    else:
        connection.execute(text("DROP TRIGGER ledger_append_only ON ledger"))
