"""Killed at any commit or in the middle of any mail, and started again: nothing is lost and nothing happens twice."""

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.running import Letters, mail_server
from tests.crash.life import live, remains

FORK = multiprocessing.get_context("fork")
"""The child has everything imported already; a new interpreter for each of a hundred deaths would take minutes."""


@pytest.fixture
def server() -> Iterator[tuple[Letters, int]]:
    with mail_server() as found:
        yield found


def run(url: str, port: int, die_at: int = 0, after: bool = False) -> int | None:
    """Live in a process of its own; gives its exit code, negative if it was killed."""
    child = FORK.Process(target=live, args=(url, port, die_at, after))
    child.start()
    child.join(60)
    return child.exitcode


def ids(letters: Letters) -> Counter[str]:
    return Counter(str(mail["Message-ID"]) for mail in letters.mails)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_kill_at_every_commit_changes_nothing(tmp_path: Path, server: tuple[Letters, int], after: bool) -> None:
    letters, port = server
    undisturbed = f"sqlite:///{tmp_path / 'undisturbed.db'}"
    commits = live(undisturbed, port)
    expected, mails = remains(undisturbed), set(ids(letters))
    assert commits > 20
    assert expected["cases"][0][3] == "checked"

    for number in range(1, commits + 1):
        letters.mails.clear()
        url = f"sqlite:///{tmp_path / f'{number}.db'}"
        assert run(url, port, number, after) == -signal.SIGKILL, f"commit {number} of {commits} was not reached"
        assert run(url, port) == 0
        assert remains(url) == expected, f"after a kill at commit {number} of {commits}"
        assert set(ids(letters)) == mails, f"after a kill at commit {number} of {commits}"


def test_a_kill_between_the_final_dot_and_the_answer_doubles_a_mail_with_one_message_id(
    tmp_path: Path, server: tuple[Letters, int]
) -> None:
    letters, port = server
    undisturbed = f"sqlite:///{tmp_path / 'undisturbed.db'}"
    live(undisturbed, port)
    expected, sent = remains(undisturbed), len(letters.mails)

    for number in range(1, sent + 1):
        letters.mails.clear()
        url = f"sqlite:///{tmp_path / f'mail-{number}.db'}"
        child = FORK.Process(target=live, args=(url, port))
        letters.when(number, lambda child=child: os.kill(child.pid, signal.SIGKILL))  # type: ignore[misc]
        child.start()
        child.join(60)
        assert child.exitcode == -signal.SIGKILL
        letters.when(0, lambda: None)
        assert run(url, port) == 0
        assert remains(url) == expected
        twice = [name for name, times in ids(letters).items() if times > 1]
        assert (len(letters.mails), len(twice)) == (sent + 1, 1)
