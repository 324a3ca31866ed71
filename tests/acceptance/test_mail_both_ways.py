"""Mail both ways through the running system: a customer's letter in, the receipt out, an answer, a bounce, a crash."""

import asyncio
import json
import signal
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import aiosmtplib
import pytest

from tests.acceptance.running import Installation, Letters, free_port, installed, mail_server, text_of, until
from tests.integration.imap_server import PASSWORD
from tests.integration.imap_server import mail_server as imap_server

CUSTOMER = "sun@customer.example"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[Installation, Letters, int]]:
    door = free_port()
    settings = {
        "DULY_INBOX__REPLIES": "duly@mingchuan.example", "DULY_INBOX__LISTEN_PORT": str(door),
        "DULY_PREFECT__ENABLED": "false",
    }  # fmt: skip
    with mail_server() as (letters, port), installed(tmp_path, port, **settings) as installation:
        installation.start()
        yield installation, letters, door


def letter(to: str, subject: str, text: str, number: int, **headers: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = f"孙先生 <{CUSTOMER}>", to, subject
    mail["Message-ID"] = f"<{number}@customer.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def hand_over(mail: EmailMessage | bytes, to: str, port: int, sender: str = CUSTOMER) -> bool:
    """As the company's mail server does: it keeps the mail until it hears 250."""

    async def send() -> None:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False, timeout=20) as server:
            await server.sendmail(sender, [to], mail if isinstance(mail, bytes) else mail.as_bytes())

    try:
        asyncio.run(send())
    except (aiosmtplib.SMTPException, OSError):
        return False
    return True


def test_a_letter_opens_a_complaint_and_its_answer_joins_it(running: tuple[Installation, Letters, int]) -> None:
    installation, letters, door = running
    until(
        lambda: hand_over(
            letter("complaints@mingchuan.example", "无法开票", "发票开不出来", 1), "complaints@mingchuan.example", door
        )
    )

    receipt = letters.wait_for("sun", "来信已收到")
    asked = letters.wait_for("zhao.lei", "受理")
    case = str(receipt["Subject"]).partition("〔")[2].partition("〕")[0]
    assert case in str(asked["Subject"])
    assert "发票" not in text_of(receipt) + str(receipt["Subject"])

    back = str(receipt["Reply-To"].addresses[0].addr_spec)
    assert hand_over(
        letter(back, "Re: 来信已收到", "补充：发票号 123", 2, In_Reply_To=str(receipt["Message-ID"])), back, door
    )
    assert letters.wait_for("wang.fang", "来信补充")

    # The mail to Zhao Lei comes back; the deputy is asked at once.
    bounce = _bounce(asked)
    assert hand_over(bounce, "duly@mingchuan.example", door, sender="")
    assert letters.wait_for("ren.jie", "受理")

    assert not hand_over(letter("somebody@elsewhere.example", "x", "x", 3), "somebody@elsewhere.example", door)
    verified = installation.command("ledger", "verify")
    assert verified.returncode == 0, verified.stdout
    assert "发票" not in installation.log()


def test_what_is_handed_over_while_it_is_killed_is_taken_once(running: tuple[Installation, Letters, int]) -> None:
    installation, _, door = running
    to = "complaints@mingchuan.example"
    until(lambda: hand_over(letter(to, "第零封", "x", 100), to, door))
    mails = [letter(to, f"第{number}封", f"第{number}件事", 200 + number) for number in range(8)]

    taken = [hand_over(mail, to, door) for mail in mails[:4]]
    assert installation.process is not None
    installation.process.send_signal(signal.SIGKILL)
    installation.process.wait(10)
    taken += [hand_over(mail, to, door) for mail in mails[4:]]
    installation.start()
    for number, mail in enumerate(mails):
        # A server that did not hear 250 comes again, and one that has may have been cut before it noted it.
        until(lambda mail=mail: hand_over(mail, to, door))  # type: ignore[misc]
        assert taken[number] in (True, False)

    cases = json.loads(installation.command("cases", "--format", "json").stdout)
    assert len(cases) == 9


def test_a_mailbox_is_read_and_a_letter_that_others_must_not_read_leaves_it(tmp_path: Path) -> None:
    with imap_server() as server, mail_server() as (letters, port):
        mailbox = server.mailbox()
        account = {
            "address": "complaints@mingchuan.example", "username": mailbox.user, "password": PASSWORD,
            "host": "127.0.0.1", "port": server.port, "tls": "none",
        }  # fmt: skip
        settings = {"DULY_IMAP": json.dumps([account]), "DULY_PREFECT__ENABLED": "false"}
        complaint = letter("complaints@mingchuan.example", "无法开票", "发票开不出来", 1).as_bytes()
        accusation = letter("complaints@mingchuan.example", "反映情况", "某经理收受回扣", 2).as_bytes()
        mailbox.put(complaint, accusation)
        with installed(tmp_path, port, **settings) as installation:
            installation.start()
            receipt = letters.wait_for("sun", "来信已收到")
            assert letters.wait_for("su.min", "来信分拣")
            assert letters.wait_for("zhao.lei", "受理")
            assert "投诉" not in str(receipt["Subject"])

            until(lambda: len(mailbox.flags()) == 1)
            assert list(mailbox.flags().values()) == [{"\\Seen", "$Duly"}]
            doctor = installation.command("doctor")
            assert "complaints@mingchuan.example: 1 封" in doctor.stdout
            assert PASSWORD not in doctor.stdout + installation.log()
            assert "回扣" not in installation.log()
            assert not [mail for mail in letters.mails if "回扣" in text_of(mail)]


def _bounce(returned: EmailMessage) -> bytes:
    boundary, to = "=cut=", str(returned["To"].addresses[0].addr_spec)
    lines = (
        "From: MAILER-DAEMON@mx.mingchuan.example", "To: duly@mingchuan.example", "Subject: Undelivered Mail",
        "Message-ID: <b1@mx.example>", "Auto-Submitted: auto-replied", "MIME-Version: 1.0",
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"', "",
        f"--{boundary}", "Content-Type: text/plain", "", "This is the mail system.", "",
        f"--{boundary}", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example", "",
        f"Final-Recipient: rfc822; {to}", "Action: failed", "Status: 5.1.1", "",
        f"--{boundary}", "Content-Type: text/rfc822-headers", "", f"To: {to}", f"Message-ID: {returned['Message-ID']}",
        "", f"--{boundary}--", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()
