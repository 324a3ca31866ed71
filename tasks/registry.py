"""The registry: which work a machine step may name, with typed inputs and outputs."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from pydantic import BaseModel, ConfigDict

from store.cases import Store


class Inputs(BaseModel):
    """What a piece of work is given; unknown names are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Outputs(BaseModel):
    """What it answers; the step's `outputs` pick from it by name."""

    model_config = ConfigDict(frozen=True)


@dataclass(frozen=True, slots=True)
class Tools:
    """What work may use, brought by the worker."""

    store: Store
    http: httpx.AsyncClient
    clock: Callable[[], datetime]
    files: Path
    """Folder for baselines, reports and evidence."""


@dataclass(frozen=True, slots=True)
class Registered:
    """One kind of work."""

    name: str
    title: str
    inputs: type[Inputs]
    run: Callable[[Any, Tools], Awaitable[Outputs]]


class WorkFailed(RuntimeError):  # noqa: N818 - it says what happened
    """The work could not be done; trying again may help."""


def registry() -> Mapping[str, Registered]:
    """All registered work, by name."""
    from tasks import checks, evidence, pages, queries, requests  # noqa: PLC0415 - they import this module

    found = (
        requests.HTTP_REQUEST, pages.COMPARE_PAGE, checks.CHECK_HEARTBEAT, queries.QUERY_CASES,
        queries.SEND_REPORT, evidence.SEAL_EVIDENCE,
    )  # fmt: skip
    return {one.name: one for one in found}
