"""Guards of every page: headers, seals of forms, sizes, and logs without tokens."""

import hashlib
import logging

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from tests.web.site import Site, hidden, opened
from web.logs import WithoutTokens

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


def test_every_answer_carries_the_headers(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    link = site.link(case, "wang.fang")
    addresses = [
        link,
        str(opened(browser, link).url),
        "/d/unknown",
        "/f",
        "/f/purchase",
        "/nowhere",
        "/mine",
        "/health",
    ]
    for address in addresses:
        headers = browser.get(address).headers
        assert headers["referrer-policy"] == "no-referrer", address
        assert headers["cache-control"] == "no-store", address
        assert headers["x-frame-options"] == "DENY", address
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';"), address
        assert "form-action 'self'" in headers["content-security-policy"], address


def test_no_page_asks_another_site_for_anything(site: Site) -> None:
    case, browser = site.purchase(), site.staff("wang.fang")
    for address in (
        "/mine",
        "/cases",
        f"/cases/{case.id}",
        "/f/purchase",
        "/account",
        "/signin",
        "/mailbox",
        "/style.css",
    ):
        found = browser.get(address).text
        assert "http://" not in found, address
        assert "https://" not in found, address
        assert "<script" not in found, address


@pytest.mark.parametrize("change", ["nonce", "mark", "none", "other page"])
def test_a_forged_form_decides_nothing(site: Site, change: str) -> None:
    case, other, browser = site.purchase(), site.purchase(why="另一件"), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    form = hidden(page)
    if change == "none":
        form = {}
    elif change == "other page":
        form = hidden(opened(browser, site.link(other, "wang.fang")))
    else:
        form[change] += "x"
    answer = browser.post(str(page.url), data={**form, "act": "approve"})
    assert (answer.status_code, site.case(case.id).steps["decide"].outcome) == (403, "")


def test_a_form_that_another_site_sends_is_refused(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = browser.post(str(page.url), data={**hidden(page), "act": "approve"}, headers=headers)
    assert answer.status_code == 403


def test_a_seal_is_of_no_use_in_another_browser(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    answer = site.browser().post(str(page.url), data={**hidden(page), "act": "approve"})
    assert answer.status_code == 410


def test_a_body_that_is_too_large_is_refused(site: Site) -> None:
    small = Site(site.store, site.folder, settings={"largest_file": 1000})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = small.browser().post("/f/purchase", content=b"x" * 3_000_000, headers=headers)
    assert answer.status_code == 413


def test_of_whom_nothing_is_asked_no_file_is_read(site: Site) -> None:
    small = Site(site.store, site.folder, settings={"largest_file": 1000})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert small.browser().post("/d?link=x", content=b"x" * 3_000_000, headers=headers).status_code == 410


@pytest.mark.parametrize("address", ["/signin", "/signin/link", "/account", "/demo/as"])
def test_a_form_without_files_may_not_be_as_large_as_one_with_them(site: Site, address: str) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = site.staff("wang.fang").post(address, content=b"x" * 3_000_000, headers=headers)
    assert answer.status_code == 413


def test_a_page_that_breaks_says_so_without_facts_and_with_the_headers(site: Site) -> None:
    with site.store.database.writing() as connection:
        connection.execute(text("DROP TABLE sessions"))
    browser = TestClient(site.app, raise_server_exceptions=False, cookies={"duly_session": "x"})
    answer = browser.get("/mine")
    assert (answer.status_code, "系统出错" in answer.text, "sessions" in answer.text) == (500, True, False)
    assert answer.headers["cache-control"] == "no-store"


def test_half_a_character_in_a_form_is_refused(site: Site) -> None:
    browser = site.browser()
    part = b'--x\r\nContent-Disposition: form-data; name="nonce"\r\n\r\n+2AA-\r\n--x--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x; charset=utf-7"}
    browser.get("/f/purchase")
    assert browser.post("/f/purchase", content=part, headers=headers).status_code == 400


def test_a_page_that_breaks_logs_none_of_what_it_was_about(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    with site.store.database.writing() as connection:
        connection.execute(text("ALTER TABLE sessions RENAME COLUMN person TO somebody"))
    browser = TestClient(site.app, raise_server_exceptions=False, cookies={"duly_session": "x"})
    assert browser.get("/mine").status_code == 500
    assert ("sessions" in caplog.text, hashlib.sha256(b"x").hexdigest() in caplog.text) == (True, False)


def test_the_server_logs_no_token(site: Site) -> None:
    record = logging.LogRecord("uvicorn.access", 20, "", 0, '%s - "%s %s HTTP/%s" %d', (), None)
    record.args = ("1.2.3.4", "GET", "/d/secret-token", "1.1", 303)
    WithoutTokens().filter(record)
    assert record.getMessage() == '1.2.3.4 - "GET /d/… HTTP/1.1" 303'
