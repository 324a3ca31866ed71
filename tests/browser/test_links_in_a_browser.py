"""Links in a real browser: a scanner that clicks everything decides nothing; a person on a phone decides."""

import pytest
from playwright.sync_api import Browser, Page

from engine.case import Case
from engine.events import Decided
from tests.web.site import TOKEN, Site

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)

PHONE = {"width": 390, "height": 844}


def payment(site: Site) -> Case:
    """A case at the step that asks for a one-time code."""
    case = site.purchase()
    for number, person in enumerate(("wang.fang", "zhou.mingyuan")):
        if site.case(case.id).steps["decide"].status == "open":
            case = site.record(case, Decided(step="decide", by=person, answer="approve"), f"yes-{number}")
    return case


def click_everything(page: Page, address: str) -> None:
    """What a mail scanner does: open, run scripts, follow every link, press every button."""
    page.goto(address)
    home = page.url
    for link in [one.get_attribute("href") for one in page.locator("a").all()]:
        page.goto(home)
        if link and link.startswith("/"):
            page.goto(address.partition("/d/")[0] + link)
    page.goto(home)
    for number in range(page.locator("button").count()):
        page.goto(home)
        closed = page.locator("details:not([open]) > summary")
        while closed.count():
            closed.first.click()
        if number < page.locator("button").count():
            with page.expect_navigation():
                page.locator("button").nth(number).evaluate("one => one.click()")


def test_a_scanner_that_clicks_every_button_decides_nothing(site: Site, address: str, browser: Browser) -> None:
    case = payment(site)
    before = site.case(case.id)
    click_everything(browser.new_page(), address + site.link(case, "zhou.mingyuan"))
    assert site.case(case.id) == before


def test_a_person_approves_on_a_phone_with_scripts_off(site: Site, address: str, browser: Browser) -> None:
    case = payment(site)
    phone = browser.new_context(viewport=PHONE, java_script_enabled=False, has_touch=True)  # type: ignore[arg-type]
    page = phone.new_page()
    page.goto(address + site.link(case, "zhou.mingyuan"))
    page.get_by_role("button", name="发送验证码").tap()
    page.get_by_text("验证码已另行发送").wait_for()
    assert site.post.arrived.wait(10)
    page.get_by_label("验证码").fill(site.post.codes[-1][1])
    page.get_by_role("button", name="同意", exact=False).first.tap()
    page.get_by_role("heading", name="您的意见已记录").wait_for()
    assert site.case(case.id).steps["pay"].outcome == "approved"


def test_the_enter_key_neither_decides_nor_deletes_a_row(site: Site, address: str, browser: Browser) -> None:
    case, page = payment(site), browser.new_page()
    page.goto(address + site.link(case, "zhou.mingyuan"))
    with page.expect_navigation():
        page.get_by_label("验证码").press("Enter")
    assert (site.case(case.id).steps["pay"].outcome, site.post.codes) == ("", [])
    page.goto(f"{address}/f/purchase")
    page.get_by_label("明细第1行名称").fill("墨盒")
    with page.expect_navigation():
        page.get_by_label("明细第1行名称").press("Enter")
    assert page.get_by_label("明细第1行名称").input_value() == "墨盒"


def test_the_token_leaves_the_address_bar_and_nothing_scrolls_sideways(
    site: Site, address: str, browser: Browser
) -> None:
    case = payment(site)
    page = browser.new_context(viewport={"width": 320, "height": 600}).new_page()
    page.goto(address + site.link(case, "zhou.mingyuan"))
    assert TOKEN not in page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_no_request_leaves_the_house(site: Site, address: str, browser: Browser) -> None:
    case, page, asked = payment(site), browser.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    for path in (site.link(case, "zhou.mingyuan"), "/f/purchase", "/signin", "/mailbox"):
        page.goto(address + path)
    assert asked
    assert not [one for one in asked if not one.startswith(address)]
