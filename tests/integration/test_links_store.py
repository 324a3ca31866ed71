"""Links in the store: only a hash is kept, and a link dies with its assignment."""

from sqlalchemy import text

from store.cases import Store, record
from store.links import find_link, keep_link
from tests.integration.records import at, complaint, forward


def linked(store: Store) -> str:
    """A complaint with a link for the person who shall forward it."""
    case = complaint(store)
    assignment = next(one for one in case.assignments.values() if one.person == "zhao.lei")
    with store.database.writing() as connection:
        keep_link(connection, "token", f"{case.id}/{assignment.id}", at("10:00"), at("12:00"))
    return case.id


def status(store: Store, clock: str) -> str:
    with store.database.reading() as connection:
        link = find_link(connection, "token", at(clock))
    return link.status if link else "unknown"


def test_a_link_is_open_until_it_expires(store: Store) -> None:
    linked(store)
    assert [status(store, "11:59"), status(store, "12:00")] == ["open", "expired"]


def test_a_link_dies_when_its_assignment_is_done_by_somebody_else(store: Store) -> None:
    case_id = linked(store)
    with store.database.reading() as connection:
        assert find_link(connection, "another", at("10:01")) is None
    case = type("Case", (), {"id": case_id})
    record(store, forward(case, by="sun.yue"), at("10:40"))  # type: ignore[arg-type]
    assert status(store, "10:41") == "withdrawn"


def test_the_token_itself_is_nowhere_in_the_database(store: Store) -> None:
    linked(store)
    with store.database.reading() as connection:
        rows = connection.execute(text("SELECT token_hash FROM links")).scalars().all()
    assert "token" not in rows
