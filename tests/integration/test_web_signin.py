"""Sign-in: by a link that a click uses up, or a password; nobody learns who works here; guesses are limited."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import text

from store.credentials import keep_password_hash
from tests.web.site import Site, hidden
from web.security.visits import BY_LINK
from web.signin.passwords import hash_password

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)

EMAIL = "wang.fang@mingchuan.example"
PASSWORD = "六个 字的 句子 很 好记"  # noqa: S105 - of a test


def attempt(browser: TestClient, act: str, email: str = EMAIL, password: str = "") -> Response:
    data = {**hidden(browser.get("/signin")), "act": act, "email": email, "password": password}
    answer: Response = browser.post("/signin", data=data)
    return answer


def with_password(site: Site) -> None:
    with site.store.database.writing() as connection:
        keep_password_hash(connection, "wang.fang", hash_password(PASSWORD), site.now)


def test_a_password_signs_in_and_out(site: Site) -> None:
    with_password(site)
    browser = site.browser()
    assert attempt(browser, "password", password=PASSWORD).headers["location"] == "/mine"
    assert browser.get("/mine").status_code == 200
    browser.post("/signout")
    assert browser.get("/mine").status_code == 401


def test_a_link_signs_in_once_and_only_by_a_click(site: Site) -> None:
    browser = site.browser()
    attempt(browser, "link")
    person, address = site.post.links[0]
    path = address.removeprefix(site.services.settings.address)
    page = browser.get(path)
    assert (person, browser.get("/mine").status_code) == ("wang.fang", 401)
    ticket = page.text.partition('name="ticket" value="')[2].partition('"')[0]
    form = {**hidden(page), "ticket": ticket}
    assert browser.post("/signin/link", data=form).headers["location"] == "/mine"
    again = site.browser()
    page = again.get(path)
    ticket = page.text.partition('name="ticket" value="')[2].partition('"')[0]
    assert again.post("/signin/link", data={**hidden(page), "ticket": ticket}).status_code == 410


def test_a_link_expires(site: Site) -> None:
    browser = site.browser()
    attempt(browser, "link")
    path = site.post.links[0][1].removeprefix(site.services.settings.address)
    site.now += timedelta(minutes=15)
    page = browser.get(path)
    ticket = page.text.partition('name="ticket" value="')[2].partition('"')[0]
    assert browser.post("/signin/link", data={**hidden(page), "ticket": ticket}).status_code == 410


@pytest.mark.parametrize("act", ["link", "password"])
def test_the_answer_does_not_tell_who_works_here(site: Site, act: str) -> None:
    known, unknown = (attempt(site.browser(), act, email, "wrong") for email in (EMAIL, "nobody@mingchuan.example"))
    plain = [
        answer.text.replace(hidden(answer)["nonce"], "").replace(hidden(answer)["mark"], "")
        for answer in (known, unknown)
    ]
    assert plain[0] == plain[1]
    assert known.status_code == unknown.status_code


def test_guesses_are_limited(site: Site) -> None:
    with_password(site)
    browser = site.browser()
    answers = [attempt(browser, "password", password=EMAIL).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_a_session_ends_by_itself_and_is_kept_only_as_a_hash(site: Site) -> None:
    browser = site.staff("wang.fang")
    with site.store.database.reading() as connection:
        assert "session-of" not in repr(connection.execute(text("SELECT * FROM sessions")).all())
    site.now += timedelta(hours=12)
    assert browser.get("/mine").status_code == 401


def test_a_new_password_must_be_long_and_ends_other_sessions(site: Site) -> None:
    browser, other = site.staff("wang.fang"), site.browser()
    with_password(site)
    attempt(other, "password", password=PASSWORD)
    short = {**hidden(browser.get("/account")), "old": PASSWORD, "new": "short", "again": "short"}
    assert "至少 12 位" in browser.post("/account", data=short).text
    new = {
        **hidden(browser.get("/account")),
        "old": PASSWORD,
        "new": "another long sentence",
        "again": "another long sentence",
    }
    assert browser.post("/account", data=new).status_code == 303
    assert [browser.get("/mine").status_code, other.get("/mine").status_code] == [200, 401]


def test_somebody_who_has_left_is_signed_in_no_more(site: Site) -> None:
    browser = site.staff("dong.jie")
    site.now += timedelta(hours=1)
    assert browser.get("/mine").status_code == 200
    with site.store.database.writing() as connection:
        connection.execute(text("UPDATE sessions SET person = 'nobody.known'"))
    assert browser.get("/mine").status_code == 401


def test_whoever_finds_a_browser_signed_in_cannot_guess_the_password(site: Site) -> None:
    with_password(site)
    browser = site.staff("wang.fang")
    wrong = {"old": "guess", "new": "another long sentence", "again": "another long sentence"}
    answers = [browser.post("/account", data=hidden(browser.get("/account")) | wrong).status_code for _ in range(16)]
    assert answers == [422] * 15 + [429]


def by_link(site: Site, email: str = EMAIL) -> TestClient:
    """A browser in which somebody has signed in by a mailed link."""
    browser = site.browser()
    attempt(browser, "link", email)
    page = browser.get(site.post.links[-1][1].removeprefix(site.services.settings.address))
    ticket = page.text.partition('name="ticket" value="')[2].partition('"')[0]
    browser.post("/signin/link", data={**hidden(page), "ticket": ticket})
    return browser


@pytest.mark.parametrize(("minutes", "status"), [(14, 303), (15, 422)])
def test_a_forgotten_password_is_replaced_right_after_signing_in_by_a_link(
    site: Site, minutes: int, status: int
) -> None:
    with_password(site)
    browser = by_link(site)
    site.now += timedelta(minutes=minutes)
    new = {"new": "another long sentence", "again": "another long sentence"}
    assert browser.post("/account", data=hidden(browser.get("/account")) | new).status_code == status


def test_the_link_of_one_person_replaces_no_password_of_another(site: Site) -> None:
    with_password(site)
    browser, theirs = site.staff("wang.fang"), by_link(site, "zhao.lei@mingchuan.example")
    assert theirs.get("/mine").status_code == 200
    browser.cookies.set(BY_LINK, theirs.cookies[BY_LINK])
    new = {"new": "another long sentence", "again": "another long sentence"}
    assert browser.post("/account", data=hidden(browser.get("/account")) | new).status_code == 422
