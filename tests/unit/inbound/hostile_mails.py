"""Messages made to cost time or memory, by name; each is a function, since they are large."""

import base64
from collections.abc import Callable
from hashlib import shake_128
from typing import Final

_MB: Final = 1_000_000
_HEADER: Final = b"From: a@example.com\r\nSubject: x\r\n"
_HTML: Final = _HEADER + b"Content-Type: text/html; charset=utf-8\r\n\r\n"


def _times(piece: bytes, megabytes: int, before: bytes = _HEADER + b"\r\n") -> bytes:
    return before + piece * (megabytes * _MB // len(piece))


def _html(piece: bytes) -> Callable[[], bytes]:
    return lambda: _times(piece, 10, _HTML)


def _field(name: bytes, piece: bytes) -> Callable[[], bytes]:
    """As many fields of the greatest length that is read as fit into the header that is read."""
    return lambda: (name + b": " + piece * (65_000 // len(piece)) + b"\r\n") * 15 + b"\r\nhi"


def multipart(parts: list[bytes], kind: bytes = b"mixed") -> bytes:
    inner = b"".join(b"--B\r\n" + part + b"\r\n" for part in parts)
    return _HEADER + b'Content-Type: multipart/%s; boundary="B"\r\n\r\n' % kind + inner + b"--B--\r\n"


def _recipients(count: int) -> bytes:
    return b", ".join(b"u%d@example.com" % number for number in range(count))


def _part(kind: bytes, content: bytes) -> bytes:
    return b"Content-Type: " + kind + b"\r\n\r\n" + content


def _nested(levels: int, after: bytes = b"\r\ndeep") -> bytes:
    level = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n'
    return _HEADER + b"".join(level % (number, number) for number in range(levels)) + after


def _encoded(kind: bytes, encoding: bytes) -> bytes:
    return _HEADER + b"Content-Type: %s\r\nContent-Transfer-Encoding: %s\r\n\r\n" % (kind, encoding)


def _attachment(megabytes: int) -> bytes:
    content = base64.encodebytes(shake_128(b"a").digest(_MB) * megabytes)
    return multipart([b"\r\nhi", _part(b"application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64", content)])


HOSTILE: Final[dict[str, Callable[[], bytes]]] = {
    "100 MB of Base64": lambda: _attachment(73),
    "200 MB of Base64": lambda: _attachment(73) + b"QUJD" * 25 * _MB,
    "100 MB of text in Base64": lambda: _encoded(b"text/plain", b"base64") + base64.encodebytes(b"abc\n" * 18 * _MB),
    "100 MB in one line": lambda: _times(b"x", 100),
    "100 MB in one line without a header": lambda: _times(b"x", 100, b""),
    "100 MB in one header": lambda: _times(b"x", 100, b"Subject: "),
    "a header of 10 MB": lambda: _times(b"y z ", 10, b"X-A: ") + b"\r\n" + _HEADER + b"\r\nhi",
    "100,000 headers": lambda: b"".join(b"X-%d: y\r\n" % number for number in range(100_000)) + _HEADER + b"\r\nhi",
    "a header of empty lines": lambda: _times(b" \r\n", 90, b"X: y\r\n") + b"\r\nhi",
    "10,000 recipients": lambda: _HEADER + b"To: " + _recipients(10_000) + b"\r\n\r\nhi",
    "5,000 multiparts in each other": lambda: _nested(5_000),
    "100 MB in multiparts in each other": lambda: _nested(30, b"\r\n" + b"abc\r\n" * 19 * _MB),
    "100 MB of lines that almost are boundaries": lambda: _nested(20, b"\r\n" + b"\r\n--b1x" * 14 * _MB),
    "100 MB of lines that almost are the last boundary": lambda: _nested(20, b"\r\n" + b"\r\n--b1-" * 14 * _MB),
    "100,000 parts": lambda: multipart([_part(b"text/plain", b"hi")] * 100_000),
    "900 multiparts": lambda: multipart([_part(b"multipart/mixed; boundary=%0150d" % n, b"") for n in range(900)]),
    "1,000 messages within": lambda: multipart([_part(b"message/rfc822", b"A: x\r\n" * 12_000)] * 999),
    "1,000 reports": lambda: multipart([_part(b"message/delivery-status", b"A: x\r\n" * 12_000)] * 999, b"report"),
    "1,000 parts of HTML": lambda: multipart([_part(b"text/html", b"<a href=http://a>x" * 600)] * 999),
    "addresses: quotes": _field(b"From", b'"a\\'),
    "addresses: brackets": _field(b"To", b'"<("\\'),
    "addresses: comments": _field(b"To", b"("),
    "addresses: colons": _field(b"Reply-To", b"a:;<,"),
    "words that never end": _field(b"Subject", b"=?utf-8?b?"),
    "words without content": _field(b"Subject", b"=?utf-8?q??="),
    "words of other charsets": _field(b"From", b"=?gbk?b?xOM=?= =?big5?q?=a4?= "),
    "one long word": lambda: b"Subject: =?utf-8?b?" + base64.b64encode("好".encode() * 300_000) + b"?=\r\n\r\nhi",
    "parameters that never end": _field(b"Content-Type", b'text/plain; a="'),
    "parameters without values": _field(b"Content-Disposition", b"; a"),
    "references": _field(b"References", b"<a@b>"),
    "a date of numbers": _field(b"Date", b"1 "),
    "HTML: 100,000 tags in each other": lambda: _times(b"x", 9, _HTML + b"<div>" * 100_000) + b"</div>" * 100_000,
    "HTML: comments": _html(b"<!--"),
    "HTML: tags that never end": _html(b"<a "),
    "HTML: quotes that never end": _html(b"<a b='"),
    "HTML: quotes in quotes": _html(b"<a b='x\" c=\"y'>"),
    "HTML: signs": _html(b"<"),
    "HTML: lines": _html(b"<br>"),
    "HTML: scripts": _html(b"<script></scrip"),
    "HTML: titles": _html(b"<title>x</title>"),
    "HTML: great numbers": _html(b"&#99999999999999999;&"),
    "HTML: one number": lambda: _times(b"9", 5, _HTML + b"&#"),
    "HTML: hidden": _html(b"<p hidden>"),
    "HTML: quotations": _html(b"<blockquote><pre>\n"),
    "HTML: attributes": _html(b"<a " + b"a = " * 1_000 + b">"),
    "HTML: styles": _html(b"<a style='" + b"display: " * 440 + b"'>"),
    "HTML: links": _html(b"<a href=http://a>x"),
    "HTML: charsets": _html(b"<meta charset"),
    "files in text": lambda: _times(b"begin 644 a\nM" + b"A" * 60 + b"\n", 10),
    "one file in text": lambda: _times(b"M" + b"A" * 60 + b"\n", 10, _HEADER + b"\r\nbegin 644 a\n") + b"end\n",
    "uuencoded lines of nothing": lambda: _times(b"A\n", 4, _encoded(b"a/b", b"x-uuencode")),
    "quoted-printable": lambda: _times(b"=41=\r\n", 75, _encoded(b"a/b", b"quoted-printable")),
    "quoted-printable without lines": lambda: _times(b"=", 75, _encoded(b"a/b", b"quoted-printable")),
    "lone CR": lambda: _times(b"abc\r", 100, b"From: a@example.com\rSubject: x\r\r"),
    "flowed lines": lambda: _times(b"> \n", 10, _HEADER + b"Content-Type: text/plain; format=flowed\r\n\r\n"),
    "signed texts": lambda: _times(b"-----BEGIN PGP SIGNED MESSAGE-----\n\n", 10),
    "GBK labelled UTF-8": lambda: _times("中文".encode("gbk"), 10, _HEADER + b"Content-Type: a; charset=utf-8\r\n\r\n"),
    "100 MB of NUL": lambda: _times(b"\0", 100, b""),
}
