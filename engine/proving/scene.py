"""Scene: a case at one moment of a proof, and how it came about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.case import Case
from engine.playing import Happening

Values = Mapping[str, Any]
"""Answers to a form or step, by field."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A case at a time, and the events that led to it from the scene before."""

    case: Case
    now: datetime
    events: tuple[Happening, ...] = ()
