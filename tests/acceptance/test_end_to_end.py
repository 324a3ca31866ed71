"""The whole of it, started as an operator would: form, mail, link, decision, missed deadline, ladder, machine, end."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from sqlalchemy import create_engine, make_url, text

from duly.touring.visitor import hidden
from models.language.moments import CHINA
from tests.acceptance.running import Installation, Letters, installed, link_in, mail_server, text_of, until
from tests.integration.conftest import postgres

__all__ = ["postgres"]


class _Page(BaseHTTPRequestHandler):
    """The page that the machine looks at."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"approved")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def page() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["sqlite", "postgresql"])
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Installation, Letters]]:
    settings = {}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        admin = create_engine(server, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE end_to_end"))
        admin.dispose()
        url = make_url(server).set(database="end_to_end")
        settings["DULY_DATABASE_URL"] = url.render_as_string(hide_password=False)
    with mail_server() as (letters, port), installed(tmp_path, port, **settings) as installation:
        installation.start()
        yield installation, letters


def sign_in(browser: httpx.Client, letters: Letters, person: str) -> None:
    """Sign in by the link that is mailed."""
    page = browser.get("/signin")
    browser.post("/signin", data={**hidden(page), "email": f"{person}@mingchuan.example", "act": "link"})
    page = browser.get(link_in(letters.wait_for(person, "登录链接")))
    assert browser.post("/signin/link", data=hidden(page)).url.path == "/mine"


def press(link: str, act: str) -> httpx.Response:
    """Open the link of a mail on a phone of its own, and press a button."""
    with httpx.Client(follow_redirects=True, timeout=30) as phone:
        page = phone.get(link)
        return phone.post(str(page.url), data={**hidden(page), "act": act})


def test_a_case_from_its_form_to_its_end(running: tuple[Installation, Letters], page: str) -> None:
    installation, letters = running
    # Typed in two hours late: its hour has passed, and the ladder climbs at once.
    received = (datetime.now(CHINA) - timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    with httpx.Client(base_url=installation.address, follow_redirects=True, timeout=30) as browser:
        sign_in(browser, letters, "pan.ting")
        answers = {"f.received_at": received, "f.url": page, "act": "send"}
        receipt = browser.post("/f/probe", data={**hidden(browser.get("/f/probe")), **answers})
    number = re.search(r"2\d{3}-\d{4}", receipt.text)
    assert number, receipt.text
    case = number[0]
    assert letters.wait_for("wang.fang", "逾期升级（L1）")
    assert letters.wait_for("shen.hui", "逾期升级（L2）")

    asked = letters.wait_for("zhao.lei", "请办理：登记")
    assert "7-4.2.2" in text_of(asked)
    assert press(link_in(asked), "done").status_code == 200
    assert press(link_in(letters.wait_for("wang.fang", "请审批：批准")), "approve").status_code == 200

    # The machine's work is done in Prefect, and its run ends with the case.
    until(lambda: _state(installation, case) == ("COMPLETED", "checked"))
    shown = json.loads(installation.command("case", case, "--format", "json").stdout)
    assert (shown["status"], shown["outcome"]) == ("closed", "checked")
    verified = installation.command("ledger", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr

    ids = [str(mail["Message-ID"]) for mail in letters.mails]
    assert len(ids) == len(set(ids))
    assert installation.stop() == 0
    assert link_in(asked).rpartition("/")[2] not in installation.log()


def _state(installation: Installation, case: str) -> tuple[str, str] | None:
    try:
        runs = httpx.post(f"{installation.prefect}/flow_runs/filter", json={}, timeout=5).json()
    except httpx.HTTPError:
        return None
    return next(((run["state"]["type"], run["state"]["name"]) for run in runs if run["name"] == case), None)
