"""An operator opens a case from Prefect's own page."""

import asyncio

from sqlalchemy import text

from flows.deployments import apply
from flows.services import Services
from tests.integration.with_prefect.scene import talking_to, worked
from tests.integration.with_prefect.server import PrefectServer


def test_an_operator_opens_a_case_from_prefects_own_page(prefect: PrefectServer, services: Services) -> None:
    async def play() -> str:
        async with talking_to(prefect.url) as client:
            deployments = await apply(client, services)
            run = await client.create_flow_run_from_deployment(
                deployments["page-watch"], parameters={"url": "http://site.example/"}
            )
            await worked(client, services, run.name, "人工复核")
            return str(run.id)

    run_id = asyncio.run(play())
    with services.store.database.reading() as connection:
        assert connection.execute(text("SELECT flow_run_id FROM runs")).scalars().all() == [run_id]
