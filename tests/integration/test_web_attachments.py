"""Attachments: checked, kept once by their hash, given back only as a file to save, only to whom the case concerns."""

import hashlib
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from tests.integration.test_web_forms import FILLED
from tests.web.site import Site, decide, hidden, opened

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)

PDF = b"%PDF-1.7 a quotation"
SHA256 = hashlib.sha256(PDF).hexdigest()


def upload(browser: TestClient, name: str, content: bytes, **changes: str) -> Response:
    form = {**hidden(browser.get("/f/purchase")), **FILLED, "f.buyer": "", "act": "send", **changes}
    answer: Response = browser.post("/f/purchase", data=form, files={"f.quote": (name, content, "text/html")})
    return answer


def test_a_file_is_kept_under_its_hash_and_downloaded_never_shown(site: Site) -> None:
    browser = site.staff("zhao.lei")
    upload(browser, "报价单 <b>.pdf", PDF)
    assert (site.folder / SHA256[:2] / SHA256).read_bytes() == PDF
    answer = browser.get(f"/cases/2026-0001/files/{SHA256}")
    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_it_is_of_no_concern_to_others(site: Site) -> None:
    upload(site.staff("zhao.lei"), "q.pdf", PDF)
    assert site.staff("yao.yuan").get(f"/cases/2026-0001/files/{SHA256}").status_code == 404
    assert site.browser().get(f"/cases/2026-0001/files/{SHA256}").status_code == 401


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("virus.exe", b"MZ...", "不接受“.exe”文件"),
        ("page.html", b"<html>", "不接受“.html”文件"),
        ("picture.svg", b"<svg>", "不接受“.svg”文件"),
        ("renamed.pdf", b"MZ\x90", "可执行程序"),
        ("picture.pdf", b"\x89PNG", "与扩展名“.pdf”不符"),
        ("empty.pdf", b"", "文件是空的"),
        ("noname", b"%PDF-", "无扩展名"),
    ],
)
def test_what_is_not_accepted_says_why(site: Site, name: str, content: bytes, says: str) -> None:
    answer = upload(site.browser(), name, content)
    assert (answer.status_code, says in answer.text) == (422, True)
    assert not [path for path in site.folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "..\\..\\boot.pdf", "a\u202efdp.pdf", "x" * 300 + ".pdf"])
def test_a_name_cannot_lead_anywhere(site: Site, name: str) -> None:
    assert upload(site.staff("zhao.lei"), name, PDF).status_code == 303
    kept = site.case("2026-0001").facts["quote"].rpartition("/")[2]
    assert kept.endswith(".pdf")
    assert len(kept) <= 120
    assert "\u202e" not in kept


def test_a_file_need_not_be_chosen_again_after_a_mistake(site: Site) -> None:
    browser = site.staff("zhao.lei")
    wrong = upload(browser, "q.pdf", PDF, **{"f.amount": "many"})
    assert "已上传：q.pdf" in wrong.text
    kept = wrong.text.partition('name="f.quote.kept" value="')[2].partition('"')[0]
    form = {**hidden(wrong), **FILLED, "f.buyer": "", "f.quote.kept": kept, "act": "send"}
    browser.post("/f/purchase", data=form)
    assert SHA256 in site.case("2026-0001").facts["quote"]


def test_nobody_can_claim_a_file_that_somebody_else_sent(site: Site) -> None:
    upload(site.staff("zhao.lei"), "q.pdf", PDF)
    browser = site.browser()
    claim = {"f.quote": f"sha256:{SHA256}/20/q.pdf", "f.quote.kept": f"sha256:{SHA256}/20/q.pdf"}
    form = {**hidden(browser.get("/f/purchase")), **FILLED, "f.buyer": "", "act": "send", **claim}
    assert browser.post("/f/purchase", data=form).status_code == 303
    assert "quote" not in site.case("2026-0002").facts


def test_an_approver_attaches_a_file_and_its_hash_goes_on_record(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    data = {**hidden(page), "act": "reject", "reason": "见附件"}
    browser.post(str(page.url), data=data, files={"f.attachment": ("why.pdf", PDF)})
    assert SHA256 in site.case(case.id).steps["decide"].reason
    assert site.staff("wang.fang").get(f"/cases/{case.id}/files/{SHA256}").content == PDF


def test_a_comment_may_be_a_file_alone(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    answer = browser.post(str(page.url), data={**hidden(page), "act": "note"}, files={"f.attachment": ("why.pdf", PDF)})
    assert answer.status_code == 303, answer.text
    assert browser.get(f"/d/file/{SHA256}?{str(page.url).partition('?')[2]}").content == PDF
    assert decide(browser, page, "approve").status_code == 303


def test_a_stranger_cannot_fill_the_disk_with_forms_that_are_never_handed_in(site: Site) -> None:
    browser, large = site.browser(), b"%PDF-1.7 " + b"0" * (19 * 1024 * 1024)
    answers = []
    for _ in range(12):
        answers.append(upload(browser, "q.pdf", large, **{"f.amount": "many"}).status_code)
        site.now += timedelta(seconds=10)

    assert answers == [422] * 10 + [429] * 2
    assert upload(site.staff("zhao.lei"), "q.pdf", large).status_code == 303
