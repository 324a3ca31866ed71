"""Messages of every kind, each changed at random: cut, repeated, crossed with another one, a few bytes replaced."""

import base64
from collections.abc import Iterator
from random import Random
from typing import Final

from tests.unit.inbound.hostile_mails import multipart

_BASE64: Final = base64.encodebytes("你好，世界\n".encode("gbk") * 9)
_HEADER: Final = (
    b"Return-Path: <bounce@example.cn>\r\nReceived: from a (b [1.2.3.4]) by c; Mon, 2 Mar 2026 10:00:00 +0800\r\n"
    b"From: =?gb2312?B?1cXI/Q==?= <Zhang.San@EXAMPLE.CN>\r\n"
    b'To: "a, b" <a@b.cn>, group: c@d.cn, e@f.cn;, (x (y)) g@h.cn\r\n'
    b"Subject: =?utf-8?B?5oql5ZGK77ya5pyN5YqhIA==?=\r\n =?utf-8?Q?=E5=A5=BD_!?=\r\n"
    b"Date: Mon, 2 Mar 2026 10:00:00 +0800\r\n"
    b"Message-ID: <1@example.cn>\r\nReferences: <2@example.cn>\r\n <3@example.cn>\r\nMIME-Version: 1.0\r\n"
)
_FILE: Final = (
    b"Content-Type: application/pdf;\r\n name*0*=gbk''%B1%A8;\r\n name*1*=%B8%E6.pdf\r\n"
    b'Content-Disposition: attachment; filename="=?utf-8?B?5oql5ZGKLnBkZg==?="\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\n" + _BASE64
)
_HTML: Final = (
    b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    b"<html><head><style>p {}</style></head><body><p style=3D\"x\">=C4=E3&nbsp;&amp;<a href=3D'https://a.cn/'>b</a>=\r\n"
    b"<blockquote>c<br>d</blockquote><!-- e --><script>f</script><div hidden>g</div></body></html>\r\n"
)
_REPORT: Final = [
    b"\r\nfailed",
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a\r\n\r\nStatus: 5.1.1",
    b"Content-Type: message/rfc822\r\n\r\n" + _HEADER + b"\r\nhi",
]
SAMPLES: Final = (
    _HEADER
    + b"Content-Type: text/plain; charset=gbk; format=flowed; delsp=yes\r\n\r\n> a \r\n> b\r\n"
    + "你好 \r\n".encode("gbk"),
    _HEADER + b"Content-Type: text/plain; charset=hz-gb-2312\r\nContent-Transfer-Encoding: base64\r\n\r\n" + _BASE64,
    _HEADER + _HTML,
    _HEADER + multipart([b"\r\ntext", _FILE, _HTML]),
    _HEADER + multipart([b"Content-Type: text/plain\r\n\r\n \r\n", _HTML], b"alternative"),
    _HEADER + multipart(_REPORT, b"report; report-type=delivery-status"),
    _HEADER
    + multipart([b"Content-Type: multipart/signed; boundary=C\r\n\r\n--C\r\n\r\nx\r\n--C--\r\n", _FILE], b"related"),
    _HEADER
    + b"\r\nbegin 644 a.txt\r\n#86)C\r\n`\r\nend\r\n"
    + b"-----BEGIN PGP SIGNED MESSAGE-----\n\n- -a\n-----BEGIN PGP SIGNATURE-----\n",
    b"From a@b Mon Mar  2 10:00:00 2026\n" + _HEADER.replace(b"\r\n", b"\r") + b"\rtext\r",
    _HEADER + b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\n\x78\x9f\x3e\x22\0\0",
)
_PIECES: Final = (
    b"\r\n", b"\n", b"\r", b"\x00", b"\r\n\r\n", b"--B", b"--B--\r\n", b'"', b"'", b"(", b"<", b">", b"\\", b"=?",
    b"?=", b"=?gbk?B?", b"=?utf-8?Q?=", b"&#x110000;", b"&#99999999999;", b"<!--", b"<a href='", b"</", b";", b"=",
    b"*0*=", b"''%", b"charset=", b"boundary=", b"Content-Type: multipart/mixed; boundary=B\r\n",
    b"Content-Transfer-Encoding: x-uuencode\r\n", b"charset=idna\r\n", b"charset=utf-16\r\n",
    b"charset=unicode_escape\r\n", b"charset=utf-7\r\n", b"\xff\xfe", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\x1b$B",
    b"~{", b"\x80", b"\xef\xbb\xbf", b"Date: Mon, 99 Abc 99999 99:99:99 +9999\r\n", b"begin 644 x\r\n", b"From: ",
    b"<div hidden>",
)  # fmt: skip


def mutated(random: Random) -> Iterator[bytes]:
    """Without end."""
    while True:
        message = bytearray(random.choice(SAMPLES))
        for _ in range(random.randint(1, 8)):
            _change(message, random)
        yield bytes(message)


def _change(message: bytearray, random: Random) -> None:
    place = random.randrange(len(message) + 1)
    end = min(place + random.choice((1, 2, 10, 300)), len(message))
    match random.randrange(6):
        case 0:
            del message[place:end]
        case 1:
            message[place:end] = random.randbytes(end - place)
        case 2:
            message[place:place] = message[place:end] * random.randint(1, 5)
        case 3:
            other = random.choice(SAMPLES)
            begin = random.randrange(len(other))
            message[place:end] = other[begin : begin + random.choice((5, 50, 1_000))]
        case _:
            message[place:place] = random.choice(_PIECES) * random.choice((1, 1, 1, 30))
