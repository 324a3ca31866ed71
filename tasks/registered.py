"""Registered: what a kind of work is: its name, its typed inputs and outputs, and what it may use."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import httpx
from pydantic import BaseModel, BeforeValidator, ConfigDict

from models.language.moments import parse_moment
from store.cases import Store


class Inputs(BaseModel):
    """What a piece of work is given; unknown names are errors, and errors do not repeat what was given."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Outputs(BaseModel):
    """What it answers; the step's `outputs` pick from it by name."""

    model_config = ConfigDict(frozen=True)


Moment = Annotated[datetime, BeforeValidator(lambda given: parse_moment(given) if isinstance(given, str) else given)]
"""A time as the store keeps it in JSON, or as `2026-02-13 15:00`, China time."""


class Marker:
    """Says of an input what its Python type does not."""


PERSON: Final = Marker()
"""The input is a person of the organisation, as the field of a form holds one."""

PEOPLE: Final = Marker()
"""The input names people by their roles, by their part in the case, or as persons; one of them or several."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What work may use, brought by the worker."""

    store: Store
    http: httpx.AsyncClient
    clock: Callable[[], datetime]
    files: Path
    """Folder for heartbeats and evidence."""
    patience: float = 30.0
    """Seconds that an address may take to answer in full."""
    word_list: Path | None = None
    """What `content_filter` looks for."""
    work: str = ""
    """The piece of work in hand, the same for every attempt: `CASE/STEP/ROUND`."""

    @property
    def case_id(self) -> str:
        """The case that the work is done for."""
        return self.work.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Registered:
    """One kind of work."""

    name: str
    title: str
    """What it does, `中文 / English`."""
    inputs: type[Inputs]
    outputs: type[Outputs]
    run: Callable[[Any, Tools], Awaitable[Outputs]]
    """Raises `WorkFailed`; whatever else it raises is a fault of ours, and a person is asked all the same."""


class WorkFailed(RuntimeError):  # noqa: N818 - it says what happened
    """The work could not be done; trying again may help."""
