"""The connection: what it says when something goes wrong, and what it does when the other side has gone."""

import pytest
from sqlalchemy.exc import IntegrityError

from store.connection import Database
from store.sessions import begin_session
from tests.integration.records import at


def test_an_error_does_not_carry_what_the_statement_was_given(database: Database) -> None:
    with pytest.raises(IntegrityError) as error, database.writing() as connection:
        for _ in range(2):
            begin_session(connection, "token", "zhang.hush", at("10:00"), at("11:00"))

    assert "zhang.hush" not in str(error.value)
