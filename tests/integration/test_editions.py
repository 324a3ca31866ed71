"""A change of the company reaches every open case once; a change of a procedure reaches none."""

import pytest
from sqlalchemy import text

from engine.events import Withdrawn
from store import editions
from store.cases import Recording, Store, record
from store.editions import EditionTeller
from store.programs import Published, publish
from tests.integration.records import at, complaint
from tests.integration.samples import POLICIES


def change(store: Store, name: str, old: str, new: str) -> None:
    written = (POLICIES / name).read_text("utf-8")
    assert old in written
    with store.database.writing() as connection:
        publish(connection, [Published(name, written.replace(old, new))], "guo.xiaoyan", at("12:00"))


def told(store: Store) -> list[str]:
    with store.database.reading() as connection:
        query = text("SELECT case_id FROM ledger WHERE kind = 'CompanyChanged' ORDER BY seq")
        return list(connection.execute(query).scalars())


@pytest.fixture
def three(store: Store) -> list[str]:
    """Two open complaints and one that was withdrawn."""
    cases = [complaint(store, f"form-{n}").id for n in range(3)]
    record(store, Recording(cases[1], Withdrawn(by="zhao.lei", reason="r"), "w"), at("10:05"))
    EditionTeller(store).tell(at("11:00"))
    with store.database.writing() as connection:
        assert connection.execute(text("SELECT value FROM installation WHERE name = 'told'")).scalar() == "1/~"
    return [cases[0], cases[2]]


def test_open_cases_are_told_of_the_people_once(
    store: Store, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "BATCH", 1)
    before = told(store)
    change(store, "organisation.yaml", "holders: [zhao.lei, sun.yue]", "holders: [sun.yue]")
    teller = EditionTeller(store)
    counts = [teller.tell(at("12:00")) for _ in range(4)]

    assert (told(store)[len(before) :], counts) == (three, [1, 1, 0, 0])
    assert EditionTeller(Store(store.database)).tell(at("12:01")) == 0, "after a restart as well"


def test_a_change_of_a_procedure_alone_tells_nobody(store: Store, three: list[str]) -> None:
    before = told(store)
    change(store, "procedures/emergency-shutdown.yaml", "within: 15 minutes", "within: 14 minutes")

    assert EditionTeller(store).tell(at("12:00")) == 0
    assert told(store) == before


def test_a_case_that_cannot_be_told_stops_no_other_and_is_told_later(store: Store, three: list[str]) -> None:
    before, teller = told(store), EditionTeller(store)
    with store.database.writing() as connection:
        query = text("SELECT state FROM cases WHERE id = :case")
        state = connection.execute(query, {"case": three[0]}).scalar_one()
        connection.execute(text("UPDATE cases SET state = '{' WHERE id = :case"), {"case": three[0]})
    change(store, "organisation.yaml", "holders: [zhao.lei, sun.yue]", "holders: [sun.yue]")

    teller.tell(at("12:00"))
    assert ([case for case, _ in teller.failed], told(store)[len(before) :]) == ([three[0]], [three[1]])
    assert teller.tell(at("12:01")) == 0, "not ten times a second"

    with store.database.writing() as connection:
        connection.execute(text("UPDATE cases SET state = :state WHERE id = :case"), {"state": state, "case": three[0]})
    teller.tell(at("12:05"))
    assert (teller.failed, told(store)[len(before) :]) == ([], [three[1], three[0]])
    assert teller.tell(at("12:11")) == 0


def test_who_has_been_told_does_not_hang_on_how_the_database_sorts(store: Store, three: list[str]) -> None:
    """In the order of a language `~` stands before every digit; here a number is made that stands behind it."""
    with store.database.writing() as connection:
        connection.execute(text("UPDATE cases SET id = :new WHERE id = :old"), {"new": "年-1", "old": three[0]})

    assert EditionTeller(Store(store.database)).tell(at("12:00")) == 0
