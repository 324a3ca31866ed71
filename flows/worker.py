"""The worker: runs the flow runs of procedures in its own process; a subprocess for each would cost seconds."""

from collections.abc import Mapping
from typing import Any, Final

import anyio
import anyio.abc
import httpx
import structlog
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import Abort, Pause, PrefectException
from prefect.flow_engine import run_flow_async
from prefect.settings import PREFECT_CLIENT_MAX_RETRIES, temporary_settings
from prefect.workers.base import BaseJobConfiguration, BaseVariables, BaseWorker, BaseWorkerResult

from engine.errors import UnknownName
from engine.program import Program
from flows.procedures import flow_of
from flows.services import Services
from flows.starting import UNKNOWN, refused
from store.cases import load_case
from store.programs import NotPublished

POOL = "duly"
"""The work pool of procedures."""

DEFAULT_QUEUE = "default"
"""The queue that every pool of Prefect has."""

QUERY_SECONDS = 2.0
"""How often the worker asks for runs."""

SYNC_SECONDS = 20.0
"""How often the worker says that it lives; Prefect takes it for dead after three times thirty seconds."""

AWAY: Final = (httpx.HTTPError, PrefectException, OSError, RuntimeError)
"""How it shows that the server is away; Prefect's client raises RuntimeError for one that half answers."""

ASKED_TWICE: Final[Mapping[Any, Any]] = {PREFECT_CLIENT_MAX_RETRIES: 1}
"""For loops that ask again by themselves. Prefect's client alone would sit out a minute in silence, at longer and
longer intervals, and notice neither that the server is away nor that it is back."""

_log: Final = structlog.get_logger(__name__)


class DulyResult(BaseWorkerResult):
    """A run that this worker has carried out."""


class DulyWorker(BaseWorker[BaseJobConfiguration, BaseVariables, DulyResult]):
    """Runs procedures in process. Several on several machines may share the pool."""

    type = "duly"
    job_configuration = BaseJobConfiguration
    job_configuration_variables = BaseVariables
    _description = "Runs Duly's procedures in its own process."
    _display_name = "Duly"

    def __init__(self, services: Services, **settings: Any) -> None:
        super().__init__(**settings)
        self.services = services
        self._names: dict[object, str] = {}

    async def run(
        self,
        flow_run: FlowRun,
        configuration: BaseJobConfiguration,  # noqa: ARG002 - Prefect's signature
        task_status: anyio.abc.TaskStatus[Any] | None = None,
    ) -> DulyResult:
        """Carry out one flow run."""
        # Anything true will do; a false value would give the slot of the limit back at once.
        (task_status or anyio.TASK_STATUS_IGNORED).started(str(flow_run.id))
        procedure = await self._procedure(flow_run)
        program = await anyio.to_thread.run_sync(self._program, procedure, flow_run.parameters.get("case"))
        if program is None:
            await self.client.update_flow_run(flow_run.id, parameters={})
            await self.client.set_flow_run_state(flow_run.id, refused(UNKNOWN), force=True)
            return DulyResult(identifier=str(flow_run.id), status_code=1)
        flow = flow_of(program, self.services)
        try:
            with temporary_settings(restore_defaults={PREFECT_CLIENT_MAX_RETRIES}):  # its last word is worth a minute
                await run_flow_async(flow, flow_run=flow_run, parameters=flow_run.parameters, return_type="state")
        except (Abort, Pause) as stopped:
            # They derive from BaseException and would tear the worker down with all its other runs.
            self._logger.info("run %s was stopped by the server: %s", flow_run.name, stopped)
        return DulyResult(identifier=str(flow_run.id), status_code=0)

    async def _procedure(self, flow_run: FlowRun) -> str:
        if flow_run.flow_id not in self._names:
            self._names[flow_run.flow_id] = (await self.client.read_flow(flow_run.flow_id)).name
        return self._names[flow_run.flow_id]

    def _program(self, procedure: str, case_id: object) -> Program | None:
        """The version that a case began with, also after it was withdrawn; for a new case the one in force."""
        store = self.services.store
        with store.database.reading() as connection:
            try:
                if case_id:
                    program = load_case(connection, store, str(case_id))[1]
                    return program if program.procedure.procedure == procedure else None
                store.programs.refresh(connection)
                return store.programs.current(connection, procedure)
            except (UnknownName, NotPublished):
                return None


async def work(services: Services, stop: anyio.Event, limit: int = 10) -> None:
    """Ask for runs and carry them out until told to stop. A server that is away is asked again."""
    # Without a queue of its own a worker of Prefect asks for the runs of all queues.
    queues = list(services.queues or (DEFAULT_QUEUE,))
    settings = {"work_pool_name": POOL, "work_queues": queues, "name": services.name, "limit": limit}
    with temporary_settings(ASKED_TWICE):
        async with DulyWorker(services, prefetch_seconds=5, **settings) as worker:
            await _ask_for_runs(worker, stop)


async def _ask_for_runs(worker: DulyWorker, stop: anyio.Event) -> None:
    synced_at = anyio.current_time()
    while not stop.is_set():
        wait = QUERY_SECONDS
        try:
            if anyio.current_time() - synced_at > SYNC_SECONDS or not worker.backend_id:
                await worker.sync_with_backend()
                synced_at = anyio.current_time()
            await worker.get_and_submit_flow_runs()
        except AWAY as error:
            # Caught here and not outside: leaving the worker would end the runs in hand.
            wait = SYNC_SECONDS / 4
            _log.info("prefect_away", error=type(error).__name__, again_in=wait)
        with anyio.move_on_after(wait):
            await stop.wait()
