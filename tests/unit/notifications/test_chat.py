"""Chat: signed as each service wants it, without content, and never in the way of a mail."""

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest
from pydantic import SecretStr

from notifications.outbound.chat import Channel, Chat, Kind, call_for, line_of
from tests.unit.notifications.samples import at, matter, message, special

NOW = at("10:00")
WEBHOOK = SecretStr("https://chat.example/hook?access_token=t0")


def channel(kind: Kind) -> Channel:
    return Channel(kind, WEBHOOK, SecretStr("SEC1"))


def announced(answer: Callable[[httpx.Request], httpx.Response], *channels: Channel) -> tuple[int, int]:
    """How many channels took a line, and how many failed."""

    async def go() -> tuple[int, int]:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
            chat = Chat(channels, client, lambda: NOW)
            await chat.announce(message(matter(special(), "hu.jun", "asked")))
            return chat.sent, chat.failed

    return asyncio.run(go())


def test_a_group_reads_the_number_and_the_class_and_no_link() -> None:
    line = line_of(message(matter(special(), "hu.jun", "asked")))
    assert line == "Duly 已发邮件给 胡军：〔2026-0001〕客户投诉受理与处理"


def test_a_group_learns_nothing_of_a_confidential_case() -> None:
    assert line_of(message(matter(special(sensitivity="sealed"), "hu.jun", "asked"))) == ""


def test_dingtalk_is_signed_in_the_address_beside_its_token() -> None:
    address = call_for(channel("dingtalk"), "x", NOW).address
    assert str(address).startswith(WEBHOOK.get_secret_value() + "&")
    assert address.params["timestamp"] == "1773108000000"
    assert address.params["sign"] == "ROUEh1MdcPk+YhMrF4WhMQnNgxv9BodztDUchYYyeUY="


def test_feishu_is_signed_in_the_body() -> None:
    body = call_for(channel("feishu"), "x", NOW).body
    assert body["timestamp"] == "1773108000"
    assert body["sign"] == "i9y9eJHGLHHlDaHYUx8OKUTpT7XOdc4dwjii04WRbZU="


def test_wecom_needs_no_signature() -> None:
    call = call_for(channel("wecom"), "x", NOW)
    assert str(call.address) == WEBHOOK.get_secret_value()
    assert json.loads(json.dumps(call.body)) == {"msgtype": "text", "text": {"content": "x"}}


def test_the_address_of_a_group_is_not_shown_when_printed() -> None:
    assert "access_token" not in repr(channel("wecom")) + repr(call_for(channel("wecom"), "x", NOW))


@pytest.mark.parametrize("kind", ["wecom", "dingtalk", "feishu"])
def test_a_line_that_is_taken_is_counted(kind: Kind) -> None:
    taken = {"code": 0} if kind == "feishu" else {"errcode": 0}
    assert announced(lambda _request: httpx.Response(200, json=taken), channel(kind)) == (1, 0)


def refuses(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json={"errcode": 310000, "errmsg": "sign not match"})


def breaks(_request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no network")


def babbles(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, text="<html>")


def fails(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(502)


@pytest.mark.parametrize("answer", [refuses, breaks, babbles, fails])
def test_a_channel_that_fails_is_counted_and_the_next_is_tried(
    answer: Callable[[httpx.Request], httpx.Response],
) -> None:
    assert announced(answer, channel("wecom"), channel("dingtalk")) == (0, 2)


def test_an_address_that_is_none_is_a_failure_like_any_other() -> None:
    wrong = Channel("wecom", SecretStr("https://chat.example:port/hook"))
    assert announced(lambda _: httpx.Response(200, json={"errcode": 0}), wrong, channel("wecom")) == (1, 1)
