"""Recording: state, assignments, outbox and ledger change together, once, or not at all."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, func, select, text

from engine.errors import AlreadyDecided, NotAsked
from engine.events import TimerFired
from models.tables import AssignmentRow, EntryRow, LetterRow
from store.cases import Recorded, Recording, Store, load_case, record
from store.ledger import verify
from tests.integration.records import at, complaint, forward, unguard


def count(store: Store, table: type) -> int:
    with store.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_it_numbers_cases_by_year(store: Store) -> None:
    assert [complaint(store, f"form-{n}").id for n in range(3)] == ["2026-0001", "2026-0002", "2026-0003"]


def test_it_reads_back_exactly_what_the_engine_decided(store: Store) -> None:
    recorded = record(store, forward(complaint(store)), at("10:40"))
    with store.database.reading() as connection:
        loaded, _ = load_case(connection, store, "2026-0001")
    assert loaded == recorded.state


def test_it_records_an_event_once_however_often_it_is_sent(store: Store) -> None:
    case = complaint(store)
    record(store, forward(case), at("10:40"))
    entries = count(store, EntryRow)
    again = record(store, forward(case), at("10:41"))
    assert again.repeated
    assert count(store, EntryRow) == entries


def test_it_opens_a_case_once_however_often_the_form_is_sent(store: Store) -> None:
    assert complaint(store).id == complaint(store).id


def test_a_refused_event_leaves_no_trace(store: Store) -> None:
    case = complaint(store)
    before = [count(store, table) for table in (EntryRow, LetterRow, AssignmentRow)]
    with pytest.raises(NotAsked):
        record(store, forward(case, by="hu.jun"), at("10:40"))
    assert [count(store, table) for table in (EntryRow, LetterRow, AssignmentRow)] == before


def test_it_writes_one_letter_for_each_person_told(store: Store) -> None:
    record(store, forward(complaint(store)), at("10:40"))
    with store.database.reading() as connection:
        people = (
            connection.execute(text("SELECT person FROM outbox WHERE revision = 2 ORDER BY person")).scalars().all()
        )
    assert people == ["hu.jun", "zhu.lin"]


def test_a_timer_counts_once_whoever_brings_it(store: Store) -> None:
    case = complaint(store)
    due = case.next_due
    assert due is not None
    timer = Recording(case.id, TimerFired(due=due), f"{case.id}/{due.isoformat()}")
    assert [record(store, timer, due).repeated for _ in range(3)] == [False, True, True]


def test_of_many_simultaneous_answers_one_is_recorded(store: Store) -> None:
    case = complaint(store)

    def click(number: int) -> Recorded | AlreadyDecided:
        try:
            return record(store, forward(case, f"click-{number}"), at("10:40"))
        except AlreadyDecided as refusal:
            return refusal

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(click, range(40)))
    assert sum(isinstance(one, Recorded) for one in results) == 1


def test_the_ledger_holds(store: Store) -> None:
    record(store, forward(complaint(store)), at("10:40"))
    with store.database.reading() as connection:
        assert list(verify(connection)) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE ledger SET by = 'somebody' WHERE seq = 1", "has been changed"),
        ("DELETE FROM ledger WHERE seq = 1", "missing"),
        ("DELETE FROM ledger WHERE seq = 3", "missing at the end"),
    ],
)
def test_the_ledger_shows_what_was_done_to_it(store: Store, damage: str, said: str) -> None:
    record(store, forward(complaint(store)), at("10:40"))
    with store.database.writing() as connection:
        unguard(connection)
        connection.execute(text(damage.replace(" by ", ' "by" ')))
    with store.database.reading() as connection:
        faults = [fault.what for fault in verify(connection)]
    assert any(said in what for what in faults)


@pytest.mark.parametrize("empty_database", ["postgresql"], indirect=True)
def test_a_server_that_was_restarted_meanwhile_is_noticed_before_it_costs_a_click(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.connection.REST", 0.0)
    case = complaint(store)
    admin = create_engine(store.database.url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        )
    admin.dispose()

    assert record(store, forward(case), at("10:40")).repeated is False
