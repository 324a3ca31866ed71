"""Strays: runs that Prefect shows as ended, paused or not at all, though their cases go on.

An operator may cancel, pause, complete or delete a run on Prefect's pages, and a run may break. The case does not mind.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import TERMINAL_STATES, StateType

ASTRAY: Final = FlowRunFilterState(
    type=FlowRunFilterStateType(any_=[*TERMINAL_STATES, StateType.CANCELLING, StateType.PAUSED])
)
"""States in which the run of an open case does not belong."""


async def strays(client: PrefectClient, runs: Mapping[str, str]) -> list[str]:
    """Cases whose runs went astray, of at most two hundred open cases with their runs."""
    ids = FlowRunFilterId(any_=[UUID(one) for one in runs.values()])
    wrong = await client.read_flow_runs(flow_run_filter=FlowRunFilter(id=ids, state=ASTRAY), limit=len(runs))
    astray = {str(run.id) for run in wrong}
    everyone = FlowRunFilter(id=ids)
    if await client.count_flow_runs(flow_run_filter=everyone) < len(runs):
        there = {str(run.id) for run in await client.read_flow_runs(flow_run_filter=everyone, limit=len(runs))}
        astray |= set(runs.values()) - there
    return [case_id for case_id, run_id in runs.items() if run_id in astray]
