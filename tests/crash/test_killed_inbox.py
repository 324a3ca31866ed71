"""Killed at any commit while mail is taken, and started again: each mail has one outcome, and its effects once."""

import signal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from store.connection import Database
from tests.crash.letters import MAILS, take_all
from tests.crash.life import remains
from tests.crash.test_killed import FORK


def run(url: str, folder: Path, die_at: int = 0, after: bool = False) -> int | None:
    child = FORK.Process(target=take_all, args=(url, folder, die_at, after))
    child.start()
    child.join(60)
    return child.exitcode


def taken(url: str) -> list[tuple[Any, ...]]:
    database = Database(url)
    mails = "SELECT origin, outcome, case_id, sealed, waits FROM incoming ORDER BY id"
    files = "SELECT case_id, name, sealed, '', '' FROM attachments ORDER BY id"
    with database.reading() as connection:
        found = [tuple(row) for query in (mails, files) for row in connection.execute(text(query))]
    database.close()
    return found


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_kill_at_every_commit_loses_no_mail_and_doubles_none(tmp_path: Path, after: bool) -> None:
    undisturbed = f"sqlite:///{tmp_path / 'undisturbed.db'}"
    commits = take_all(undisturbed, tmp_path)
    expected = (remains(undisturbed), taken(undisturbed))
    assert [row[1] for row in expected[1][: len(MAILS)]] == [
        "opened", "duplicate", "joined", "set_aside", "set_aside", "automatic",
    ]  # fmt: skip
    assert commits >= len(MAILS)

    for number in range(1, commits + 1):
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        assert run(url, tmp_path, number, after) == -signal.SIGKILL, f"commit {number} of {commits} was not reached"
        assert run(url, tmp_path) == 0
        assert (remains(url), taken(url)) == expected, f"after a kill at commit {number} of {commits}"
