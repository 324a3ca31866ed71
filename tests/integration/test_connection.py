"""The connection: what it says when something goes wrong, and what it does when the other side has gone."""

import pytest
from sqlalchemy.exc import IntegrityError

from store.connection import Database
from store.sessions import begin_session
from tests.integration.records import at


def test_an_error_does_not_carry_what_the_statement_was_given(database: Database) -> None:
    def sign_in() -> None:
        with database.writing() as connection:
            begin_session(connection, "token", "zhang.hush", at("10:00"), at("11:00"))

    sign_in()
    with pytest.raises(IntegrityError) as error:
        sign_in()

    assert "zhang.hush" not in str(error.value)
