"""A visitor: somebody with a browser of their own, and the mailbox of the demonstration."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

import httpx

PATIENCE: Final = 15.0
"""Seconds that a mail may take; far more than it should, so that a slow machine is no fault."""

_CASE: Final = re.compile(r"\b20\d\d-\d{4,}\b")


class _Hidden(HTMLParser):
    """The hidden inputs of the first form that has any."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.found.setdefault(given.get("name") or "", given.get("value") or "")


@dataclass
class Visitor:
    """One browser."""

    address: str
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.address, follow_redirects=True, timeout=30)

    def become(self, person: str) -> "Visitor":
        """Sign in as somebody of the sample company."""
        page = self.client.get("/demo")
        self.client.post("/demo/as", data={**hidden(page), "person": person}).raise_for_status()
        return self

    def open_case(self, procedure: str, fields: Mapping[str, str]) -> str:
        """Fill in a form as a person would. Gives the number on the receipt; empty if there is none."""
        page = self.client.get(f"/f/{procedure}")
        data = {**hidden(page), **{f"f.{name}": value for name, value in fields.items()}, "act": "send"}
        receipt = self.client.post(str(page.url), data=data)
        found = _CASE.search(receipt.text) if receipt.is_success else None
        return found[0] if found else ""

    def press(self, page: httpx.Response, act: str, fields: Mapping[str, str] | None = None) -> httpx.Response:
        """Press a button of a page."""
        values = {f"f.{name}": value for name, value in (fields or {}).items()}
        return self.client.post(str(page.url), data={**hidden(page), **values, "act": act})

    def mails(self, case: str) -> list[dict[str, Any]]:
        """Mails about a case, the oldest first."""
        found: list[dict[str, Any]] = self.client.get("/mailbox.json").json()
        return [mail for mail in reversed(found) if case in mail["subject"]]

    def write(self, sender: str, to: str, subject: str, text: str) -> bool:
        """Write a mail as somebody of the company or from outside; whether it was taken."""
        page = self.client.get("/mailbox/write")
        data = {**hidden(page), "sender": sender, "to": to, "subject": subject, "text": text}
        return self.client.post("/mailbox/write", data=data).is_success

    def wait_for_mail(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
        """Any mail, as soon as it has come; None if it does not."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for mail in self.client.get("/mailbox.json").json():
                if wanted(mail):
                    return dict(mail)
            time.sleep(0.1)
        return None

    def wait_for(self, case: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
        """A mail about a case, as soon as it has come; None if it does not."""
        return self.wait_for_mail(lambda mail: case in mail["subject"] and wanted(mail))


def hidden(page: httpx.Response) -> dict[str, str]:
    """The hidden inputs of a page."""
    parser = _Hidden()
    parser.feed(page.text)
    return parser.found


def link_in(mail: Mapping[str, Any]) -> str:
    """The link of a mail that leads to something to do; empty if there is none."""
    return next((str(one) for one in mail["links"] if "/d/" in one), "")
