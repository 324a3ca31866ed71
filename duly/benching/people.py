"""People: how long they wait, with everything running: for a page, for the next mail, for the first mail of a form."""

import email
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.policy import default
from pathlib import Path
from typing import Final

import httpx

from duly.benching.figures import Figure, percentile
from duly.benching.stage import PATIENCE, Sink, Stage, free_port, memory_of, sink
from duly.touring.visitor import hidden
from models.language.moments import CHINA

_CASE: Final = re.compile(r"\b20\d\d-\d{4,}\b")
_LINK: Final = re.compile(r"http://\S+/d/\S+")


def people(folder: Path, count: int) -> Iterator[Figure]:
    """`duly up` with everything, and somebody who fills in forms and clicks links, `count` times."""
    name = "duly up"
    with sink() as mails:
        stage = Stage(folder, mails.port, free_port())
        with stage.process("up", environment=stage.environment(DULY_PREFECT__ENABLED="false")):
            _wait(stage)  # an installation that has been started once is warm
        began = time.monotonic()
        with stage.process("up", environment=stage.environment()) as running:
            _wait(stage)
            yield Figure(name, "first page after", time.monotonic() - began, "s", at_most=3)
            time.sleep(15)  # Prefect takes its time, and is a part of what people wait beside
            yield from _clicks(stage, mails, count)
            yield Figure(name, "memory of all processes", memory_of(running.pid), "MB", at_most=800)


def _wait(stage: Stage) -> None:
    end = time.monotonic() + PATIENCE
    while not stage.answers():
        if time.monotonic() > end:
            raise TimeoutError(f"the pages did not answer; see {stage.folder / 'bench.log'}")
        time.sleep(0.02)


def _clicks(stage: Stage, mails: Sink, count: int) -> Iterator[Figure]:
    forms, pages, nexts = list[float](), list[float](), list[float]()
    with httpx.Client(base_url=stage.address, follow_redirects=True, timeout=30) as browser:
        for _ in range(count):
            received = f"{datetime.now(CHINA) - timedelta(minutes=5):%Y-%m-%dT%H:%M}"
            form = browser.get("/f/complaint-handling")
            answers = {"customer": "某客户", "channel": "phone", "received_at": received, "subject": "资费"}
            data = {**hidden(form), **{f"f.{key}": value for key, value in answers.items()}, "act": "send"}
            sent = time.monotonic()
            receipt = browser.post("/f/complaint-handling", data=data)
            case = _CASE.findall(receipt.text)[0]
            came, link = _mail(mails, case, "请办理：发出处理通知")
            forms.append(came - sent)
            took, clicked = _click(link)
            pages.append(took)
            nexts.append(_mail(mails, case, "联系客户")[0] - clicked)
    name = "duly up"
    yield Figure(name, "click to answered page p99", percentile(pages, 0.99) * 1000, "ms", at_most=100)
    yield Figure(name, "click to answered page p50", percentile(pages, 0.5) * 1000, "ms")
    yield Figure(name, "click to next mail p99", percentile(nexts, 0.99) * 1000, "ms", at_most=500)
    yield Figure(name, "form to first mail p99", percentile(forms, 0.99) * 1000, "ms", at_most=500)
    yield Figure(name, "form to first mail p50", percentile(forms, 0.5) * 1000, "ms")


def _click(link: str) -> tuple[float, float]:
    """Press the button behind a link. Gives how long the answer took, and when it was pressed."""
    with httpx.Client(timeout=30) as phone:
        page = phone.get(link, follow_redirects=True)
        data = {**hidden(page), "act": "done", "f.department": "delivery"}
        pressed = time.monotonic()
        phone.post(str(page.url), data=data)
        return time.monotonic() - pressed, pressed


def _mail(mails: Sink, case: str, words: str) -> tuple[float, str]:
    """When a mail about a case came, and its link."""
    end, looked = time.monotonic() + PATIENCE, 0
    while time.monotonic() < end:
        while looked < len(mails.came):
            came, content = mails.came[looked]
            looked += 1
            mail = email.message_from_bytes(content, policy=default)
            if case in str(mail["Subject"]) and words in str(mail["Subject"]):
                body = mail.get_body(("plain",))
                link = _LINK.search(str(body.get_content()) if body else "")
                return came, link[0] if link else ""
        time.sleep(0.002)
    raise TimeoutError(f"no mail `{words}` about {case} came")
