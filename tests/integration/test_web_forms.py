"""Forms: made from the fields of a procedure; nothing typed is lost, nothing is opened twice, floods are stopped."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import func, select

from models.tables import CaseRow
from tests.web.site import Site, hidden
from web.forms.page import TRAP

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)

FILLED = {
    "f.subject": "打印机", "f.why": "旧机\r\n损坏", "f.amount": "1,200.5", "f.urgent": "yes", "f.kind": "hardware",
    "f.needed_at": "2026-03-12T09:30", "f.found_at": "2026-03-10T08:00", "f.buyer": "zhao.lei", "f.department": "cs",
    "f.secret": "", "f.items.rows": "2", "f.items.0.name": "墨盒", "f.items.0.count": "3", "f.items.1.name": "",
}  # fmt: skip


def send(browser: TestClient, act: str = "send", procedure: str = "purchase", **changes: str) -> Response:
    page = browser.get(f"/f/{procedure}")
    data = {**hidden(page), **FILLED, "act": act, **{f"f.{key}": value for key, value in changes.items()}}
    answer: Response = browser.post(f"/f/{procedure}", data=data)
    return answer


def cases(site: Site) -> int:
    with site.store.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(CaseRow)).scalar_one())


def test_every_kind_of_field_arrives_as_what_it_is(site: Site) -> None:
    answer = send(site.staff("zhao.lei"))
    assert answer.status_code == 303, answer.text
    facts = site.case("2026-0001").facts
    assert {**facts,"needed_at": str(facts["needed_at"]), "found_at": None} == {
        "subject": "打印机", "why": "旧机\n损坏", "amount": 1200.5, "urgent": True, "kind": "hardware",
        "needed_at": "2026-03-12 09:30:00+08:00", "found_at": None, "buyer": "zhao.lei", "department": "cs",
        "items": [{"name": "墨盒", "count": 3}],
    }  # fmt: skip


def test_the_receipt_shows_the_number_and_the_deadlines_that_run(site: Site) -> None:
    browser = site.browser()
    page = browser.get(send(browser, buyer="赵蕾").headers["location"])
    assert "2026-0001" in page.text
    assert "2026-03-10 14:00" in page.text
    assert "这个时间是怎么算出来的" in page.text


def test_the_receipt_is_for_the_browser_that_sent_the_form(site: Site) -> None:
    address = send(site.browser(), buyer="赵蕾").headers["location"]
    assert site.browser().get(address).status_code == 404
    assert site.staff("yao.yuan").get(address).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("subject", "", "请填写此项"),
        ("subject", "超" * 21, "请精简 1 字"),
        ("why", "不明", "请写明实际掌握的情况"),
        ("amount", "很多", "请填写数字"),
        ("amount", "0", "不能小于 1"),
        ("amount", "nan", "请填写数字"),
        ("kind", "weapon", "请从列表中选择一项"),
        ("kind", "", "请选择一项"),
        ("needed_at", "明天", "请填写完整的日期和时间"),
        ("found_at", "2026-03-10T10:01", "不能晚于现在"),
        ("buyer", "查无此人", "查不到这位人员"),
        ("department", "moon", "请从列表中选择部门"),
        ("items.0.count", "0", "不能小于 1"),
        ("urgent", "maybe", "请选择“是”或“否”"),
        ("subject", "a\x00b", "控制字符"),
    ],
)
def test_a_mistake_is_explained_and_everything_typed_is_kept(site: Site, field: str, typed: str, says: str) -> None:
    answer = send(site.browser(), **{field: typed})
    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="墨盒"' in answer.text
    assert cases(site) == 0


def test_rows_are_added_and_removed_without_a_script(site: Site) -> None:
    browser = site.browser()
    more = send(browser, "add:f.items")
    assert 'name="f.items.2.name"' in more.text
    fewer = send(browser, "remove:f.items:0")
    assert 'value="墨盒"' not in fewer.text
    assert 'value="打印机"' in fewer.text
    assert cases(site) == 0


def test_two_clicks_open_one_case(site: Site) -> None:
    browser = site.browser()
    form = {**hidden(browser.get("/f/purchase")), **FILLED, "f.buyer": "", "act": "send"}
    answers = [browser.post("/f/purchase", data=form).status_code for _ in range(3)]
    assert (answers, cases(site)) == ([303] * 3, 1)


def test_a_form_without_its_seal_opens_nothing(site: Site) -> None:
    answer = site.browser().post("/f/purchase", data={**FILLED, "act": "send"})
    assert (answer.status_code, cases(site)) == (403, 0)


def test_a_flood_from_one_address_is_stopped_and_ebbs_with_time(site: Site) -> None:
    browser = site.browser()
    answers = [send(browser, buyer="").status_code for _ in range(12)]
    assert answers == [303] * 10 + [429] * 2
    site.now += timedelta(minutes=1)
    assert send(browser, buyer="").status_code == 303


def test_a_program_that_fills_in_everything_is_turned_away(site: Site) -> None:
    browser = site.browser()
    form = {**hidden(browser.get("/f/purchase")), **FILLED, "f.buyer": "", "act": "send", TRAP: "http://spam.example"}
    answer = browser.post("/f/purchase", data=form)
    assert (answer.status_code, cases(site)) == (422, 0)


def test_strangers_are_not_shown_who_works_here(site: Site) -> None:
    assert "王芳" not in site.browser().get("/f/purchase").text
    assert "王芳" in site.staff("zhao.lei").get("/f/purchase").text


def test_the_public_complaint_form_works(site: Site) -> None:
    browser = site.browser()
    form = {
        **hidden(browser.get("/f/complaint-handling")), "act": "send", "f.customer": "张三", "f.channel": "web",
        "f.received_at": "2026-03-10T09:50", "f.subject": "延误",
    }  # fmt: skip
    answer = browser.post("/f/complaint-handling", data=form)
    assert answer.status_code == 303, answer.text
    assert site.case("2026-0001").channel == "public_form"
