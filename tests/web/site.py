"""A site for tests: the real application on a real store, with a clock that stands still until it is moved."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Event
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

from engine import events
from engine.case import Case
from models.language.moments import parse_moment
from notifications.mailbox import Mailbox
from store.cases import Recording, Store, load_case, open_case, record
from store.links import keep_link
from store.programs import Published, publish
from store.sessions import begin_session
from web.app import create_app
from web.security.visits import SESSION
from web.services import Services, WebSettings

PURCHASE = Path(__file__).parent / "purchase.yaml"
START = parse_moment("2026-03-10 10:00")
FACTS = {"subject": "打印机", "amount": 1200, "kind": "hardware", "department": "cs", "secret": "底价九百元"}
TOKEN = "link-token-that-nobody-may-see-"  # noqa: S105 - of a test


@dataclass
class Postbox:
    """Keeps what would be sent."""

    codes: list[tuple[str, str]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    """For what each code was."""
    links: list[tuple[str, str]] = field(default_factory=list)
    arrived: Event = field(default_factory=Event)
    """A code has been sent."""

    def send_code(self, person: str, code: str, title: str, expires_at: datetime) -> None:  # noqa: ARG002
        self.codes.append((person, code))
        self.titles.append(title)
        self.arrived.set()

    def send_sign_in_link(self, person: str, address: str, expires_at: datetime) -> None:  # noqa: ARG002
        self.links.append((person, address))


@dataclass
class Site:
    """The application with everything around it."""

    store: Store
    folder: Path
    now: datetime = START
    post: Postbox = field(default_factory=Postbox)
    settings: Mapping[str, Any] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        with self.store.database.writing() as connection:
            page = Published("procedures/purchase.yaml", PURCHASE.read_text("utf-8"))
            publish(connection, [page], "test", START)
        settings = WebSettings(attachments=self.folder, **{"demo": True, **self.settings})
        self.services = Services(
            store=self.store, clock=lambda: self.now, wall=lambda: self.now, settings=settings, secret=b"s" * 32,
            new_token=lambda: f"token{next(self.numbers)}", new_code=lambda: f"{next(self.numbers):06d}",
            post=self.post, mailbox=Mailbox(self.folder / "mailbox"),
        )  # fmt: skip
        self.app = create_app(self.services)

    def browser(self) -> TestClient:
        """A browser of its own, with cookies of its own."""
        return TestClient(self.app, follow_redirects=False)

    def staff(self, person: str) -> TestClient:
        """A browser in which somebody has signed in."""
        browser, token = self.browser(), f"session-of-{person}-{next(self.numbers)}"
        with self.store.database.writing() as connection:
            begin_session(connection, token, person, self.now, self.now + timedelta(hours=12))
        browser.cookies.set(SESSION, token)
        return browser

    def purchase(self, **facts: Any) -> Case:
        """An open purchase."""
        opened = events.Opened(case="", by="zhao.lei", facts={**FACTS, **facts})
        found = open_case(self.store, "purchase", opened, f"form-{next(self.numbers)}", self.now).state
        assert found is not None
        return found

    def record(self, case: Case, event: events.Event, event_id: str) -> Case:
        found = record(self.store, Recording(case.id, event, event_id), self.now).state
        assert found is not None
        return found

    def case(self, case_id: str) -> Case:
        with self.store.database.reading() as connection:
            return load_case(connection, self.store, case_id)[0]

    def link(self, case: Case, person: str, hours: int = 72) -> str:
        """Send a person the link of their assignment; gives its address."""
        one = next(one for one in self.case(case.id).assignments.values() if one.person == person)
        token = f"{TOKEN}{case.id}-{one.id}".replace("/", "-")
        with self.store.database.writing() as connection:
            keep_link(connection, token, f"{case.id}/{one.id}", self.now, self.now + timedelta(hours=hours))
        return f"/d/{token}"


def opened(browser: TestClient, link: str) -> Response:
    """The page that a link leads to."""
    first = browser.get(link)
    assert first.status_code == 303, first.text
    page: Response = browser.get(first.headers["location"])
    return page


def hidden(page: Response) -> dict[str, str]:
    """The seal of the form on a page."""
    assert 'name="nonce"' in page.text, page.text
    return dict(re.findall(r'type="hidden" name="(nonce|mark)" value="([^"]*)"', page.text)[:2])


def decide(browser: TestClient, page: Response, act: str, **values: str) -> Response:
    """Press a button of a page opened by a link."""
    answer: Response = browser.post(str(page.url), data={**hidden(page), "act": act, **values})
    return answer
