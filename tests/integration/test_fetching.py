"""Fetching from a real IMAP server: what is taken, what is left alone, and what is marked afterwards."""

import hashlib
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import trustme
from structlog.testing import capture_logs

from notifications.inbound.imap.connection import connected
from notifications.inbound.imap.folder import CHUNK, Folder
from notifications.inbound.imap.troubles import Cut, OurSide, Unusable
from tests.integration.fetching import Memory, fetcher, letter, look, running, until
from tests.integration.imap_server import MailboxOfTests, MailServer, mail_server
from tests.integration.proxies import Proxy, proxying

OLD = "IMAP4rev1 LITERAL+ ID NAMESPACE"
"""A server that can do what RFC 3501 asks for, and nothing else."""


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def server(authority: trustme.CA) -> Iterator[MailServer]:
    with mail_server(certificate=authority.issue_cert("127.0.0.1", "localhost")) as found:
        yield found


@pytest.fixture(scope="module")
def old_server() -> Iterator[MailServer]:
    with mail_server(OLD) as found:
        yield found


@pytest.fixture
def mailbox(server: MailServer) -> MailboxOfTests:
    return server.mailbox()


@pytest.fixture
def memory() -> Memory:
    return Memory()


def test_an_unread_mail_is_taken_with_its_bytes_and_the_time_the_server_had_it(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    arrived = datetime(2026, 3, 21, 22, 10, 5, tzinfo=timezone(timedelta(hours=8)))
    mailbox.put(letter(1), at=arrived)
    look(fetcher(mailbox, tmp_path, memory))
    [taken] = memory.taken
    assert taken.path.read_bytes() == letter(1)
    assert taken.sha256 == hashlib.sha256(letter(1)).hexdigest()
    assert taken.arrived_at == arrived
    assert (taken.size, taken.full_size) == (len(letter(1)), None)


def test_the_origin_names_account_folder_validity_and_uid(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(letter(1))
    look(fetcher(mailbox, tmp_path, memory))
    [(account, folder, validity)] = memory.watermarks
    assert [one.origin for one in memory.taken] == [f"imap/{account}/{folder}/{validity}/1"]
    assert (account, folder) == ("complaints", "INBOX")


def test_a_taken_mail_is_marked_as_read_and_as_ours(mailbox: MailboxOfTests, memory: Memory, tmp_path: Path) -> None:
    mailbox.put(letter(1))
    look(fetcher(mailbox, tmp_path, memory))
    assert mailbox.flags() == {1: {"\\Seen", "$Duly"}}


def test_mails_that_were_read_before_the_first_contact_are_left_alone(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(letter("old"), letter("older"), flags=("\\Seen",))
    mailbox.put(letter("unread"))
    mailbox.put(letter("read"), flags=("\\Seen",))
    one = fetcher(mailbox, tmp_path, memory)
    look(one, times=2)
    look(fetcher(mailbox, tmp_path, memory))
    assert memory.contents == [letter("unread")]
    assert mailbox.flags()[1] == {"\\Seen"}


def test_after_the_first_contact_a_mail_is_taken_although_somebody_read_it_first(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    look(fetcher(mailbox, tmp_path, memory))
    mailbox.put(letter("read in the web mail"), flags=("\\Seen",))
    look(fetcher(mailbox, tmp_path, memory))
    assert memory.contents == [letter("read in the web mail")]


def test_a_crash_in_the_middle_of_the_first_contact_loses_nothing_and_takes_nothing_old(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(letter("low"))
    mailbox.put(letter("old"), flags=("\\Seen",))
    mailbox.put(letter("high"))
    memory.poison = lambda one: b"low" in one.path.read_bytes()
    look(fetcher(mailbox, tmp_path, memory))
    memory.poison = lambda _: False
    look(fetcher(mailbox, tmp_path, memory))
    assert memory.contents == [letter("high"), letter("low")]


def test_an_older_mail_that_is_marked_unread_again_is_not_taken_twice(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(letter(1))
    look(fetcher(mailbox, tmp_path, memory))
    with mailbox.client() as client:
        client.set_flags([1], [])
    look(fetcher(mailbox, tmp_path, memory))
    assert len(memory.attempts) == 1
    assert mailbox.flags() == {1: {"\\Seen", "$Duly"}}


def test_a_new_uidvalidity_is_a_first_contact(mailbox: MailboxOfTests, memory: Memory, tmp_path: Path) -> None:
    with mailbox.client() as client:
        client.create_folder("Post")
        client.append("Post", letter(1))
    one = fetcher(mailbox, tmp_path, memory, folder="Post")
    look(one)
    with mailbox.client() as client:
        client.rename_folder("Post", "Old post")
        client.create_folder("Post")
        client.append("Post", letter("read"), ["\\Seen"])
        client.append("Post", letter("unread"))
    look(one)
    assert len(memory.watermarks) == 2
    assert memory.contents == [letter(1), letter("unread")]


def test_a_mail_of_many_chunks_comes_whole(mailbox: MailboxOfTests, memory: Memory, tmp_path: Path) -> None:
    exact = letter("exact", CHUNK - len(letter("exact")))
    assert len(exact) == CHUNK
    large = letter("large", 3 * CHUNK + 7)
    mailbox.put(large, exact)
    look(fetcher(mailbox, tmp_path, memory))
    assert memory.contents == [large, exact]


def test_of_a_mail_that_is_too_large_the_beginning_is_taken_and_that_is_said(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    large = letter("large", 2 * CHUNK)
    mailbox.put(large, letter("small"))
    look(fetcher(mailbox, tmp_path, memory, largest=CHUNK + 1))
    first, second = memory.taken
    assert (first.size, first.full_size) == (CHUNK, len(large))
    assert first.path.read_bytes() == large[:CHUNK]
    assert second.full_size is None
    assert mailbox.flags()[1] == {"\\Seen", "$Duly"}


def test_taken_mails_are_moved_into_a_folder_with_a_chinese_name(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(letter(1), letter(2))
    look(fetcher(mailbox, tmp_path, memory, done_folder="已处理 & 完成"))
    assert mailbox.flags() == {}
    assert list(mailbox.flags("已处理 & 完成").values()) == [{"\\Seen", "$Duly"}] * 2


def test_what_must_not_stay_in_the_mailbox_is_removed_and_nothing_else(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(letter(1), letter(2), letter(3))
    one = fetcher(mailbox, tmp_path, memory, done_folder="Done")
    memory.sealed = lambda original: original.path.read_bytes() == letter(2)
    look(one)
    assert (mailbox.flags(), len(mailbox.flags("Done"))) == ({}, 2)
    assert len(memory.gone) == 1
    assert len(memory.taken) == 3


def test_what_turns_out_later_to_be_sealed_leaves_the_mailbox_then(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(letter(1), letter(2))
    one = fetcher(mailbox, tmp_path, memory)
    look(one)
    assert len(mailbox.flags()) == 2
    memory.sealed = lambda original: original.path.read_bytes() == letter(1)
    look(one)
    assert list(mailbox.flags()) == [2]


def test_a_folder_with_a_chinese_name_is_taken_from(mailbox: MailboxOfTests, memory: Memory, tmp_path: Path) -> None:
    with mailbox.client() as client:
        client.create_folder("客户投诉")
        client.append("客户投诉", letter(1))
    look(fetcher(mailbox, tmp_path, memory, folder="客户投诉"))
    assert memory.contents == [letter(1)]
    assert "/客户投诉/" in memory.taken[0].origin


@pytest.mark.parametrize(
    ("more", "left"), [("UIDPLUS", {2: {"\\Deleted"}}), ("", {1: {"\\Seen", "$Duly", "\\Deleted"}, 2: {"\\Deleted"}})]
)
def test_a_server_without_move_copies_and_removes_only_what_was_taken(
    more: str, left: dict[int, set[str]], memory: Memory, tmp_path: Path
) -> None:
    with mail_server(f"{OLD} {more}") as server:
        mailbox = server.mailbox()
        one = fetcher(mailbox, tmp_path, memory, done_folder="Done")
        mailbox.put(letter(1))
        look(one)
        mailbox.put(letter("deleted by a person"), flags=("\\Deleted",))
        memory.poison = lambda _: True
        look(one)
        assert mailbox.flags() == left
        assert list(mailbox.flags("Done").values()) == [{"\\Seen", "$Duly"}]


def test_a_server_that_keeps_no_keywords_is_asked_for_none(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(letter(1))
    with proxying(Proxy(mailbox.server.port, rewrites={b"\\Draft \\*)] Flags": b"\\Draft)] Flags"})) as proxy:
        one = fetcher(mailbox, tmp_path, memory, port=proxy.port, done_folder="Done")
        look(one, times=2)
    assert list(mailbox.flags("Done").values()) == [{"\\Seen"}]


def test_a_mailbox_of_many_uids_is_searched_in_spans(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.inbound.imap.folder.SPAN", 3)
    mailbox.put(*(letter(number) for number in range(9)))
    look(fetcher(mailbox, tmp_path, memory))
    mailbox.put(*(letter(number) for number in range(9, 15)))
    one = fetcher(mailbox, tmp_path, memory)
    with connected(one.account) as connection:
        folder = Folder.opened(connection)
        one.taking.look(folder)
        mailbox.put(letter(15))
        connection.say("noop")
        one.taking.look(folder)
    assert memory.contents == [letter(number) for number in range(16)]


def test_a_large_mail_does_not_need_as_much_memory(mailbox: MailboxOfTests, memory: Memory, tmp_path: Path) -> None:
    mailbox.put(letter("large", 20_000_000))
    one = fetcher(mailbox, tmp_path, memory)
    tracemalloc.start()
    look(one)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert memory.taken[0].size > 20_000_000
    assert most < 4_000_000


def test_a_crash_between_commit_and_marking_only_marks(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.put(letter(1), letter(2))

    def crash(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("notifications.inbound.imap.folder.Folder.mark", crash)
        with pytest.raises(KeyboardInterrupt):
            look(fetcher(mailbox, tmp_path, memory))
    assert mailbox.flags() == {1: set(), 2: set()}
    look(fetcher(mailbox, tmp_path, memory))
    assert memory.attempts == [one.origin for one in memory.taken]
    assert len(memory.taken) == 2
    assert set(map(frozenset, mailbox.flags().values())) == {frozenset({"\\Seen", "$Duly"})}


def test_with_the_database_away_nothing_is_marked_and_later_all_is_taken(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(letter(1), letter(2))
    memory.away = True
    one = fetcher(mailbox, tmp_path, memory)
    with pytest.raises(OurSide, match=r"数据库.*the database"):
        look(one)
    assert mailbox.flags() == {1: set(), 2: set()}
    memory.away = False
    look(one)
    assert memory.contents == [letter(1), letter(2)]


def test_a_full_disk_is_said_and_leaves_the_mails_in_the_mailbox(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(letter(1))
    (tmp_path / "partial").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(OurSide, match=r"磁盘.*the disk"):
        look(fetcher(mailbox, tmp_path, memory))
    assert mailbox.flags() == {1: set()}


def test_a_mail_that_cannot_be_taken_does_not_block_the_others(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(letter("poison"), letter(2))
    memory.poison = lambda one: b"poison" in one.path.read_bytes()
    one = fetcher(mailbox, tmp_path, memory)
    look(one)
    assert memory.contents == [letter(2)]
    assert mailbox.flags()[1] == set()
    assert "1 封邮件未能处理" in one.note


def test_a_mail_that_cannot_be_taken_is_tried_five_times_and_then_once_an_hour(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(letter("poison"))
    memory.poison = lambda _: True
    one = fetcher(mailbox, tmp_path, memory)
    one.clock.most = 1000  # type: ignore[attr-defined]
    began: datetime = one.clock()
    tries: list[float] = []
    with capture_logs() as logs, connected(one.account) as connection:
        folder = Folder.opened(connection)
        for _ in range(3 * 60 * 2):  # Three hours, looked at every 30 seconds.
            before = len(memory.attempts)
            one.taking.look(folder)
            if len(memory.attempts) > before:
                tries.append((one.clock() - began).total_seconds() / 60)
            one.pause(30)  # type: ignore[misc]
    assert tries == [0, 0.5, 1.5, 3.5, 7.5, 67.5, 127.5]
    assert [one["log_level"] for one in logs if one["event"] == "mail_failed"] == ["warning"] * 4 + ["error"] * 3


def test_a_mail_that_failed_is_taken_although_it_has_left_the_mailbox(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(letter("unlucky"))
    memory.poison = lambda _: True
    one = fetcher(mailbox, tmp_path, memory)
    look(one)
    with mailbox.client() as client:
        client.delete_messages([1])
        client.expunge()
    memory.poison = lambda _: False
    one.pause(60)  # type: ignore[misc]
    look(one)
    assert memory.contents == [letter("unlucky")]
    assert one.note == ""


def test_a_mail_that_failed_and_was_read_by_somebody_is_taken_by_the_next_process(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    look(fetcher(mailbox, tmp_path, memory))
    mailbox.put(letter("unlucky"), letter(2))
    memory.poison = lambda one: b"unlucky" in one.path.read_bytes()
    look(fetcher(mailbox, tmp_path, memory))
    with mailbox.client() as client:
        client.add_flags([1], ["\\Seen"])
    memory.poison = lambda _: False
    look(fetcher(mailbox, tmp_path, memory))
    assert memory.contents == [letter(2), letter("unlucky")]


def test_two_fetchers_on_one_mailbox_take_every_mail_once(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    mailbox.put(*(letter(number) for number in range(30)))
    one = fetcher(mailbox, tmp_path, memory, done_folder="Done")
    other = fetcher(mailbox, tmp_path, memory, done_folder="Done")
    with running(one), running(other):
        until(lambda: len(memory.taken) >= 30 and not mailbox.flags())
    assert sorted(memory.contents) == sorted(letter(number) for number in range(30))
    assert len({one.origin for one in memory.taken}) == 30


def test_a_new_mail_is_announced_and_taken_without_waiting(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    one = fetcher(mailbox, tmp_path, memory)
    with running(one):
        until(lambda: one.state == "waiting")
        mailbox.put(letter(1))
        until(lambda: len(memory.taken) == 1)
    assert one.clock.pauses == []  # type: ignore[attr-defined]


def test_an_announcement_in_the_same_packet_as_the_answer_to_idle_is_heard(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    rewrites = {b"+ idling\r\n": b"+ idling\r\n* 1 EXISTS\r\n"}
    with proxying(Proxy(mailbox.server.port, rewrites=rewrites)) as proxy:
        one = fetcher(mailbox, tmp_path, memory, port=proxy.port)
        with connected(one.account) as connection:
            Folder.opened(connection)
            connection.say("idle")
            assert connection.heard(0)
            connection.say("idle_done")
            assert not connection.heard(0)


def test_a_server_without_idle_is_asked_again_and_again(old_server: MailServer, memory: Memory, tmp_path: Path) -> None:
    mailbox = old_server.mailbox()
    one = fetcher(mailbox, tmp_path, memory, poll=30)
    time: Any = one.clock
    wait = one._pause  # noqa: SLF001 - to put a mail between two looks

    def pause(seconds: float) -> None:
        wait(seconds)
        if len(time.pauses) == 3:
            mailbox.put(letter(1))
        if memory.taken:
            one.stop.set()

    one._pause = pause  # noqa: SLF001 - same
    one.run()
    assert memory.contents == [letter(1)]
    assert time.pauses == [30, 30, 30, 30]


def test_a_server_that_announces_nothing_is_looked_at_after_a_while(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    one = fetcher(mailbox, tmp_path, memory)
    looks: list[datetime] = []
    look_once = one._look  # noqa: SLF001 - to count

    def counted(folder: Any) -> None:
        looks.append(one.clock())
        look_once(folder)

    one._look = counted  # type: ignore[method-assign]  # noqa: SLF001 - same
    with running(one):
        until(lambda: one.state == "waiting")
        one.pause(one.account.idle)  # type: ignore[misc]
        until(lambda: len(looks) == 2)


def test_it_stops_within_a_second_or_so_while_it_waits_for_announcements(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    one = fetcher(mailbox, tmp_path, memory)
    with running(one) as thread:
        until(lambda: one.state == "waiting")
        one.stop.set()
        thread.join(2)
        assert not thread.is_alive()
    assert one.state == "stopped"


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_the_line_is_encrypted_and_the_certificate_verified(
    tls: str, mailbox: MailboxOfTests, authority: trustme.CA, memory: Memory, tmp_path: Path
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    port = mailbox.server.tls_port if tls == "tls" else mailbox.server.port
    mailbox.put(letter(1, 2 * CHUNK))
    with pytest.raises(Cut, match=r"(?i)certificate"):
        look(fetcher(mailbox, tmp_path, memory, tls=tls, port=port))
    one = fetcher(mailbox, tmp_path, memory, tls=tls, port=port, ca_file=tmp_path / "ca.pem")
    with running(one):
        until(lambda: len(memory.taken) == 1)
        until(lambda: one.state == "waiting")
        mailbox.put(letter(2))
        until(lambda: len(memory.taken) == 2)
    assert memory.contents == [letter(1, 2 * CHUNK), letter(2)]


def test_a_folder_that_is_not_there_is_named_with_those_that_are(
    mailbox: MailboxOfTests, memory: Memory, tmp_path: Path
) -> None:
    with mailbox.client() as client:
        client.create_folder("客户投诉")
    with pytest.raises(Unusable, match=r"打不开文件夹 客户投述.*INBOX.*客户投诉|客户投诉.*INBOX"):
        look(fetcher(mailbox, tmp_path, memory, folder="客户投述"))


def test_a_time_without_a_zone_is_never_given(mailbox: MailboxOfTests, memory: Memory, tmp_path: Path) -> None:
    mailbox.put(letter(1))
    look(fetcher(mailbox, tmp_path, memory))
    assert memory.taken[0].arrived_at.tzinfo == UTC
