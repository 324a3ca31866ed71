"""A mail as a client wrote it: its texts, what of them is new, and its bytes."""

import base64
import quopri
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.header import Header
from html import escape
from random import Random
from typing import Final, Literal

from tests.unit.inbound.clients.story import Person, Story

Coding = Literal["base64", "quoted-printable", "8bit", "7bit"]

SOMEBODY: Final = Person("张三", "zhangsan@qq.example")
SPACE: Final = "\N{NO-BREAK SPACE}"

WRITTEN_AS: Final = {"gb2312": "gbk", "us-ascii": "ascii"}
"""What a client that declares a charset really writes, as Python calls it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a client made of a story."""

    client: str
    variation: str
    plain: str | None
    html: str | None
    new: str
    """What the reader of the case should see."""
    signature: str | None = ""
    """What the client (or the writer below `-- `) put under it; None if it does not matter."""
    quoted: bool = True
    subject: str = "Re: 事项"
    sender: Person = SOMEBODY
    mailer: str = ""
    charsets: tuple[str, ...] = ("utf-8",)
    """In which the client may write."""
    charset: str = "utf-8"
    coding: Coding = "base64"

    def without_plain(self) -> "Written":
        """The same from a client that sends HTML alone."""
        return replace(self, plain=None, variation=f"{self.variation}, HTML alone")

    def content(self) -> bytes:
        """The complete message (RFC 5322)."""
        head = [
            f"From: {_address(self.sender)}", "To: Duly <duly@mingchuan.example>",
            f"Subject: {Header(self.subject, 'utf-8', maxlinelen=70).encode(linesep=chr(13) + chr(10))}",
            "Date: Tue, 10 Mar 2026 10:30:00 +0800", "Message-ID: <2026.1@client.example>",
            "In-Reply-To: <2026-0017@mingchuan.example>", "MIME-Version: 1.0",
        ]  # fmt: skip
        if self.mailer:
            head.append(f"X-Mailer: {self.mailer}")
        parts = [self._part(kind, text) for kind, text in (("plain", self.plain), ("html", self.html)) if text]
        if len(parts) == 1:
            return "\r\n".join(head).encode() + b"\r\n" + parts[0]
        head.append('Content-Type: multipart/alternative;\r\n\tboundary="----=_Part_1_2"')
        edge = b"\r\n------=_Part_1_2\r\n"
        return "\r\n".join(head).encode() + b"\r\n\r\n" + edge + edge.join(parts) + b"\r\n------=_Part_1_2--\r\n"

    def _part(self, kind: str, text: str) -> bytes:
        lines = "\r\n".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        raw = lines.encode(WRITTEN_AS.get(self.charset, self.charset))
        if self.coding == "base64":
            raw = base64.encodebytes(raw).replace(b"\n", b"\r\n")
        elif self.coding == "quoted-printable":
            raw = quopri.encodestring(raw.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
        return (
            f'Content-Type: text/{kind}; charset="{self.charset}"\r\nContent-Transfer-Encoding: {self.coding}\r\n\r\n'
        ).encode() + raw


def _address(person: Person) -> str:
    return f"{Header(person.name, 'utf-8').encode()} <{person.address}>" if person.name else person.address


def answered(told: Story, client: str, variation: str, plain: str | None, html: str | None = None) -> Written:
    """An answer whose new part is what the story says."""
    prefix = {"zh": "回复：", "tw": "回覆: ", "en": "Re: "}[told.language]
    subject, shown = prefix + told.subject, f"{variation}, {told.language}"
    return Written(client, shown, plain, html, told.answer, subject=subject, sender=told.writer)


def coded(written: Written, rng: Random) -> Written:
    """The same in one of the client's charsets that has all its characters, else in UTF-8."""
    possible = [one for one in written.charsets if _holds(one, (written.plain or "") + (written.html or ""))]
    coding: Coding = rng.choice(["base64", "quoted-printable"])
    return replace(written, charset=rng.choice(possible or ["utf-8"]), coding=coding)


def _holds(charset: str, text: str) -> bool:
    try:
        text.encode(WRITTEN_AS.get(charset, charset))
    except UnicodeEncodeError:
        return False
    return True


def divs(text: str, attributes: str = "") -> str:
    """Text as most editors write it: a `div` a line."""
    return "".join(f"<div{attributes}>{spaced(line) or '<br>'}</div>" for line in text.split("\n"))


def breaks(text: str) -> str:
    """Text as lines with `<br>`."""
    return "<br>\n".join(spaced(line) for line in text.split("\n"))


def paragraphs(text: str) -> str:
    """Text as Word writes it: a `p` a line, an empty one with a no-break space."""
    return "".join(f"<p class=MsoNormal><span>{spaced(line) or '&nbsp;'}</span></p>\n" for line in text.split("\n"))


def spaced(line: str) -> str:
    """Escaped, its indentation kept with no-break spaces."""
    bare = line.lstrip(" ")
    return "&nbsp;" * (len(line) - len(bare)) + escape(bare, quote=False)


def prefixed(text: str, prefix: str = "> ") -> str:
    """Each line quoted; empty ones without the space, as clients do."""
    return "\n".join((prefix + line).rstrip() if not line else prefix + line for line in text.split("\n"))


def chosen(rng: Random, *values: str) -> str:
    """One of several forms that are found in the wild."""
    return rng.choice(values)


def bold(rows: Sequence[tuple[str, str]], colon: str, element: str = "div") -> str:
    """Fields in HTML, the labels in bold."""
    return "".join(f"<{element}><b>{label}{colon}</b>&nbsp;{escape(value)}</{element}>" for label, value in rows)


def rows_of(labels: Sequence[str], values: Sequence[str]) -> list[tuple[str, str]]:
    """Label and value, without those that have none."""
    return [row for row in zip(labels, values, strict=True) if row[1]]


def people(story: Story) -> tuple[Person, ...]:
    """To whom the mail that is answered went."""
    return (story.writer, *story.others)
