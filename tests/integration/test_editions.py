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
