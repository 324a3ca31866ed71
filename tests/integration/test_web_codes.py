"""Steps that ask for a one-time code: only its hash is kept, five tries, ten minutes."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import text

from engine.case import Case
from engine.events import Decided
from store.programs import Published, publish
from tests.web.site import PURCHASE, Site, decide, opened

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


def asked_for_code(site: Site) -> tuple[Case, TestClient, Response]:
    """A payment to release, with its page open and a code sent."""
    case = site.purchase()
    case = site.record(case, Decided(step="decide", by="wang.fang", answer="approve"), "yes-1")
    if case.steps["pay"].status != "open":
        case = site.record(case, Decided(step="decide", by="zhou.mingyuan", answer="approve"), "yes-2")
    browser = site.browser()
    page = opened(browser, site.link(case, "zhou.mingyuan"))
    decide(browser, page, "code")
    return case, browser, browser.get(str(page.url))


def paid(site: Site, case: Case) -> bool:
    return site.case(case.id).steps["pay"].outcome == "approved"


def test_the_right_code_decides(site: Site) -> None:
    case, browser, page = asked_for_code(site)
    decide(browser, page, "approve", code=site.post.codes[-1][1])
    assert paid(site, case)


@pytest.mark.parametrize("code", ["", "999999", "　"])
def test_without_the_right_code_nothing_is_decided(site: Site, code: str) -> None:
    case, browser, page = asked_for_code(site)
    answer = decide(browser, page, "approve", code=code)
    assert (answer.status_code, "验证码不对" in answer.text, paid(site, case)) == (422, True, False)


def test_after_five_wrong_tries_the_right_code_is_dead_too(site: Site) -> None:
    case, browser, page = asked_for_code(site)
    for number in range(5):
        page = decide(browser, page, "approve", code=f"99999{number}")
    answer = decide(browser, page, "approve", code=site.post.codes[-1][1])
    assert ("验证码已失效" in answer.text, paid(site, case)) == (True, False)


def test_after_ten_minutes_the_code_is_dead(site: Site) -> None:
    case, browser, page = asked_for_code(site)
    site.now += timedelta(minutes=10)
    answer = decide(browser, page, "approve", code=site.post.codes[-1][1])
    assert ("验证码已失效" in answer.text, paid(site, case)) == (True, False)


def test_a_new_code_kills_the_old_one_and_there_are_three_in_ten_minutes(site: Site) -> None:
    case, browser, page = asked_for_code(site)
    old = site.post.codes[-1][1]
    decide(browser, page, "code")
    decide(browser, page, "approve", code=old)
    assert not paid(site, case)
    assert [decide(browser, page, "code").status_code for _ in range(2)] == [303, 429]


def test_only_the_person_asked_gets_the_code_and_the_database_does_not_hold_it(site: Site) -> None:
    asked_for_code(site)
    person, code = site.post.codes[-1]
    with site.store.database.reading() as connection:
        rows = connection.execute(text("SELECT * FROM one_time")).all()
    assert person == "zhou.mingyuan"
    assert code not in repr(rows)


def test_codes_for_two_cases_asked_for_of_ones_own_accord_do_not_kill_each_other(site: Site) -> None:
    written = PURCHASE.read_text("utf-8").replace("title: 修改申请\n", "title: 修改申请\n    code: true\n")
    with site.store.database.writing() as connection:
        publish(connection, [Published("procedures/purchase.yaml", written)], "test", site.now)
    cases, browser = [site.purchase(), site.purchase()], site.staff("wang.fang")
    for case in cases:
        site.record(case, Decided(step="decide", by="zhou.mingyuan", answer="approve"), f"yes-{case.id}")
    pages = [browser.get(f"/d?ask={case.id}/fix") for case in cases]
    for page in pages:
        decide(browser, page, "code")
    first = site.post.codes[0][1]
    decide(browser, pages[1], "done", code=first)
    decide(browser, pages[0], "done", code=first)
    assert [site.case(case.id).steps["fix"].times for case in cases] == [1, 0]


def test_a_step_that_needs_no_code_sends_none(site: Site) -> None:
    browser = site.browser()
    page = opened(browser, site.link(site.purchase(), "wang.fang"))
    assert (decide(browser, page, "code").status_code, site.post.codes) == (400, [])
