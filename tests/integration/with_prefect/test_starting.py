"""An operator opens a case from Prefect's own page."""

import asyncio
import json
import re
from pathlib import Path

import httpx
import pytest
from prefect.client.schemas.objects import FlowRun
from sqlalchemy import text

from flows.deployments import apply
from flows.services import Services
from store.programs import Published, publish
from tests.integration.samples import EARLY, sample_files
from tests.integration.with_prefect.scene import PAGE_WATCH, WATCH, at, case_of, talking_to, worked
from tests.integration.with_prefect.server import PrefectServer

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "start-from-prefect.md"


async def started(prefect: PrefectServer, services: Services, fields: dict[str, str], state: str) -> FlowRun:
    async with talking_to(prefect.url) as client:
        deployments = await apply(client, services)
        run = await client.create_flow_run_from_deployment(deployments["page-watch"], parameters=fields)
        return await worked(client, services, run.name, state)


def test_an_operator_opens_a_case_from_prefects_own_page(prefect: PrefectServer, services: Services) -> None:
    run = asyncio.run(started(prefect, services, {"url": "http://site.example/"}, "人工复核"))
    with services.store.database.reading() as connection:
        assert connection.execute(text("SELECT flow_run_id FROM runs")).scalars().all() == [str(run.id)]


def test_what_the_guide_says_opens_a_case(prefect: PrefectServer, services: Services) -> None:
    with services.store.database.writing() as connection:
        publish(connection, sample_files(), "gao.xiang", EARLY)
    guide = GUIDE.read_text(encoding="utf-8")
    (body,) = re.findall(r"```json\n(.*?)```", guide, re.DOTALL)
    (read,) = re.findall(r"`GET /api(/\S+)`", guide)
    (start,) = re.findall(r"`POST /api(/\S+)`", guide)

    async def play() -> FlowRun:
        async with talking_to(prefect.url) as client, httpx.AsyncClient(timeout=30) as http:
            await apply(client, services)
            deployment = (await http.get(prefect.url + read)).json()["id"]
            run = (await http.post(prefect.url + start.format(id=deployment), json=json.loads(body))).json()
            return await worked(client, services, run["name"], "发出处理通知")

    case = case_of(services, asyncio.run(play()).parameters["case"])
    assert (case.procedure, case.facts["customer"]) == ("complaint-handling", "张三")


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"url": "http://a.example/", "when": "2026-03-10T01:00:00.000Z"}, "人工复核"),
        ({"url": "http://a.example/", "who": "somebody"}, "未立项"),
    ],
    ids=["a moment from a date picker", "a sealed field"],
)
def test_a_form_with_fields_of_other_kinds(
    prefect: PrefectServer, services: Services, fields: dict[str, str], state: str
) -> None:
    more = "  when: {type: datetime, required: false}\n  who: {type: text, required: false, sealed: true}\nsteps:"
    with services.store.database.writing() as connection:
        publish(connection, [Published(WATCH, PAGE_WATCH.replace("steps:", more, 1))], "gao.xiang", at("09:30"))

    assert asyncio.run(started(prefect, services, fields, state)).name
