"""A thousand mails wait in a mailbox after an outage: they must be taken in minutes, not in an hour."""

from pathlib import Path
from typing import Any

from pytest_benchmark.fixture import BenchmarkFixture

from tests.integration.fetching import Memory, fetcher, letter, look
from tests.integration.imap_server import mail_server

MAILS = 1000
SECONDS = 180


class Quick(Memory):
    """Finds an origin as a database does, by an index and not in a list."""

    def knows(self, origin: str) -> bool:
        return origin in self.attempts[-1:]


def test_a_thousand_mails_are_kept_taken_marked_and_moved(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    with mail_server() as server:
        mailbox = server.mailbox()
        mailbox.put(*(letter(number, 5000) for number in range(MAILS)))
        one = fetcher(mailbox, tmp_path, Quick(), done_folder="Done")
        run: Any = benchmark.pedantic
        assert run(look, (one,), rounds=1) == MAILS
    assert benchmark.stats is not None
    benchmark.extra_info["mails a second"] = round(MAILS / benchmark.stats.stats.max)
    assert benchmark.stats.stats.max < SECONDS
