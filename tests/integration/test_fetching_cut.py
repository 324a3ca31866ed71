"""Fetching over a line that is cut anywhere: after it is mended every mail has been taken, and taken once."""

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from notifications.inbound.imap.fetcher import Fetcher
from tests.integration.fetching import Memory, fetcher, letter, running, until
from tests.integration.imap_server import MailboxOfTests, MailServer, mail_server
from tests.integration.proxies import Proxy, proxying

MAILS = 5
STAGES = ["CAPABILITY", "LOGIN", "ID", "SELECT", "LIST", "CREATE", "SEARCH", "FETCH", "STORE", "MOVE", "IDLE", "DONE"]


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@pytest.fixture
def mailbox(server: MailServer) -> MailboxOfTests:
    found = server.mailbox()
    found.put(*(letter(number, 2000) for number in range(MAILS)))
    return found


def take_all(one: Fetcher, memory: Memory, mailbox: MailboxOfTests, proxy: Proxy) -> None:
    """Run until nothing is left in the mailbox and the line has been mended; the clock ends every wait."""

    def done() -> bool:
        one.pause(1)  # type: ignore[misc]
        return proxy.cuts > 0 and proxy.connections > 1 and len(memory.taken) == MAILS and not mailbox.flags()

    one.clock.most = 10_000  # type: ignore[attr-defined]
    with running(one):
        until(done)


def test_a_mail_at_whose_marking_the_line_breaks_each_time_does_not_block_the_others(
    server: MailServer, tmp_path: Path
) -> None:
    mailbox, memory = server.mailbox(), Memory()
    mailbox.put(letter(1), letter(2))
    with proxying(Proxy(server.port, cut_before=["STORE"] * 50)) as proxy:
        one = fetcher(mailbox, tmp_path, memory, port=proxy.port)
        one.clock.most = 2  # type: ignore[attr-defined]
        one.run()
    assert memory.contents == [letter(1), letter(2)]


def once(memory: Memory) -> bool:
    assert sorted(memory.contents) == sorted(letter(number, 2000) for number in range(MAILS))
    return max(Counter(one.origin for one in memory.taken).values()) == 1


@pytest.mark.parametrize("stage", ["greeting", *STAGES])
@pytest.mark.parametrize("side", ["before", "after"])
def test_a_line_cut_at_any_command_loses_and_doubles_nothing(
    side: str, stage: str, mailbox: MailboxOfTests, tmp_path: Path
) -> None:
    """Before: the command does not reach the server. After: its answer does not reach us."""
    memory = Memory()
    plan = {f"cut_{side}": [stage]} if stage != "greeting" else {"cut_after": [stage]}
    with proxying(Proxy(mailbox.server.port, **plan)) as proxy:  # type: ignore[arg-type]
        one = fetcher(mailbox, tmp_path, memory, port=proxy.port, done_folder="Done", idle=10)
        take_all(one, memory, mailbox, proxy)
    assert once(memory)
    assert proxy.cuts == 1


@pytest.mark.parametrize("bytes_", [10, 300, 700, 1000, 1500, 2500, 3500, 5000, 7000, 9000, 12000])
def test_a_line_cut_in_the_middle_of_an_answer_loses_and_doubles_nothing(
    bytes_: int, mailbox: MailboxOfTests, tmp_path: Path
) -> None:
    memory = Memory()
    with proxying(Proxy(mailbox.server.port, cut_at=[bytes_])) as proxy:
        one = fetcher(mailbox, tmp_path, memory, port=proxy.port, done_folder="Done", idle=10)
        take_all(one, memory, mailbox, proxy)
    assert once(memory)
    assert proxy.cuts == 1


def test_a_mail_at_which_the_line_breaks_each_time_does_not_block_the_others(
    server: MailServer, tmp_path: Path
) -> None:
    mailbox, memory = server.mailbox(), Memory()
    mailbox.put(letter("heavy", 300_000), letter("light"))
    with (
        proxying(Proxy(server.port, cut_at=[100_000] * 50)) as proxy,
        running(fetcher(mailbox, tmp_path, memory, port=proxy.port)),
    ):
        until(lambda: len(memory.taken) == 1)
    assert memory.contents == [letter("light")]
    assert mailbox.flags()[1] == set()


def test_waits_grow_while_the_server_is_away_and_all_is_taken_when_it_is_back(
    mailbox: MailboxOfTests, tmp_path: Path
) -> None:
    memory = Memory()
    with proxying(Proxy(mailbox.server.port)) as proxy:
        pass
    one = fetcher(mailbox, tmp_path, memory, port=proxy.port)
    one.clock.most = 9  # type: ignore[attr-defined]
    one.run()
    assert one.clock.pauses == [5, 10, 20, 40, 80, 160, 300, 300, 300]  # type: ignore[attr-defined]
    assert "连接失败" in one.note
    with proxying(proxy):
        one.stop.clear()
        with running(one):
            until(lambda: len(memory.taken) == MAILS and one.state == "waiting")
            assert one.note == ""
    assert once(memory)


def test_a_server_that_falls_silent_does_not_keep_it_from_stopping(mailbox: MailboxOfTests, tmp_path: Path) -> None:
    with proxying(Proxy(mailbox.server.port, silent_after=["SEARCH"])) as proxy:
        one = fetcher(mailbox, tmp_path, Memory(), port=proxy.port, timeout=60)
        with running(one) as thread:
            until(lambda: "SEARCH" in proxy.commands)
            one.stop.set()
            thread.join(5)
            assert not thread.is_alive()


def test_a_server_that_falls_silent_is_given_up_after_the_timeout(mailbox: MailboxOfTests, tmp_path: Path) -> None:
    memory = Memory()
    with proxying(Proxy(mailbox.server.port, silent_after=["FETCH"])) as proxy:
        one = fetcher(mailbox, tmp_path, memory, port=proxy.port, timeout=0.3)
        one.clock.most = 1  # type: ignore[attr-defined]
        one.run()
    assert one.clock.pauses == [5]  # type: ignore[attr-defined]
    assert memory.taken == []


def test_no_thread_is_left_behind(mailbox: MailboxOfTests, tmp_path: Path) -> None:
    before = threading.active_count()
    one = fetcher(mailbox, tmp_path, Memory())
    with running(one):
        until(lambda: one.state == "waiting")
    assert threading.active_count() == before
