"""The connection: what it says when something goes wrong, and what it does when the other side has gone."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from store import connection as connections
from store.cases import Store, record, record_in
from store.connection import AWAY, Database
from store.ledger import head, verify
from store.sessions import begin_session
from tests.integration.records import at, complaint, forward


def test_an_error_does_not_carry_what_the_statement_was_given(database: Database) -> None:
    def sign_in() -> None:
        with database.writing() as connection:
            begin_session(connection, "token", "zhang.hush", at("10:00"), at("11:00"))

    sign_in()
    with pytest.raises(IntegrityError) as error:
        sign_in()

    assert "zhang.hush" not in str(error.value)


@pytest.mark.parametrize("empty_database", ["postgresql"], indirect=True)
def test_a_process_that_is_paused_in_a_transaction_does_not_stop_all_others(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without power, or a suspended one, holds the head of the ledger; the server has to end that."""
    case = complaint(store)
    monkeypatch.setattr(connections, "PAUSED_MS", 200)
    paused = Database(store.database.url)

    def pauses() -> None:
        with paused.writing() as connection:
            connection.execute(text("SELECT seq FROM ledger_head FOR UPDATE"))
            with store.database.writing() as waiting:
                waiting.execute(text("SET LOCAL lock_timeout = '10s'"))
                record_in(waiting, store, (forward(case),), at("10:05"))

    with pytest.raises(AWAY, match="idle-in-transaction"):
        pauses()
    paused.close()

    assert record(store, forward(case), at("10:06")).repeated


def test_what_is_recorded_while_an_auditor_reads_is_no_fault_of_the_ledger(store: Store) -> None:
    complaint(store, "form-1")
    with store.database.auditing() as connection:
        before = head(connection)
        complaint(store, "form-2")

        assert (list(verify(connection)), head(connection)) == ([], before)
