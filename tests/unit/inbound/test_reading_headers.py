"""Headers as they are found: names, addresses, subjects, identifiers, dates."""

from base64 import b64encode
from datetime import UTC, datetime

import pytest

from notifications.inbound.mail import Mail, Mailbox
from notifications.inbound.reading import read_bytes


def _mail(*lines: bytes) -> Mail:
    return read_bytes(b"\r\n".join(lines) + b"\r\n\r\ntext")


def _word(text: str, charset: str) -> bytes:
    return b"=?%s?B?%s?=" % (charset.encode(), b64encode(text.encode(charset)))


_HALF = b64encode("报告".encode()[:4]), b64encode("报告".encode()[4:])
_QUARTER = b64encode("报告".encode())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (_word("漏洞报告", "utf-8"), "漏洞报告"),
        (b"=?GB2312?B?%s?=" % b64encode("朱镕基".encode("gbk")), "朱镕基"),
        (_word("漏洞", "gbk") + b"\r\n " + _word("报告", "gbk"), "漏洞报告"),
        (_word("漏洞", "gbk") + b" " + _word("報告", "big5"), "漏洞報告"),
        (_word("報告", "big5"), "報告"),
        (_word("報告", "iso-2022-jp"), "報告"),
        (_word("报告", "hz"), "报告"),
        (b"=?utf-8?B?%s?=\r\n =?utf-8?B?%s?=" % _HALF, "报告"),
        (b"=?utf-8?B?%s?= =?utf-8?B?%s?=" % (_QUARTER[:3], _QUARTER[3:]), "报告"),
        (b"=?utf-8?B?%s?=" % b64encode("告x".encode()).rstrip(b"="), "告x"),
        (b"=?utf-8?Q?=E6=8A=A5 a_b?=", "报 a b"),
        (b"=?utf-8?Q?really??=", "really?"),
        (b"=?utf-8*zh-cn?Q?=E6=8A=A5?=", "报"),
        (b"=?x-unknown?B?%s?=" % _QUARTER, "报告"),
        (b"=?utf-7?Q?+ADw-script+AD4-?=", "+ADw-script+AD4-"),
        ("报告".encode(), "报告"),
        ("漏洞报告".encode("gbk"), "漏洞报告"),
        (b"a\r\n\tb \r\n c", "a b c"),
        (b"a\0b\x1b[1mc\x07", "ab[1mc"),
        ("a\u202egpj.exe\u2066".encode(), "agpj.exe"),
        (b"=?utf-8?B?%s?=" % b64encode(b"a\r\nBcc: x@y.z"), "a Bcc: x@y.z"),
        (b"=?utf-8?B?", "=?utf-8?B?"),
        (b"", ""),
    ],
)
def test_a_subject_says_what_was_meant(written: bytes, meant: str) -> None:
    assert _mail(b"Subject: " + written).subject == meant


def test_raw_bytes_in_a_header_are_in_the_charset_of_the_text() -> None:
    mail = _mail(b"Content-Type: text/plain; charset=big5", b"Subject: " + "測試許功蓋".encode("big5"))
    assert mail.subject == "測試許功蓋"


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        (b"zhang.san@Example.CN", "", "zhang.san@example.cn"),
        (b"Zhang San <zhang.san@example.cn>", "Zhang San", "zhang.san@example.cn"),
        (b'"Zhang, San" <z@example.cn>', "Zhang, San", "z@example.cn"),
        (b'"a \\"b\\" c" <z@example.cn>', 'a "b" c', "z@example.cn"),
        (_word("张三", "gbk") + b" <z@example.cn>", "张三", "z@example.cn"),
        (b'"' + _word("张三", "utf-8") + b'" <z@example.cn>', "张三", "z@example.cn"),
        ("张三 <z@example.cn>".encode("gbk"), "张三", "z@example.cn"),
        (b"z@example.cn (Zhang (San))", "Zhang (San)", "z@example.cn"),
        (b"<@a,@b:z@example.cn>", "", "z@example.cn"),
        ("z@例子.中国".encode(), "", "z@例子.中国"),
        ("z@BÜCHER.de".encode(), "", "z@bücher.de"),
        (b'"boss@corp.cn" <evil@example.cn>', "boss@corp.cn", "evil@example.cn"),
        (b"boss@corp.cn <evil@example.cn>", "boss@corp.cn", "evil@example.cn"),
        (b"(<boss@corp.cn>) evil@example.cn", "<boss@corp.cn>", "evil@example.cn"),
        (b"<boss@corp.cn> <evil@example.cn>", "", ""),
        (b"boss@corp.cn@example.cn", "boss@corp.cn@example.cn", ""),
        (b"=?utf-8?Q?boss=40corp.cn?=", "boss@corp.cn", ""),
        (b"=?utf-8?Q?Boss_=3Cboss=40corp.cn=3E=2C?= <evil@example.cn>", "Boss <boss@corp.cn>,", "evil@example.cn"),
        ("<boss\u202e@corp.cn>".encode(), "", ""),
        (b"MAILER-DAEMON (Mail Delivery)", "MAILER-DAEMON", ""),
        (b"undisclosed:;", "", ""),
        (b'"', "", ""),
    ],
)
def test_a_sender_is_who_wrote_and_nobody_by_chance(written: bytes, name: str, address: str) -> None:
    mail = _mail(b"From: " + written)
    assert mail.sender == Mailbox(name, address)
    assert bool(address) is not any("没有可读的发件人" in trouble for trouble in mail.troubles)


def test_the_sender_stands_in_for_an_unreadable_from() -> None:
    assert _mail(b"From: nobody", b"Sender: b@c.cn").sender.address == "b@c.cn"


def test_several_senders_are_said() -> None:
    for mail in (_mail(b"From: a@b.cn, c@d.cn"), _mail(b"From: a@b.cn", b"From: c@d.cn")):
        assert mail.sender.address == "a@b.cn"
        assert any("多个发件人" in trouble for trouble in mail.troubles)


def test_recipients_are_those_of_every_header_once() -> None:
    mail = _mail(
        b'To: "A, b" <A@b.cn>; c@d.cn, staff: e@f.cn, (x, y) g@h.cn;',
        b"Cc: a@B.cn",
        b"Delivered-To: i@j.cn",
        b"X-Original-To: k@l.cn",
        b"Envelope-To: m@n.cn",
        b"Reply-To: nobody, o@p.cn",
    )
    assert mail.recipients == ("a@b.cn", "c@d.cn", "e@f.cn", "g@h.cn", "i@j.cn", "k@l.cn", "m@n.cn")
    assert mail.reply_to == Mailbox("", "o@p.cn")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"<a@b>", ("<a@b>",)),
        (b"a@b", ("<a@b>",)),
        (b"<a@b> (comment) <c@\r\n d>\r\n <a@b>", ("<a@b>", "<c@d>")),
        (b"your mail of Monday", ()),
        (b"<>", ()),
    ],
)
def test_identifiers_are_read_as_they_should_not_be_written(written: bytes, meant: tuple[str, ...]) -> None:
    mail = _mail(b"References: " + written, b"Message-ID: " + written, b"In-Reply-To: " + written)
    assert (mail.references, mail.in_reply_to, mail.message_id) == (meant, meant, meant[0] if meant else "")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"Mon, 2 Mar 2026 10:00:00 +0800", datetime(2026, 3, 2, 2, tzinfo=UTC)),
        (b"2 Mar 26 10:00 GMT", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        (b"Mon, 2 Mar 2026 10:00:00 -0000", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        (b"Mon, 99 Mar 2026 10:00:00 +9999", None),
        (b"yesterday", None),
    ],
)
def test_a_date_has_a_zone_or_is_none(written: bytes, meant: datetime | None) -> None:
    mail = _mail(b"Date: " + written)
    assert mail.date == meant
    assert (meant is None) is any("日期" in trouble for trouble in mail.troubles)


def test_headers_stand_as_they_came_the_topmost_first() -> None:
    mail = _mail(b"Received: a;\r\n b", b"X-Spam : yes", b"received: c")
    assert mail.headers == (("received", "a; b"), ("x-spam", "yes"), ("received", "c"))


@pytest.mark.parametrize("before", [b"", b"From a@b.cn Mon Mar  2 10:00:00 2026\r\n", b"\xef\xbb\xbf", b"\r\n\r\n"])
@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_where_a_message_begins_and_how_its_lines_end_does_not_matter(before: bytes, end: bytes) -> None:
    mail = read_bytes((before + b"Subject: a\r\nTo: b@c.cn\r\n\r\none\r\ntwo").replace(b"\r\n", end))
    assert (mail.subject, mail.recipients, mail.text) == ("a", ("b@c.cn",), "one\ntwo")


def test_nothing_is_a_mail_too() -> None:
    mail = read_bytes(b"")
    assert (mail.text, mail.headers, mail.size, mail.type) == ("", (), 0, "text/plain")
