"""The reconciler: brings Prefect back to the truth of the store. Case state is never written from Prefect state."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Scheduled

from flows.carrying_on import MACHINES, standing
from flows.deployments import apply
from flows.services import Services
from store.cases import load_case
from store.installation import installation_id
from store.work import Shown, forget_runs, has_work, keep_run, known_run, outdated_runs, waiting_in_queues

BUSY = frozenset({StateType.RUNNING, StateType.PENDING, StateType.CANCELLING})
"""A run that a worker has in hand is left alone; it looks for more work before it returns."""

STUCK_SECONDS = 120.0
"""A run in hand for longer without a sign of life belonged to a worker that died; the server does not heal it."""


@dataclass(slots=True)
class Reconciler:
    """Keeps one flow run a case, in the state of the case. One request at a time: Prefect on SQLite bears no more."""

    client: PrefectClient
    services: Services
    deployments: dict[str, UUID]
    installation: str = field(init=False)

    def __post_init__(self) -> None:
        self.installation = installation_id(self.services.store.database)

    async def round(self) -> int:
        """Bring every outdated run up to date. Returns how many were."""
        await self._notice_loss()
        count = 0
        while outdated := await asyncio.to_thread(outdated_runs, self.services.store):
            done = [await self._show(one) for one in outdated]
            count += sum(done)
            if not any(done):
                break
        return count

    async def _notice_loss(self) -> None:
        """Prefect's database may have been wiped: then nothing we remember of it is true."""
        known = await asyncio.to_thread(known_run, self.services.store)
        if known is None:
            return
        try:
            await self.client.read_flow_run(UUID(known))
        except ObjectNotFound:
            await asyncio.to_thread(forget_runs, self.services.store)
            self.deployments = await apply(self.client, self.services)

    async def _show(self, shown: Shown) -> bool:
        state, procedure, revision = await asyncio.to_thread(self._standing, shown)
        for work_id, queue in await asyncio.to_thread(waiting_in_queues, self.services.store, shown.case_id):
            await self._create(shown.case_id, procedure, Scheduled(name=MACHINES), (work_id, queue))
        run = await self._run(shown)
        if run is None:
            run_id = await self._create(shown.case_id, procedure, state)
            await asyncio.to_thread(keep_run, self.services.store, shown.case_id, str(run_id), revision)
            return True
        if self._in_hand(run):
            return False
        await self.client.set_flow_run_state(run.id, state, force=True)
        await asyncio.to_thread(keep_run, self.services.store, shown.case_id, str(run.id), revision)
        return True

    async def _run(self, shown: Shown) -> FlowRun | None:
        """The run of a case; None if it has none yet, or somebody has deleted it."""
        if shown.flow_run_id is None:
            return None
        try:
            return await self.client.read_flow_run(UUID(shown.flow_run_id))
        except ObjectNotFound:
            return None

    async def _create(
        self, case_id: str, procedure: str, state: State[Any], work: tuple[str, str] | None = None
    ) -> UUID:
        """The run of a case; or of one piece of its work, in the queue whose workers alone may do it."""
        if procedure not in self.deployments:
            self.deployments = await apply(self.client, self.services)
        run = await self.client.create_flow_run_from_deployment(
            self.deployments[procedure],
            parameters={"case": case_id},
            # A case number: Prefect formats names, so no author's text may stand in one.
            name=f"{case_id} {work[1]}" if work else case_id,
            # With the installation's id: an old Prefect may remember runs of another database with the same numbers.
            idempotency_key=f"{self.installation}/{work[0] if work else case_id}",
            work_queue_name=work[1] if work else None,
            state=state,
        )
        return run.id

    def _standing(self, shown: Shown) -> tuple[State[Any], str, int]:
        """Where the case stands; if machines have work, its run is brought forward to now."""
        store = self.services.store
        with store.database.reading() as connection:
            case, program = load_case(connection, store, shown.case_id)
        state = standing(case, program, self.services)
        if has_work(store, shown.case_id):
            state = Scheduled(name=MACHINES, scheduled_time=self.services.wall(self.services.clock()))
        return state, program.procedure.procedure, shown.revision

    def _in_hand(self, run: FlowRun) -> bool:
        if run.state is None or run.state.type not in BUSY:
            return False
        now = self.services.wall(self.services.clock())
        return (now - run.state.timestamp).total_seconds() < STUCK_SECONDS
