"""Showing: the state in which Prefect shows a case. Whoever may open Prefect may not read every case.

A sealed case is a number there that is at work, waits or has ended: no step, no work and no outcome has its name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from prefect.client.schemas.objects import State, StateType
from prefect.states import Scheduled

from engine.case import Case, StepStatus
from engine.program import Program
from flows.services import Services
from store.cases import load_case
from store.work import busy_until, has_work, waiting_in_queues

MOST_TITLE: Final = 60
"""Characters of a state's name."""

FAR: Final = timedelta(days=365)
"""When a case that waits for no time at all is looked at again."""

MACHINES: Final = "自动作业"
"""State of a run whose case has machine work to do."""

SEALED_WORK: Final = "处理中"
SEALED_WAIT: Final = "等待中"
SEALED_END: Final = "已结束"
"""What a sealed case is shown as."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is to be shown of a case."""

    case_id: str
    procedure: str
    state: State[Any]
    work: State[Any]
    """State of a run for machine work alone."""
    queued: list[tuple[str, str]]
    """Pieces of work that have a run of their own, as (id of the work, queue)."""
    claimed: bool
    """Whether a worker has work of the case in hand."""


def look_at(services: Services, case_id: str) -> Sight:
    """What is to be shown of a case now. Raises whatever a case that cannot be read raises."""
    store = services.store
    with store.database.reading() as connection:
        case, program = load_case(connection, store, case_id)
    work = working(case, services.wall(services.clock()))
    busy = busy_until(store, case_id)
    return Sight(
        case_id=case_id,
        procedure=program.procedure.procedure,
        # If machines have work, the run is brought forward to now.
        state=work if has_work(store, case_id) else standing(case, program, services),
        work=work,
        queued=waiting_in_queues(store, case_id),
        claimed=busy is not None and busy > services.real(),
    )


def is_sealed(case: Case) -> bool:
    """Whether nothing of the case but its number may be seen here."""
    return case.sensitivity == "sealed"


def working(case: Case, when: datetime) -> State[Any]:
    """The state of a run whose case has machine work, to be looked at again at a time of the wall."""
    return Scheduled(name=SEALED_WORK if is_sealed(case) else MACHINES, scheduled_time=when)


def standing(case: Case, program: Program, services: Services) -> State[Any]:
    """The state in which the case's flow run is shown: named after its open steps, due when the case acts next."""
    if case.closed_at is not None:
        return State(type=StateType.COMPLETED, name=SEALED_END if is_sealed(case) else case.outcome or "ended")
    due = case.next_due or case.opened_at + FAR
    name = SEALED_WAIT if is_sealed(case) else _open_steps(case, program)
    return Scheduled(name=name, scheduled_time=services.wall(due))


def _open_steps(case: Case, program: Program) -> str:
    steps = [program.plans[name].step.name for name, one in case.steps.items() if one.status is StepStatus.OPEN]
    name = "、".join(steps) or "等待"
    return name if len(name) <= MOST_TITLE else name[: MOST_TITLE - 1] + "…"
