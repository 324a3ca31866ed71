"""Findings: what a proof has shown, and for what it could not show a dated story that anybody can retell."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from models.language.problem import Words
from models.language.scope import Loc

PROPERTIES: Final = {
    "ends": Words("every path ends", "每条路径都能走完"),
    "waits": Words(
        "every wait has a person, a deadline and a ladder that ends at somebody who exists",
        "每一处等待都有人办、有时限，升级链最后总能找到人",
    ),
    "gates": Words("no gate stays closed for ever", "没有永远打不开的门禁"),
    "slowest": Words(
        "even the slowest path through the longest holiday meets its clause",
        "最慢的路径遇上最长的假期，也不超过条款时限",
    ),
    "own": Words("nobody decides on their own matter, and somebody else can", "没有人审批自己的事，而且总有别人能审批"),
    "settled": Words("conditions do not chase each other", "条件之间不会互相翻来覆去"),
}
"""What is proved of every procedure, in the order of a report."""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """Something that happens in a story, in both languages."""

    at: datetime
    said: Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which a property does not hold."""

    message: Words
    loc: Loc
    """The place in the file that it is about."""
    story: tuple[StoryLine, ...] = ()
    remarks: tuple[Words, ...] = ()
    """What the story comes to: who waits for what, or how a time was counted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One property: it holds if there are no findings. `looked_at` says what was looked at."""

    name: str
    looked_at: Words
    findings: tuple[Finding, ...] = ()
    complete: bool = True
    """Whether everything was looked at; otherwise it holds only as far as the search went."""

    @property
    def holds(self) -> bool:
        """Whether nothing was found that speaks against it."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Proof:
    """What was shown of one procedure."""

    procedure: str
    verdicts: tuple[Verdict, ...]
    states: int
    moves: int
    limits: tuple[Words, ...] = field(default=())
    """What was not looked at, said openly."""

    @property
    def holds(self) -> bool:
        """Whether every property holds, as far as it was looked at."""
        return all(verdict.holds for verdict in self.verdicts)

    @property
    def complete(self) -> bool:
        """Whether everything was looked at for every property."""
        return all(verdict.complete for verdict in self.verdicts)
