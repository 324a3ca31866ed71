"""Listening: what a mail server that hands mails over is answered, and what has been committed by then."""

import asyncio
import hashlib
import ssl
import threading
import tracemalloc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtplib import SMTP, SMTPDataError, SMTPRecipientRefused, SMTPResponseException

from notifications.inbound.callers import MOST_RECIPIENTS, pieces_of
from notifications.inbound.door import Door
from notifications.inbound.listening import listening
from notifications.inbound.mail import Original

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
OURS = "complaints@mingchuan.example"
MAIL = b"From: a@customer.example\r\nSubject: x\r\n\r\n.dot\r\n..dots\r\nlast\r\n"


@dataclass
class Desk:
    """Where mails are taken to."""

    taken: list[Original] = field(default_factory=list)
    broken: bool = False

    def take(self, original: Original) -> None:
        if self.broken:
            raise RuntimeError("SELECT secret FROM mails")
        self.taken.append(original)


def door(desk: Desk, folder: Path, **changed: Any) -> Door:
    def accepts(address: str) -> bool:
        if address.startswith("broken"):
            raise RuntimeError("no database")
        return address.endswith("@mingchuan.example")

    return Door(folder, desk.take, accepts, lambda: NOON, **({"port": 0} | changed))


def calling(where: Door, call: Callable[[int], Awaitable[Any]]) -> Any:
    """What comes of a call to that door."""

    async def go() -> Any:
        async with listening(where) as port:
            return await asyncio.wait_for(call(port), 20)

    return asyncio.run(go())


def handing_over(where: Door, mail: bytes = MAIL, to: tuple[str, ...] = (OURS,), sender: str = "a@b.example") -> Any:
    async def call(port: int) -> Any:
        async with SMTP(hostname="127.0.0.1", port=port, start_tls=False) as server:
            return await server.sendmail(sender, list(to), mail)

    return calling(where, call)


def speaking(where: Door, *lines: bytes) -> list[str]:
    """The answers to lines sent one by one, without those to the greetings; the last is empty if we are cut off."""

    async def call(port: int) -> list[str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        answers = [await answer(reader)]
        for line in lines:
            writer.write(line)
            answers.append(await answer(reader))
        writer.close()
        await writer.wait_closed()
        return answers

    found: list[str] = calling(where, call)
    return found


async def answer(reader: asyncio.StreamReader) -> str:
    said = ""
    while line := (await reader.readline()).decode():
        said += line
        if line[3:4] == " ":
            break
    return said


def test_a_mail_is_taken_with_its_envelope_and_the_dots_it_had(tmp_path: Path) -> None:
    desk = Desk()
    _, said = handing_over(door(desk, tmp_path), to=(OURS, "security@mingchuan.example"))
    [taken] = desk.taken
    assert taken.path.read_bytes() == MAIL
    assert taken.sha256 == hashlib.sha256(MAIL).hexdigest()
    assert (taken.recipients, taken.mail_from) == ((OURS, "security@mingchuan.example"), "a@b.example")
    assert (taken.peer, taken.arrived_at) == ("127.0.0.1", NOON)
    assert said.startswith("2.0.0 taken")


def test_yes_is_said_only_after_it_has_been_taken(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_: Original) -> None:
        begun.set()
        assert go_on.wait(20)

    async def call(port: int) -> bool:
        async with SMTP(hostname="127.0.0.1", port=port, start_tls=False) as server:
            sending = asyncio.create_task(server.sendmail("a@b.example", [OURS], MAIL))
            await asyncio.to_thread(begun.wait, 20)
            answered = sending.done()
            go_on.set()
            await sending
            return answered

    where = Door(tmp_path, slow, lambda _: True, lambda: NOON, port=0)
    assert calling(where, call) is False


def test_a_bounce_has_an_empty_sender(tmp_path: Path) -> None:
    desk = Desk()
    handing_over(door(desk, tmp_path), sender="")
    assert desk.taken[0].mail_from == ""


def test_a_mail_that_is_handed_over_again_has_the_same_origin(tmp_path: Path) -> None:
    desk = Desk()
    for to in ((OURS,), (OURS,), ("security@mingchuan.example",)):
        handing_over(door(desk, tmp_path), to=to)
    first, again, other = (one.origin for one in desk.taken)
    assert first == again != other
    assert first.startswith(f"smtp/{hashlib.sha256(MAIL).hexdigest()}/")


def test_what_cannot_be_taken_stays_with_the_sender_who_is_told_nothing_of_the_inside(tmp_path: Path) -> None:
    desk = Desk(broken=True)
    with pytest.raises(SMTPDataError) as refused:
        handing_over(door(desk, tmp_path))
    assert refused.value.code == 451
    assert "SELECT" not in refused.value.message


def test_a_disk_that_takes_nothing_is_no_yes(tmp_path: Path) -> None:
    desk = Desk()
    (tmp_path / "partial").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(SMTPDataError) as refused:
        handing_over(door(desk, tmp_path))
    assert refused.value.code == 452
    assert desk.taken == []


def test_a_mail_for_others_is_not_taken(tmp_path: Path) -> None:
    desk = Desk()
    with pytest.raises(Exception) as raised:  # noqa: PT011 - aiosmtplib's has no code; its parts have
        handing_over(door(desk, tmp_path), to=("somebody@elsewhere.example",))
    [refused] = raised.value.recipients  # type: ignore[attr-defined]
    assert isinstance(refused, SMTPRecipientRefused)
    assert refused.code == 550
    assert desk.taken == []


def test_of_several_recipients_only_ours_count(tmp_path: Path) -> None:
    desk = Desk()
    refused, _ = handing_over(door(desk, tmp_path), to=(OURS, "somebody@elsewhere.example"))
    assert refused["somebody@elsewhere.example"][0] == 550
    assert desk.taken[0].recipients == (OURS,)


def test_recipients_that_cannot_be_looked_up_are_asked_for_again(tmp_path: Path) -> None:
    answers = speaking(door(Desk(), tmp_path), b"EHLO a\r\n", b"MAIL FROM:<a@b>\r\n", b"RCPT TO:<broken@x>\r\n")
    assert answers[-1].startswith("451")


def test_recipients_have_a_limit(tmp_path: Path) -> None:
    many = [b"RCPT TO:<a%d@mingchuan.example>\r\n" % number for number in range(MOST_RECIPIENTS + 1)]
    answers = speaking(door(Desk(), tmp_path), b"EHLO a\r\n", b"MAIL FROM:<a@b>\r\n", *many)
    assert [one[:3] for one in answers[-2:]] == ["250", "452"]


@pytest.mark.parametrize("declared", [True, False])
def test_a_mail_that_is_too_large_is_refused_and_leaves_nothing(declared: bool, tmp_path: Path) -> None:
    desk = Desk()
    size = b" SIZE=200001" if declared else b""
    lines = [b"EHLO a\r\n", b"MAIL FROM:<a@b>" + size + b"\r\n"]
    if not declared:
        lines += [b"RCPT TO:<%s>\r\n" % OURS.encode(), b"DATA\r\n", (b"x" * 70 + b"\r\n") * 3000 + b".\r\n"]
    answers = speaking(door(desk, tmp_path, largest=200_000), *lines)
    assert answers[-1].startswith("552")
    assert desk.taken == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_large_mail_does_not_need_as_much_memory_and_its_lines_may_be_long(tmp_path: Path) -> None:
    desk = Desk()
    mail = tmp_path / "mail"
    mail.write_bytes(b"Subject: x\r\n\r\n" + b"y" * 20_000_000 + b"\r\n")

    async def call(port: int) -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await answer(reader)
        for line in (b"EHLO a\r\n", b"MAIL FROM:<>\r\n", b"RCPT TO:<%s>\r\n" % OURS.encode(), b"DATA\r\n"):
            writer.write(line)
            await answer(reader)
        with mail.open("rb") as content:
            while chunk := content.read(65536):
                writer.write(chunk)
                await writer.drain()
        writer.write(b".\r\n")
        said = await answer(reader)
        writer.close()
        return said

    tracemalloc.start()
    assert calling(door(desk, tmp_path / "originals"), call).startswith("250")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert desk.taken[0].path.read_bytes() == mail.read_bytes()
    assert most < 4_000_000


@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\r.\r\n", b"\r\n\x00.\r\n"])
def test_nothing_but_a_true_end_ends_a_mail(end: bytes, tmp_path: Path) -> None:
    desk = Desk()
    smuggled = b"a" + end + b"MAIL FROM:<ceo@mingchuan.example>\r\nRCPT TO:<%s>\r\nDATA\r\nb\r\n" % OURS.encode()
    lines = [b"EHLO a\r\n", b"MAIL FROM:<a@b>\r\n", b"RCPT TO:<%s>\r\n" % OURS.encode(), b"DATA\r\n"]
    answers = speaking(door(desk, tmp_path), *lines, smuggled + b".\r\n", b"NOOP\r\n")
    assert [one[:3] for one in answers] == ["220", "250", "250", "250", "354", "250", "250"]
    [taken] = desk.taken
    assert b"ceo@mingchuan.example" in taken.path.read_bytes()
    assert taken.mail_from == "a@b"


def test_the_rest_of_a_long_line_does_not_end_a_mail() -> None:
    async def go() -> list[bytes]:
        reader = asyncio.StreamReader(limit=10)
        pieces = pieces_of(reader)
        reader.feed_data(b"y" * 50 + b".")
        found = [await anext(pieces)]
        reader.feed_data(b"\r\nstill the mail\r\n.\r\n")
        return found + [piece async for piece in pieces]

    assert b"".join(asyncio.run(go())) == b"y" * 50 + b".\r\nstill the mail\r\n"


def test_what_follows_a_mail_in_the_same_packet_is_heard(tmp_path: Path) -> None:
    desk = Desk()
    lines = [b"EHLO a\r\n", b"MAIL FROM:<a@b>\r\n", b"RCPT TO:<%s>\r\n" % OURS.encode(), b"DATA\r\n"]

    async def call(port: int) -> list[str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await answer(reader)
        for line in lines:
            writer.write(line)
            await answer(reader)
        writer.write(b"x\r\n.\r\nQUIT\r\n")
        answers = [await answer(reader), await answer(reader)]
        writer.close()
        return answers

    assert [one[:3] for one in calling(door(desk, tmp_path), call)] == ["250", "221"]


def test_an_empty_mail_and_one_of_dots_come_as_they_are(tmp_path: Path) -> None:
    desk = Desk()
    lines = [b"EHLO a\r\n", b"MAIL FROM:<a@b>\r\n", b"RCPT TO:<%s>\r\n" % OURS.encode(), b"DATA\r\n"]
    speaking(door(desk, tmp_path), *lines, b".\r\n", *lines[1:], b"..\r\n...\r\n.x\r\n.\r\n")
    assert [one.path.read_bytes() for one in desk.taken] == [b"", b".\r\n..\r\nx\r\n"]


def test_a_caller_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    desk = Desk()

    async def call(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await answer(reader)
        for line in (b"EHLO a\r\n", b"MAIL FROM:<a@b>\r\n", b"RCPT TO:<%s>\r\n" % OURS.encode(), b"DATA\r\n"):
            writer.write(line)
            await answer(reader)
        writer.write(b"half of it\r\n" * 10_000)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    calling(door(desk, tmp_path), call)
    assert desk.taken == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_network_that_was_not_named_is_sent_away(tmp_path: Path) -> None:
    assert speaking(door(Desk(), tmp_path, networks=("10.1.2.0/24",)))[0].startswith("554 5.7.1")


def test_more_callers_than_there_is_room_for_come_later(tmp_path: Path) -> None:
    async def call(port: int) -> list[str]:
        answers: list[str] = []
        lines = []
        for _ in range(3):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            answers.append((await answer(reader))[:3])
            lines.append((reader, writer))
        lines[0][1].write(b"QUIT\r\n")
        await answer(lines[0][0])
        await lines[0][0].read()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        answers.append((await answer(reader))[:3])
        for _, one in [*lines, (reader, writer)]:
            one.close()
        return answers

    assert calling(door(Desk(), tmp_path, connections=2), call) == ["220", "220", "421", "220"]


def test_an_address_that_no_database_can_hold_is_refused(tmp_path: Path) -> None:
    lines = [b"EHLO a\r\n", b"MAIL FROM:<\xff@b> SMTPUTF8\r\n", b"MAIL FROM:<a@b>\r\n", b"RCPT TO:<\xff@x>\r\n"]
    assert [one[:3] for one in speaking(door(Desk(), tmp_path), *lines)][2:] == ["553", "250", "550"]


def test_where_there_is_a_certificate_nothing_is_taken_in_the_clear(tmp_path: Path) -> None:
    authority, desk = trustme.CA(), Desk()
    ours = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(ours)
    theirs = ssl.create_default_context()
    authority.configure_trust(theirs)
    where = door(desk, tmp_path, tls=ours)

    async def call(port: int) -> None:
        async with SMTP(hostname="localhost", port=port, start_tls=True, tls_context=theirs) as server:
            await server.sendmail("a@b.example", [OURS], MAIL)

    with pytest.raises(SMTPResponseException, match="STARTTLS"):
        handing_over(where)
    calling(where, call)
    assert len(desk.taken) == 1


def test_lmtp_has_an_answer_for_each_recipient(tmp_path: Path) -> None:
    desk = Desk()
    lines = [b"LHLO a\r\n", b"MAIL FROM:<a@b>\r\n", b"RCPT TO:<%s>\r\n" % OURS.encode(), b"RCPT TO:<x@else>\r\n",
             b"RCPT TO:<hr@mingchuan.example>\r\n", b"DATA\r\n", MAIL + b".\r\n", b""]  # fmt: skip
    answers = speaking(door(desk, tmp_path, protocol="lmtp"), *lines)
    assert [one[:3] for one in answers] == ["220", "250", "250", "250", "550", "250", "354", "250", "250"]
    assert desk.taken[0].recipients == (OURS, "hr@mingchuan.example")


def test_lmtp_that_cannot_take_says_so_for_each_recipient(tmp_path: Path) -> None:
    lines = [b"LHLO a\r\n", b"MAIL FROM:<>\r\n", b"RCPT TO:<%s>\r\n" % OURS.encode(),
             b"RCPT TO:<hr@mingchuan.example>\r\n", b"DATA\r\n", MAIL + b".\r\n", b""]  # fmt: skip
    answers = speaking(door(Desk(broken=True), tmp_path, protocol="lmtp"), *lines)
    assert [one[:3] for one in answers[-2:]] == ["451", "451"]
