"""Whoever may open Prefect may not read every case: its whole database is searched for what must not stand there."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest
from prefect.client.schemas.objects import FlowRun
from prefect.events.worker import EventsWorker
from prefect.logging.handlers import APILogWorker
from sqlalchemy import text

from engine.events import Done
from flows.deployments import apply
from flows.services import Services
from store.cases import Recording, record
from store.programs import Published, publish
from tests.integration.with_prefect.scene import (
    PAGE_WATCH,
    WATCH,
    answering,
    at,
    case_of,
    open_watch,
    reconciler_of,
    run_of,
    talking_to,
    worked,
)
from tests.integration.with_prefect.server import PrefectServer


@pytest.fixture
def secret() -> str:
    """A word that stands nowhere yet; all these tests search the same database."""
    return f"k3y-{uuid4().hex}"


def remembered(prefect: PrefectServer) -> str:
    """All that Prefect knows: runs, states, parameters, logs, events."""
    APILogWorker.drain_all(timeout=20)
    EventsWorker.drain_all(timeout=20)
    with closing(sqlite3.connect(prefect.home / "prefect.db")) as database:
        return "\n".join(database.iterdump())


def failing(services: Services) -> Services:
    """Services whose pages are forbidden."""
    return replace(services, tools=replace(services.tools, http=answering(lambda _: httpx.Response(403))))


async def failed(prefect: PrefectServer, services: Services, url: str, state: str = "核对网页") -> str:
    """A case whose machine work fails and is handed to a person."""
    async with talking_to(prefect.url) as client:
        case_id = open_watch(services, "fails", url)
        await (await reconciler_of(client, services)).round()
        await worked(client, services, case_id, state)
        return case_id


async def started(prefect: PrefectServer, services: Services, url: str | None, state: str) -> FlowRun:
    """A run that an operator has started on Prefect's page."""
    async with talking_to(prefect.url) as client:
        deployment = (await apply(client, services))["page-watch"]
        run = await client.create_flow_run_from_deployment(deployment, parameters={"url": url})
        return await worked(client, services, run.name, state)


def publish_watch(services: Services, procedure: str) -> None:
    with services.store.database.writing() as connection:
        publish(connection, [Published(WATCH, procedure)], "gao.xiang", at("09:30"))


def test_of_a_sealed_case_prefect_shows_a_number_alone(prefect: PrefectServer, services: Services, secret: str) -> None:
    sealed = PAGE_WATCH.replace("chain: office", "chain: office\nsensitivity: sealed")
    publish_watch(services, sealed.replace("人工复核", "询问举报人").replace("outcome: watched", "outcome: guilty"))

    async def play() -> FlowRun:
        case_id = await failed(prefect, failing(services), f"http://{secret}.example/", "等待中")
        async with talking_to(prefect.url) as client:
            reconciler = await reconciler_of(client, services)
            for step, person in (("look", "fang.lei"), ("judge", "fang.lei")):
                values = {"found": secret, "same": True} if step == "look" else {}
                record(services.store, Recording(case_id, Done(step=step, by=person, values=values), step), at("11:00"))
            await reconciler.round()
            assert case_of(services, case_id).outcome == "guilty"
            return await run_of(client, case_id)

    run, known = asyncio.run(play()), remembered(prefect)
    assert run.state is not None
    assert (run.state.name, run.name in known) == ("已结束", True)
    assert [word for word in ("询问举报人", "guilty", secret) if word in known] == []


def test_an_address_with_a_key_stands_neither_in_prefect_nor_in_the_cases_error(
    prefect: PrefectServer, services: Services, secret: str
) -> None:
    case_id = asyncio.run(failed(prefect, failing(services), f"http://site.example/hook?key={secret}"))

    reason = case_of(services, case_id).steps["look"].reason
    assert "http://site.example/…" in reason
    assert (secret in reason, secret in remembered(prefect)) == (False, False)


def test_an_input_that_does_not_fit_is_named_and_not_quoted(
    prefect: PrefectServer, services: Services, secret: str
) -> None:
    case_id = asyncio.run(failed(prefect, services, f"no address: {secret}"))

    reason = case_of(services, case_id).steps["look"].reason
    assert reason == "input `url` does not fit (url_parsing); 网页地址 / address of the page"
    assert secret not in remembered(prefect)


def test_what_an_operator_typed_is_gone_when_the_case_is_open(
    prefect: PrefectServer, services: Services, secret: str
) -> None:
    run = asyncio.run(started(prefect, services, f"http://site.example/{secret}", "人工复核"))

    case_id = run.parameters["case"]
    assert case_of(services, case_id).facts["url"] == f"http://site.example/{secret}"
    assert (run.parameters, secret in remembered(prefect)) == ({"case": case_id}, False)


def test_what_an_operator_typed_is_gone_also_when_nothing_was_opened(
    prefect: PrefectServer, services: Services, secret: str
) -> None:
    publish_watch(services, PAGE_WATCH.replace("title: 网址}", "title: 网址, at_most: 5}"))
    run = asyncio.run(started(prefect, services, secret, "未立项"))

    assert (run.parameters, secret in remembered(prefect)) == ({}, False)


def test_what_is_missing_is_named(prefect: PrefectServer, services: Services) -> None:
    run = asyncio.run(started(prefect, services, None, "未立项"))

    assert run.state is not None
    assert "网址 `url`" in (run.state.message or "")


@pytest.mark.parametrize(
    "words", [("chain: office", "chain: office\nsensitivity: sealed"), ("网址}", "网址, sealed: true}")]
)
def test_prefects_page_does_not_ask_for_what_is_sealed(
    prefect: PrefectServer, services: Services, secret: str, words: tuple[str, str]
) -> None:
    publish_watch(services, PAGE_WATCH.replace(*words))

    async def asked() -> list[str]:
        async with talking_to(prefect.url) as client:
            found = await client.read_deployment((await apply(client, services))["page-watch"])
            return list((found.parameter_openapi_schema or {})["properties"])

    assert asyncio.run(asked()) == ["case"]
    run = asyncio.run(started(prefect, services, secret, "未立项"))
    assert (run.parameters, secret in remembered(prefect)) == ({}, False)


def test_an_error_of_the_database_that_quotes_a_row_is_not_shown(
    prefect: PrefectServer, services: Services, secret: str
) -> None:
    with services.store.database.writing() as connection:
        connection.execute(text("DROP TABLE work"))
    run = asyncio.run(started(prefect, services, f"http://site.example/{secret}", "中断"))

    assert run.state is not None
    assert (run.state.message or "").startswith("OperationalError")
    assert secret not in remembered(prefect)
