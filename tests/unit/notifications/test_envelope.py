"""Envelope: headers as the standards want them, and nothing that a stranger writes can change them."""

import base64
import re
from dataclasses import replace
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.outbound.contents import Message
from notifications.outbound.envelope import BadAddress, address_of, envelope
from notifications.outbound.render import render_html, render_text
from notifications.outbound.values import one_line
from tests.integration.post_office import REPLIES
from tests.unit.notifications.samples import at, forwarded, matter, message, special

SENDER = Address("Duly", addr_spec="duly@mingchuan.example")
HOSTILE = "投诉\r\nBcc: everybody@evil.example\r\n\r\n<script>alert(1)</script>\u202e\u2028{{ 7*7 }}"


def approval() -> Message:
    return message(matter(special(), "hu.jun", "asked"))


def read(written: Message) -> EmailMessage:
    """The mail as a reader's program understands it."""
    found = message_from_bytes(envelope(written, SENDER, REPLIES).as_bytes(policy=SMTP), policy=SMTP)
    assert isinstance(found, EmailMessage)
    return found


def test_the_headers_of_a_mail() -> None:
    found = read(approval())
    assert {name: str(value) for name, value in found.items() if name not in ("Content-Type", "MIME-Version")} == {
        "From": "Duly <duly@mingchuan.example>",
        "To": "胡军 <hu.jun@mingchuan.example>",
        "Subject": "〔2026-0001〕请审批：批准特殊情况，2026-03-10 17:00 到期 - 客户投诉受理与处理",
        "Date": "Tue, 10 Mar 2026 15:00:00 +0800",
        "Message-ID": f"<{REPLIES.sign(approval().local_id)}@mingchuan.example>",
        "In-Reply-To": "<2026-0001@mingchuan.example>",
        "References": "<2026-0001@mingchuan.example>",
        "List-Id": "Duly <duly.mingchuan.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def test_a_mail_is_ascii_on_the_wire_with_lines_that_every_server_takes() -> None:
    lines = envelope(approval(), SENDER, REPLIES).as_bytes(policy=SMTP).split(b"\r\n")
    assert all(line.isascii() and len(line) <= 998 and b"\n" not in line for line in lines)


def test_text_and_html_say_the_same_and_the_text_comes_first() -> None:
    parts = list(read(approval()).iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert all("批准特殊情况" in part.get_content() for part in parts)


def test_html_loads_nothing_from_anywhere_and_runs_nothing() -> None:
    html = render_html(approval())
    assert not re.search(r"<(script|img|link|iframe|form|object|video)|\bsrc=|url\(|@import|\bon\w+=", html)
    assert set(re.findall(r'href="([^"]+)"', html)) == {"https://duly.example/d/token-0"}
    assert "prefers-color-scheme: dark" in html


def test_a_hostile_subject_stays_a_subject() -> None:
    found = read(replace(approval(), subject=HOSTILE))
    assert "Bcc" not in found
    assert str(found["Subject"]).startswith("投诉 Bcc: everybody@evil.example <script>")


def test_a_hostile_name_stays_a_name() -> None:
    found = read(replace(approval(), name='"胡军"\r\nBcc: x@evil.example, <x@evil.example>'))
    assert "Bcc" not in found
    assert [one.addr_spec for one in found["To"].addresses] == ["hu.jun@mingchuan.example"]


@pytest.mark.parametrize(
    "address",
    ["", "a", "a@b@c", "a@b c", "a@b\r\nBcc: x@y", "<a@b>", "a@b,c@d", "邮箱@例子.中国", "a@-\n", "a" * 65 + "@b"],
)
def test_what_is_no_address_is_said_so(address: str) -> None:
    with pytest.raises(BadAddress, match="organisation"):
        address_of("某人", address)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.text(max_size=100))
def test_whatever_is_written_no_header_comes_of_it(subject: str, name: str) -> None:
    plain = read(approval())
    found = read(replace(approval(), subject=subject, name=name))
    assert found.keys() == plain.keys()
    assert [one.addr_spec for one in found["To"].addresses] == ["hu.jun@mingchuan.example"]


def test_hostile_answers_of_a_form_are_shown_and_do_nothing() -> None:
    play = forwarded(
        {"subject": "<img src=x onerror=alert(1)> {{ 7*7 }} http://evil.example", "customer": HOSTILE[:90]}
    )
    written = message(matter(play, "zhu.lin", "asked"))
    html = render_html(written)
    assert "<img" not in html
    assert "<script" not in html
    assert "49" not in html
    assert "http://evil.example" not in html
    assert "hxxp://evil.example" in render_text(written)
    assert "\u202e" not in render_text(written)


def test_a_long_answer_is_cut_and_a_mail_is_never_huge() -> None:
    play = forwarded({"subject": "长" * 200, "facts": "甲" * 4000})
    html = render_html(message(matter(play, "zhu.lin", "asked")))
    assert "甲" * 299 + "…" in html
    assert "甲" * 300 not in html
    assert len(html.encode()) < 102_000


def test_a_line_has_no_breaks_of_any_kind() -> None:
    assert one_line("a\r\nb\x00\u2028c\x85d\u202e e") == "a b c d e"


def test_bodies_are_base64_of_utf_8() -> None:
    raw = envelope(approval(), SENDER, REPLIES).as_bytes(policy=SMTP)
    encoded = re.search(rb"\r\n\r\n([A-Za-z0-9+/=\r\n]+)\r\n--", raw)
    assert encoded is not None
    assert "胡军，您好" in base64.b64decode(encoded[1]).decode()


def test_a_mail_has_the_time_it_was_written() -> None:
    assert read(replace(approval(), written_at=at("18:00")))["Date"].datetime == at("18:00")
