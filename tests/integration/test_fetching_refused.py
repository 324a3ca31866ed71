"""A mailbox that does not let us in, or wants to be left alone: what is said, how long we wait; no password shown."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from notifications.inbound.imap.troubles import Refused, Throttled, Unusable
from tests.integration.fetching import Memory, fetcher, letter, look, running, until
from tests.integration.imap_server import PASSWORD, MailboxOfTests, MailServer, mail_server
from tests.integration.proxies import Proxy, proxying

WRONG = "falsch-0815"


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@pytest.fixture
def mailbox(server: MailServer) -> MailboxOfTests:
    return server.mailbox()


def some_waits(one: Any, times: int) -> list[float]:
    """Run until it has waited so often; how long each time, in seconds."""
    one.clock.most = times
    one.run()
    pauses: list[float] = one.clock.pauses
    return pauses


def test_a_wrong_password_is_said_with_what_to_do_and_tried_twice_an_hour(
    mailbox: MailboxOfTests, tmp_path: Path
) -> None:
    one = fetcher(mailbox, tmp_path, Memory(), password=SecretStr(WRONG))
    assert some_waits(one, 4) == [1800, 1800, 1800, 1800]
    assert "拒绝登录" in one.note
    assert "refuses user name or password" in one.note


@pytest.mark.parametrize(
    ("host", "advice"),
    [
        ("imap.exmail.qq.com", "腾讯的客户端专用密码"),
        ("imap.qiye.aliyun.com", "第三方客户端安全密码"),
        ("imap.163.com", "网易的客户端授权密码"),
        ("mail.mingchuan.example", "核对用户名和密码"),
    ],
)
def test_the_advice_is_that_of_the_provider(
    host: str, advice: str, mailbox: MailboxOfTests, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The name of the provider leads to this machine; nothing else of the line is pretended.
    monkeypatch.setattr("socket.getaddrinfo", lambda _host, port, *_: [(2, 1, 6, "", ("127.0.0.1", port))])
    one = fetcher(mailbox, tmp_path, Memory(), password=SecretStr(WRONG))
    object.__setattr__(one.account, "host", host)
    with pytest.raises(Refused, match=advice):
        look(one)


def test_tencents_one_answer_for_everything_counts_as_a_wrong_password(mailbox: MailboxOfTests, tmp_path: Path) -> None:
    answer = b"NO Login fail. Account is abnormal, password is incorrect, login frequency limited, or system is busy."
    with (
        proxying(Proxy(mailbox.server.port, answers={"LOGIN": answer})) as proxy,
        pytest.raises(Refused, match="system is busy"),
    ):
        look(fetcher(mailbox, tmp_path, Memory(), port=proxy.port))


def test_no_password_is_in_any_log_or_exception(
    mailbox: MailboxOfTests, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = f"BAD what is LOGIN {mailbox.user} {WRONG}".encode()
    with proxying(Proxy(mailbox.server.port, answers={"LOGIN": echo})) as proxy, capture_logs() as logs:
        one = fetcher(mailbox, tmp_path, Memory(), password=SecretStr(WRONG), port=proxy.port)
        with pytest.raises(Refused) as raised:
            look(one)
        some_waits(one, 1)
    assert "***" in str(raised.value)
    for text in (repr(raised.value), repr(raised.value.__cause__), one.note, repr(one), repr(logs), caplog.text):
        assert WRONG not in text


def test_a_password_of_other_letters_than_ascii_reaches_the_server_and_no_exception(
    mailbox: MailboxOfTests, tmp_path: Path
) -> None:
    one = fetcher(mailbox, tmp_path, Memory(), password=SecretStr("钥匙4711"))
    with pytest.raises(Refused) as raised:
        look(one)
    assert "4711" not in repr(raised.value)
    assert raised.value.__suppress_context__


def test_we_say_who_we_are_before_a_folder_is_opened(mailbox: MailboxOfTests, tmp_path: Path) -> None:
    with proxying(Proxy(mailbox.server.port)) as proxy:
        look(fetcher(mailbox, tmp_path, Memory(), port=proxy.port))
    heard = [command for command in proxy.commands if command in ("LOGIN", "ID", "SELECT")]
    assert heard == ["LOGIN", "ID", "SELECT"]


def test_an_unsafe_login_is_explained(mailbox: MailboxOfTests, tmp_path: Path) -> None:
    answer = b"NO [ALERT] SELECT Unsafe Login. Please contact kefu@188.com for help"
    with (
        proxying(Proxy(mailbox.server.port, answers={"SELECT": answer})) as proxy,
        pytest.raises(Unusable, match=r"登录不安全.*Unsafe Login"),
    ):
        look(fetcher(mailbox, tmp_path, Memory(), port=proxy.port))


@pytest.mark.parametrize(
    "answer",
    [
        b"NO [ALERT] Too many simultaneous connections. (Failure)",
        b"NO [UNAVAILABLE] Temporary authentication failure.",
        b"NO [LIMIT] rate limit reached",
        "NO 登录过于频繁，请稍后再试".encode(),
    ],
)
def test_a_throttled_login_is_no_wrong_password(answer: bytes, mailbox: MailboxOfTests, tmp_path: Path) -> None:
    with proxying(Proxy(mailbox.server.port, answers={"LOGIN": answer})) as proxy:
        one = fetcher(mailbox, tmp_path, Memory(), port=proxy.port)
        assert some_waits(one, 6) == [60, 120, 240, 480, 900, 900]
    assert "稍后再试" in one.note
    assert one.state == "stopped"


def test_a_server_that_throttles_in_the_middle_is_left_alone_and_all_is_taken_later(
    mailbox: MailboxOfTests, tmp_path: Path
) -> None:
    mailbox.put(letter(1), letter(2))
    memory = Memory()
    with proxying(Proxy(mailbox.server.port, answers={"FETCH": b"NO [LIMIT] Too many commands"})) as proxy:
        one = fetcher(mailbox, tmp_path, memory, port=proxy.port)
        with pytest.raises(Throttled):
            look(one)
        assert memory.taken == []
        proxy.answers.clear()
        one.pause(60)  # type: ignore[misc]
        look(one)
    assert sorted(memory.contents) == [letter(1), letter(2)]


def test_a_mail_that_the_server_cannot_read_does_not_block_the_others(mailbox: MailboxOfTests, tmp_path: Path) -> None:
    mailbox.put(letter(1), letter(2))
    memory = Memory()
    answers = {"FETCH": b"NO [SERVERBUG] Internal error occurred"}
    with proxying(Proxy(mailbox.server.port, answers=answers)) as proxy:
        one = fetcher(mailbox, tmp_path, memory, port=proxy.port)
        look(one)
    assert "2 封邮件未能处理" in one.note


def test_a_mail_that_cannot_be_marked_is_taken_once_and_that_is_said(mailbox: MailboxOfTests, tmp_path: Path) -> None:
    mailbox.put(letter(1))
    memory = Memory()
    with proxying(Proxy(mailbox.server.port, answers={"STORE": b"NO [OVERQUOTA] no room"})) as proxy:
        one = fetcher(mailbox, tmp_path, memory, port=proxy.port)
        look(one, times=3)
    assert len(memory.attempts) == 1
    assert "无法标记或移动" in one.note
    assert "OVERQUOTA" in one.note


def test_a_server_that_declines_to_announce_is_asked_instead(mailbox: MailboxOfTests, tmp_path: Path) -> None:
    with proxying(Proxy(mailbox.server.port, answers={"IDLE": b"BAD not today"})) as proxy:
        one = fetcher(mailbox, tmp_path, Memory(), port=proxy.port, poll=45)
        assert some_waits(one, 2) == [45, 45]


def test_with_the_right_password_again_it_goes_on(mailbox: MailboxOfTests, tmp_path: Path) -> None:
    mailbox.put(letter(1))
    memory = Memory()
    with proxying(Proxy(mailbox.server.port, answers={"LOGIN": b"NO [AUTHENTICATIONFAILED] no"})) as proxy:
        one = fetcher(mailbox, tmp_path, memory, port=proxy.port)
        some_waits(one, 1)
        proxy.answers.clear()
        one.stop.clear()
        with running(one):
            until(lambda: one.state == "waiting")
            assert one.note == ""
    assert memory.contents == [letter(1)]


def test_the_right_password_is_not_shown_either(mailbox: MailboxOfTests, tmp_path: Path) -> None:
    one = fetcher(mailbox, tmp_path, Memory())
    assert PASSWORD not in repr(one.account)
