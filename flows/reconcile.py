"""The reconciler: brings Prefect back to the truth of the store. Case state is never written from Prefect state."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import structlog
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.exceptions import ObjectNotFound
from sqlalchemy.exc import SQLAlchemyError

from flows.deployments import apply
from flows.services import Services
from flows.showing import Sight, look_at
from flows.strays import strays
from flows.telling import place
from store.installation import installation_id
from store.work import (
    Shown,
    forget_runs,
    keep_run,
    known_run,
    open_runs,
    outdated_runs,
    show_again,
)

BUSY: Final = frozenset({StateType.RUNNING, StateType.PENDING, StateType.CANCELLING})
"""A run that a worker has in hand is left alone; it looks for more work before it returns."""

STUCK_SECONDS: Final = 120.0
"""A run in hand for longer and without work in hand belonged to a worker that died; the server does not heal it."""

BATCH: Final = 200
"""Cases read at a time, and runs that Prefect tells of at a time."""

_log: Final = structlog.get_logger(__name__)


@dataclass(slots=True)
class Reconciler:
    """Keeps one flow run a case, in the state of the case. One request at a time: Prefect on SQLite bears no more."""

    client: PrefectClient
    services: Services
    deployments: dict[str, UUID]
    installation: str = field(init=False)
    _broken: set[str] = field(init=False, default_factory=set)
    """Cases that could not be read; said once."""

    def __post_init__(self) -> None:
        self.installation = installation_id(self.services.store.database)

    async def round(self) -> int:
        """Bring outdated runs up to date, machine work and the soonest deadlines first. Returns how many were.

        It ends after about two hundred, so that work that comes meanwhile does not wait behind the thousands of a
        first showing: while anything was shown there may be more.
        """
        await self._notice_loss()
        count = passed = 0
        while count < BATCH:
            # Those that could not be shown now stand in front again, and are passed over.
            outdated = await asyncio.to_thread(outdated_runs, self.services.store, BATCH, passed)
            done = [await self._show(one) for one in outdated]
            count, passed = count + sum(done), passed + len(done) - sum(done)
            if len(outdated) < BATCH:
                break
        return count

    async def mend(self) -> int:
        """Have open cases shown again whose runs somebody ended, paused or deleted in Prefect. Returns how many."""
        store, count, after = self.services.store, 0, ""
        while known := await asyncio.to_thread(open_runs, store, after, BATCH):
            astray = await strays(self.client, known)
            count += await asyncio.to_thread(show_again, store, astray)
            after = max(known)
        return count

    async def _notice_loss(self) -> None:
        """Prefect's database or its work pool may have been deleted: then nothing we remember of it is true."""
        known = await asyncio.to_thread(known_run, self.services.store)
        if known is None:
            return
        run = await self._read(known)
        # The runs of a pool that was deleted stay, in no queue: nobody would ever be given them.
        if run is None or run.work_queue_id is None:
            await asyncio.to_thread(forget_runs, self.services.store)
            self.deployments = await apply(self.client, self.services)

    async def _show(self, shown: Shown) -> bool:
        sight = await self._sight(shown.case_id)
        if sight is None:
            return False
        for queued in sight.queued:
            run = await self._make(sight, sight.work, queued)
            if not _waits(run) and not self._in_hand(run, sight.claimed):
                await self.client.set_flow_run_state(run.id, sight.work, force=True)
        run = await self._run(sight, shown)
        if self._in_hand(run, sight.claimed):
            return False
        if not _same(run.state, sight.state):
            await self.client.set_flow_run_state(run.id, sight.state, force=True)
        if run.parameters != {"case": shown.case_id}:
            await self.client.update_flow_run(run.id, parameters={"case": shown.case_id})
        await asyncio.to_thread(keep_run, self.services.store, shown.case_id, str(run.id), shown.revision)
        return True

    async def _sight(self, case_id: str) -> Sight | None:
        """What to show; None for a case that cannot be read, which must not stop the others."""
        try:
            found = await asyncio.to_thread(look_at, self.services, case_id)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - see above
            if case_id not in self._broken:
                _log.error("case_not_shown", case=case_id, error=type(error).__name__, at=place(error))
            self._broken.add(case_id)
            return None
        self._broken.discard(case_id)
        return found

    async def _run(self, sight: Sight, shown: Shown) -> FlowRun:
        """The run of a case, made if it has none yet or somebody has deleted it."""
        known = await self._read(shown.flow_run_id) if shown.flow_run_id else None
        return known or await self._make(sight, sight.state)

    async def _read(self, run_id: str) -> FlowRun | None:
        try:
            return await self.client.read_flow_run(UUID(run_id))
        except ObjectNotFound:
            return None

    async def _make(self, sight: Sight, state: State[Any], work: tuple[str, str] | None = None) -> FlowRun:
        """The run of a case; or of one piece of its work, in the queue whose workers alone may do it."""
        if sight.procedure not in self.deployments:
            self.deployments = await apply(self.client, self.services)
        run = await self._create(sight, state, work)
        if run.work_queue_id is None:  # of a pool that was deleted; see `_notice_loss`
            await self.client.delete_flow_run(run.id)
            self.deployments = await apply(self.client, self.services)
            run = await self._create(sight, state, work)
        return run

    async def _create(self, sight: Sight, state: State[Any], work: tuple[str, str] | None) -> FlowRun:
        return await self.client.create_flow_run_from_deployment(
            self.deployments[sight.procedure],
            parameters={"case": sight.case_id},
            # A case number: Prefect formats names, so no author's text may stand in one.
            name=f"{sight.case_id} {work[1]}" if work else sight.case_id,
            # With the installation's id: an old Prefect may remember runs of another database with the same numbers.
            idempotency_key=f"{self.installation}/{work[0] if work else sight.case_id}",
            work_queue_name=work[1] if work else None,
            state=state,
        )

    def _in_hand(self, run: FlowRun, claimed: bool) -> bool:
        """Whether a worker has a run in hand: it has begun just now, or has work of the case in hand."""
        if run.state is None or run.state.type not in BUSY:
            return False
        age = (self.services.real() - run.state.timestamp).total_seconds()
        return claimed or (run.state.type is not StateType.CANCELLING and age < STUCK_SECONDS)


def _waits(run: FlowRun) -> bool:
    return run.state is not None and run.state.type is StateType.SCHEDULED


def _same(shown: State[Any] | None, wanted: State[Any]) -> bool:
    if shown is None:
        return False
    times = [one.state_details.scheduled_time for one in (shown, wanted)]
    return (shown.type, shown.name, times[0]) == (wanted.type, wanted.name, times[1])
