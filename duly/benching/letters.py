"""Letters: how long a mail server waits until a letter is taken, and how soon the first mails about it go out."""

import asyncio
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import aiosmtplib

from duly.benching.figures import Figure, percentile
from duly.benching.stage import PATIENCE, Sink, Stage, free_port, sink

BOX = "complaints@mingchuan.example"


def letters(folder: Path, count: int) -> Iterator[Figure]:
    """`duly mail` takes `count` letters one after another, each of somebody else, and sends what they cause."""
    with sink() as mails:
        stage, door = Stage(folder, mails.port, free_port()), free_port()
        environment = stage.environment(DULY_INBOX__LISTEN_PORT=str(door), DULY_INBOX__REPLIES="duly@mingchuan.example")
        with stage.process("mail", environment=environment):
            asyncio.run(_until_open(door))
            taken, receipts = [], []
            for number in range(count):
                began = time.monotonic()
                asyncio.run(_hand_over(_letter(number), door))
                taken.append(time.monotonic() - began)
                receipts.append(_receipt(mails, number) - began)
    name = "duly mail"
    yield Figure(name, "letter handed over to committed p99", percentile(taken, 0.99) * 1000, "ms", at_most=500)
    yield Figure(name, "letter handed over to committed p50", percentile(taken, 0.5) * 1000, "ms")
    yield Figure(name, "letter to its receipt p99", percentile(receipts, 0.99) * 1000, "ms", at_most=1000)


def _letter(number: int) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = f"c{number}@customer.example", BOX, f"发票问题 {number}"
    mail["Message-ID"] = f"<{number}@customer.example>"
    mail.set_content("上个月的发票一直开不出来。\n" * 20)
    return mail


async def _hand_over(mail: EmailMessage, door: int) -> None:
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=door, start_tls=False) as server:
        await server.sendmail(str(mail["From"]), [BOX], mail.as_bytes())


async def _until_open(door: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            async with aiosmtplib.SMTP(hostname="127.0.0.1", port=door, start_tls=False, timeout=2):
                return
        except (aiosmtplib.SMTPException, OSError):
            await asyncio.sleep(0.1)
    raise TimeoutError("the door for mail did not open")


def _receipt(mails: Sink, number: int) -> float:
    """When the sender's receipt came."""
    end, looked, to = time.monotonic() + PATIENCE, 0, f"To: c{number}@customer.example".encode()
    while time.monotonic() < end:
        while looked < len(mails.came):
            came, content = mails.came[looked]
            looked += 1
            if to in content:
                return came
        time.sleep(0.002)
    raise TimeoutError(f"no receipt came for letter {number}")
