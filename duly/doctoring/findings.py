"""Findings: what one look came to."""

from dataclasses import dataclass
from typing import Literal

State = Literal["good", "warning", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `remedy` says what to do unless it is good. Both languages, Chinese first."""

    name: str
    state: State
    said: str
    remedy: str = ""
