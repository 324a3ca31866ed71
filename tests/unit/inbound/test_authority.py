"""What vouches for a sender is what the company's server says, and nothing that a sender can have it repeat."""

from pathlib import Path

import pytest

from notifications.inbound.authority import standing, written
from notifications.inbound.reading import read_mail

SERVER = "mx.mingchuan.example"
WANG = "wang.fang@mingchuan.example"


def stands(folder: Path, results: str, sender: str = WANG, more: str = "") -> str:
    path = folder / "mail.eml"
    lines = (f"Authentication-Results: {SERVER}; {results}", f"From: {sender}", "To: a@b.example", more + "Subject: x")
    path.write_text("\r\n".join((*lines, "", "hello", "")), "utf-8")
    return standing(written(path), read_mail(path).sender.address, (SERVER,))


@pytest.mark.parametrize(
    "results",
    [
        'spf=pass smtp.mailfrom="x; dmarc=pass header.from=mingchuan.example y"@evil.example',
        f'spf=pass smtp.mailfrom="x;auth=pass smtp.auth={WANG} y"@evil.example',
        'spf=pass smtp.mailfrom="a@mingchuan.example b"@evil.example',
        'spf=pass smtp.mailfrom="a smtp.mailfrom=b@mingchuan.example c"@evil.example',
        f"spf=pass smtp.mailfrom==?utf-8?q?=3Bauth=3Dpass_smtp.auth=3D{WANG.replace('@', '=40')}_?=@evil.example",
        "spf=pass smtp.mailfrom=a@evil.example smtp.mailfrom=a@mingchuan.example",
        r'spf=pass smtp.mailfrom="a\"; dmarc=pass header.from=mingchuan.example;"@evil.example',
        'spf=pass (of "x) smtp.mailfrom=a@evil.example; x="; dmarc=pass header.from=mingchuan.example',
        "spf=pass (a; dmarc=pass header.from=mingchuan.example",
        "dkim=pass header.d=example",
    ],
)
def test_what_the_sender_had_repeated_vouches_for_nobody(tmp_path: Path, results: str) -> None:
    assert stands(tmp_path, results) == "none"


@pytest.mark.parametrize(
    "results",
    [
        'spf=pass smtp.mailfrom="("@evil.example; dmarc=fail; dkim=pass header.i="x)"@evil.example; dkim=pass',
        "dmarc=fail header.from=mingchuan.example; dmarc=pass header.from=mingchuan.example",
    ],
)
def test_a_forgery_stays_one_whatever_stands_around_it(tmp_path: Path, results: str) -> None:
    assert stands(tmp_path, results) == "fail"


@pytest.mark.parametrize(
    ("sender", "more"),
    [
        (f"{WANG}, x@evil.example", ""),
        (f"<{WANG}> <x@evil.example>", f"Sender: {WANG}\r\n"),
        (f"x@evil.example\r\nFrom: {WANG}", ""),
        ("undisclosed:;", f"Sender: {WANG}\r\n"),
    ],
)
def test_of_several_senders_none_is_vouched_for(tmp_path: Path, sender: str, more: str) -> None:
    assert stands(tmp_path, "dmarc=pass", sender, more) == "none"


@pytest.mark.parametrize(
    "results",
    [
        "dmarc=pass (p=quarantine dis=none; x) header.from=mingchuan.example",
        'spf=pass (sender SPF authorized) smtp.mailfrom="wang.fang@mingchuan.example"; dkim=none',
        'dkim=pass (2048-bit key; unprotected) header.d=mingchuan.example header.i=@mingchuan.example header.b="ab/c="',
        "dkim=fail header.d=other.example; dkim=pass header.d=mingchuan.example",
        f"auth=pass (plain) smtp.auth={WANG}",
    ],
)
def test_what_the_server_says_of_the_sender_counts(tmp_path: Path, results: str) -> None:
    assert stands(tmp_path, results, f"=?utf-8?q?Wang=2C_Fang?= <{WANG}>") == "pass"
