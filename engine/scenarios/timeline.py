"""Timeline: what a test expected and what happened, side by side in time."""

from dataclasses import dataclass
from datetime import datetime

from engine.playing import Play
from models.language.policy_test import PolicyTest


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the two timelines: what was expected at a time and what happened then.

    An empty side means that nothing was expected, or that nothing happened.
    """

    at: datetime
    expected: str
    actual: str

    @property
    def differs(self) -> bool:
        """Whether the test fails here."""
        return self.expected != self.actual


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one test; the lines are in the order of time."""

    test: PolicyTest
    lines: tuple[Line, ...]
    play: Play

    @property
    def passed(self) -> bool:
        """Whether everything expected happened, and nothing else that counts."""
        return not any(line.differs for line in self.lines)
