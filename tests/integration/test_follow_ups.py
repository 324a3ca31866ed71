"""Follow-ups: a called procedure is opened once, and what cannot be opened stays visible."""

from sqlalchemy import text

from engine.events import Done
from store.cases import Recording, Store, record
from store.follow_ups import follow
from tests.integration.records import at, complaint


def test_a_procedure_that_is_not_published_is_reported_once(store: Store) -> None:
    case = complaint(store)
    accused = {"accused": "huang.xiao", "what": "x"}
    record(store, Recording(case.id, Done(step="violation", by="sun.yue", values=accused), "v"), at("10:10"))
    record(store, Recording(case.id, Done(step="report_violation", by="sun.yue"), "r"), at("10:20"))
    with store.database.writing() as connection:
        connection.execute(text("UPDATE pages SET procedure = NULL WHERE procedure = 'staff-violation'"))
    assert [reason for _, reason in follow(store, at("10:21"))] == ["no procedure `staff-violation` is published"]
    assert follow(store, at("10:22")) == []
