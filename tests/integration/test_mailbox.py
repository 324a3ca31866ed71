"""The mailbox of a demonstration shows mails as they were sent, and lets nothing out of them."""

import asyncio
import socket
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest

from notifications.mailbox import Mailbox, taking_mail
from tests.web.site import Site, hidden

HTML = "<html><head></head><body><p>请审批</p><script>alert(1)</script></body></html>"


def a_mail(to: str = "wang.fang@mingchuan.example", subject: str = "〔2026-0001〕请审批") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "duly@mingchuan.example", f"王芳 <{to}>", subject
    mail["Message-ID"] = "<1@mingchuan.example>"
    mail.set_content("请审批：\nhttp://127.0.0.1:8000/d/abc\n")
    mail.add_alternative(HTML, subtype="html")
    return mail


@pytest.fixture
def mailbox(site: Site) -> Mailbox:
    found = Mailbox(site.folder / "mailbox")
    found.keep(a_mail().as_bytes())
    return found


def test_a_mail_that_is_sent_to_it_is_there_as_it_was_sent(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    mailbox = Mailbox(tmp_path / "mails")

    async def send() -> None:
        async with taking_mail(mailbox, "127.0.0.1", port):
            await aiosmtplib.send(a_mail(), hostname="127.0.0.1", port=port, start_tls=False)

    asyncio.run(send())
    (kept,) = mailbox.mails()
    assert (kept.name, kept.subject, kept.message_id) == ("王芳", "〔2026-0001〕请审批", "<1@mingchuan.example>")
    assert kept.links == ("http://127.0.0.1:8000/d/abc",)


def test_mails_are_listed_newest_first_and_by_reader(mailbox: Mailbox, site: Site) -> None:
    mailbox.keep(a_mail("hu.jun@mingchuan.example", "第二封").as_bytes())
    browser = site.browser()

    assert [one["subject"] for one in browser.get("/mailbox.json").json()] == ["第二封", "〔2026-0001〕请审批"]
    assert [one["subject"] for one in browser.get("/mailbox.json?to=hu.jun@mingchuan.example").json()] == ["第二封"]
    assert "第二封" in browser.get("/mailbox").text


def test_the_html_of_a_mail_runs_nothing_and_asks_nobody(mailbox: Mailbox, site: Site) -> None:
    (kept,) = mailbox.mails()
    body = site.browser().get(f"/mailbox/{kept.id}/body")

    rules = body.headers["content-security-policy"]
    assert "default-src 'none'" in rules
    assert "script-src" not in rules
    assert "allow-scripts" not in rules
    assert '<base target="_top">' in body.text


def test_a_mail_is_shown_as_text_and_as_source_with_everything_escaped(mailbox: Mailbox, site: Site) -> None:
    (kept,) = mailbox.mails()
    browser = site.browser()

    assert "请审批：" in browser.get(f"/mailbox/{kept.id}?form=text").text
    source = browser.get(f"/mailbox/{kept.id}?form=source").text
    assert "Message-ID: &lt;1@mingchuan.example&gt;" in source
    assert "<script>" not in source


@pytest.mark.parametrize("name", ["..%2f..%2fsecret", "x", "0" * 20 + "-zzzzzzzz", "%00"])
def test_a_name_that_is_no_mails_leads_nowhere(mailbox: Mailbox, site: Site, name: str) -> None:
    assert mailbox.mails()
    assert site.browser().get(f"/mailbox/{name}").status_code == 404


def test_a_newcomer_becomes_somebody_with_one_click(site: Site) -> None:
    browser = site.browser()
    page = browser.get("/demo")
    answer = browser.post("/demo/as", data={**hidden(page), "person": "wang.fang"})

    assert answer.headers["location"] == "/mine"
    assert "王芳" in browser.get("/mine").text


def test_nobody_becomes_somebody_who_does_not_work_here(site: Site) -> None:
    browser = site.browser()
    page = browser.get("/demo")

    assert browser.post("/demo/as", data={**hidden(page), "person": "nobody"}).status_code == 400
