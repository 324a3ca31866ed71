"""Simulation: what happened in a case that was played through, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from engine.case import Case
from engine.program import Program

Kind = Literal[
    "opened", "asked", "started", "reminder", "substitute", "target", "missed", "escalation", "deemed", "notice",
    "withdrawn", "vacancy", "done", "met", "late", "changed", "held", "machine", "calls", "owner", "refused", "stuck",
    "repeats", "ended", "rest",
]  # fmt: skip
"""What a row tells; the same words as the engine's notices where it is one."""

TOLD: frozenset[Kind] = frozenset(
    {"asked", "reminder", "substitute", "target", "escalation", "deemed", "notice", "withdrawn", "vacancy"}
)
"""Rows that are a message to somebody."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that happened: when, of what kind, to or by whom, and in words what and why."""

    at: datetime
    kind: Kind
    text: str
    text_en: str
    to: str | None = None
    """The person told, asked or acting; None where nobody in particular is."""
    to_name: str = ""
    """The name, with the role in brackets."""
    to_name_en: str = ""
    step: str | None = None
    deadline: str | None = None
    clause: str | None = None
    level: str = ""
    due: datetime | None = None
    receipt: tuple[str, ...] = ()
    """How the due time was counted, line by line; only where a deadline starts or changes."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """A case from its opening until nothing more happens by itself."""

    program: Program
    start: datetime
    answers: str
    form: Mapping[str, Any]
    rows: tuple[Row, ...]
    case: Case | None

    @property
    def outcome(self) -> str | None:
        """How the case ended, or None if it is still open."""
        return self.case.outcome if self.case else None
