"""Work that asks real servers: requests, comparing, reading back, heartbeats."""

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tasks.checks import HeartbeatInputs, HeartbeatOutputs, check_heartbeat
from tasks.pages import PageInputs, PageOutputs, compare_page
from tasks.reach import Reach
from tasks.reading_back import ReadBackInputs, ReadBackOutputs, read_back_page
from tasks.registered import Inputs, WorkFailed
from tasks.requests import RequestInputs, RequestOutputs, http_request
from tests.integration.tasks.sites import NOW, Site, done, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def asked(site: Site, folder: Path, path: str = "/", **inputs: Any) -> RequestOutputs:
    given = RequestInputs.model_validate({"url": site.url(path), **inputs})
    return done(lambda tools: http_request(given, tools), folder)


def test_a_request_sends_its_body_and_gives_the_answer(site: Site, tmp_path: Path) -> None:
    site.says("/hook", "好".encode(), 201)

    answer = asked(site, tmp_path, "/hook", method="POST", body={"case": "2026-0001"})

    assert answer == RequestOutputs(status=201, text="好")
    assert [(one[0], json.loads(one[3])) for one in site.asked] == [("POST", {"case": "2026-0001"})]


def test_a_request_keeps_no_more_of_an_answer_than_it_says(site: Site, tmp_path: Path) -> None:
    site.never_ends("/")

    assert len(asked(site, tmp_path).text) == 100_000


@pytest.mark.parametrize(
    "url", ["http://user:secret@site.example/", "ftp://site.example/", "file:///etc/passwd", "官网", "http://", ""]
)
@pytest.mark.parametrize("kind", [RequestInputs, PageInputs])
def test_an_address_must_be_one_and_hold_no_password(url: str, kind: type[Inputs]) -> None:
    with pytest.raises(ValidationError) as raised:
        kind.model_validate({"url": url})

    assert "secret" not in str(raised.value)


def compared(site: Site, folder: Path, path: str = "/", **expected: str | None) -> PageOutputs:
    given = PageInputs.model_validate({"url": site.url(path), **expected})
    return done(lambda tools: compare_page(given, tools), folder)


def test_a_page_is_the_approved_one_if_its_hash_is(site: Site, tmp_path: Path) -> None:
    site.says("/", b"approved")
    approved = hashlib.sha256(b"approved").hexdigest()

    assert compared(site, tmp_path, expected=f" {approved.upper()}\n") == PageOutputs(
        found=approved, same=True, altered=False, seen_at=NOW
    )


def test_a_page_that_differs_in_one_byte_is_altered(site: Site, tmp_path: Path) -> None:
    site.says("/", b"approved!")

    found = compared(site, tmp_path, expected=hashlib.sha256(b"approved").hexdigest())

    assert (found.same, found.altered) == (False, True)


def test_without_an_approved_hash_a_page_is_only_fetched(site: Site, tmp_path: Path) -> None:
    site.says("/", b"any")

    assert compared(site, tmp_path).same


def test_a_hash_that_nobody_filled_in_approves_nothing(site: Site, tmp_path: Path) -> None:
    site.says("/", b"any")

    with pytest.raises(WorkFailed, match="no approved SHA-256"):
        compared(site, tmp_path, expected=None)


@pytest.mark.parametrize("expected", ["", "AAA1", "g" * 64])
def test_what_is_no_hash_is_refused(expected: str) -> None:
    with pytest.raises(ValidationError, match="expected"):
        PageInputs.model_validate({"url": "http://site.example/", "expected": expected})


def test_a_page_without_end_is_not_compared(site: Site, tmp_path: Path) -> None:
    site.never_ends("/")

    with pytest.raises(WorkFailed, match="larger than"):
        compared(site, tmp_path, expected="0" * 64)


def test_a_page_that_is_not_there_is_a_failure_and_not_an_alteration(site: Site, tmp_path: Path) -> None:
    site.says("/", b"broken", 500)

    with pytest.raises(WorkFailed, match="500"):
        compared(site, tmp_path, expected="0" * 64)


TITLE, TEXT = "放假通知", "各部门：\n春节放假，请做好安排。\nPlease be safe."
PAGE = (
    "<html><head><title>公司</title><style>p{}</style></head><body><h1>放假通知</h1>"
    "<p>各部门：</p><p>春节放假，请&#x505A;好安排。<br>Please be\n safe.</p><script>var x='</p>'</script></body></html>"
)


def read_back(site: Site, folder: Path) -> ReadBackOutputs:
    given = ReadBackInputs.model_validate({"url": site.url(), "title": TITLE, "text": TEXT, "expected": "approved"})
    return done(lambda tools: read_back_page(given, tools), folder)


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (PAGE.encode(), "text/html; charset=utf-8"),
        (PAGE.encode("gbk"), "text/html; charset=gb2312"),
        (PAGE.encode("gbk"), "text/html"),
        (PAGE.encode(), "text/html; charset=gb2312"),  # a charset that is not true
        (PAGE.encode("utf-16"), "text/html; charset=utf-16"),
        (PAGE.encode("big5", "xmlcharrefreplace"), "text/html; charset=big5"),
        (PAGE.encode("gb18030"), "text/html; charset=no-such-thing"),
        (f"{TITLE}\n{TEXT}".encode(), "text/plain"),
    ],
)
def test_a_page_that_carries_the_approved_text_has_its_fingerprint(
    site: Site, tmp_path: Path, content: bytes, media: str
) -> None:
    site.says("/", content, Content_Type=media)

    assert read_back(site, tmp_path) == ReadBackOutputs(live_digest="approved", same=True)


@pytest.mark.parametrize(
    ("before", "after"),
    [("假，请", "假,请"), ("安排。", "安排"), ("放假通知", "放假通告"), ("safe.", "safe!"), ("春节", "<b>不</b>春节")],
)
def test_a_changed_comma_is_another_page(site: Site, tmp_path: Path, before: str, after: str) -> None:
    content = PAGE.replace(before, after).encode()
    site.says("/", content, Content_Type="text/html")

    found = read_back(site, tmp_path)

    assert (found.same, found.live_digest) == (False, hashlib.sha256(content).hexdigest())


def test_a_text_that_only_a_script_holds_is_not_shown(site: Site, tmp_path: Path) -> None:
    site.says("/", f"<script>{TITLE}{TEXT}</script>".encode(), Content_Type="text/html")

    assert not read_back(site, tmp_path).same


def heartbeat(folder: Path, target: str, reach: Reach | None = None, **more: Any) -> HeartbeatOutputs:
    given = HeartbeatInputs(target=target)
    return done(lambda tools: check_heartbeat(given, tools), folder, reach, **more)


def test_an_address_that_answers_lives_though_its_answer_has_no_end(site: Site, tmp_path: Path) -> None:
    site.never_ends("/")

    assert heartbeat(tmp_path, site.url()) == HeartbeatOutputs(alive=True, detail="HTTP 200")


def test_an_address_that_says_500_is_dead(site: Site, tmp_path: Path) -> None:
    site.says("/", b"", 500)

    assert heartbeat(tmp_path, site.url()) == HeartbeatOutputs(alive=False, detail="HTTP 500")


def test_an_address_where_nobody_answers_is_dead(tmp_path: Path) -> None:
    with serving() as gone:
        pass

    assert not heartbeat(tmp_path, gone.url()).alive


def test_an_address_that_may_not_be_asked_is_neither_dead_nor_alive(site: Site, tmp_path: Path) -> None:
    with pytest.raises(WorkFailed, match=r"machines\.networks"):
        heartbeat(tmp_path, site.url(), Reach())


@pytest.mark.parametrize(("age", "alive"), [(timedelta(minutes=59), True), (timedelta(minutes=61), False)])
def test_a_file_lives_as_long_as_it_is_fresh(tmp_path: Path, age: timedelta, alive: bool) -> None:
    path = tmp_path / "backup.done"
    path.touch()
    os.utime(path, ((NOW - age).timestamp(), (NOW - age).timestamp()))

    assert heartbeat(tmp_path, "backup.done").alive is alive


@pytest.mark.parametrize("target", ["../outside", "/etc/hostname", "link", "missing", "."])
def test_only_a_file_of_the_workers_folder_can_live(tmp_path: Path, target: str) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (tmp_path / "outside").touch()
    (folder / "link").symlink_to(tmp_path / "outside")

    assert not heartbeat(folder, target).alive
