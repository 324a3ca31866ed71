"""Durations: `24 hours`, `3 working days`, `30 calendar days`, each a different thing.

There is no plain day. A clause that says 三个工作日 and one that says 三十日 are
counted by different rules, so a file must say which it means; `1 day` is an error
that lists both. Amounts are whole: nobody argues about a half working day in court.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Final, Self

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from models.language.duration_remedies import LONGEST_TEXT, Diagnosis, beyond, diagnose
from models.language.element import Mistake
from models.language.units import MOST, Unit, chinese, english

__all__ = ["PATTERN", "Duration", "DurationError", "DurationField", "Unit"]


PATTERN: Final = r"^[1-9][0-9]* (?:(?:working )?(?:minute|hour)s?|(?:working|calendar) days?)$"
_WRITTEN: Final = re.compile(PATTERN)


class DurationError(Mistake):
    """A text that is no duration: what was written, what is wrong, what to write instead."""

    def __init__(self, written: object, diagnosis: Diagnosis) -> None:
        shown, instead = _shown(written), diagnosis.instead
        super().__init__(
            f"{shown} {diagnosis.wrong}",
            f"{shown} {diagnosis.wrong_zh}",
            "write " + " or ".join(f'"{text}"' for text in instead),
            "请写 " + " 或 ".join(f'"{text}"' for text in instead),
        )
        self.instead = instead

    def __str__(self) -> str:
        return f"{self.message}: {self.remedy}."


@dataclass(frozen=True, slots=True)
class Duration:
    """A whole number of one unit, from 1 to the unit's cap; `DurationError` beyond."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MOST[self.unit]:
            raise DurationError(str(self), beyond(self.amount, self.unit))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `24 hours`, `1 working day`, `30 calendar days`; raise `DurationError` otherwise."""
        written = text.strip()
        if len(written) > LONGEST_TEXT or not _WRITTEN.match(written):
            raise DurationError(text, diagnose(text))
        amount, unit = written.split(" ", 1)
        return cls(int(amount), Unit(unit if unit.endswith("s") else unit + "s"))

    def __str__(self) -> str:
        return english(self.amount, self.unit)

    @property
    def zh(self) -> str:
        """The duration in Chinese, such as `3 个工作日`."""
        return chinese(self.amount, self.unit)


def _read(value: Any) -> Duration:
    if isinstance(value, Duration):
        return value
    if isinstance(value, str):
        return Duration.parse(value)
    raise DurationError(value, diagnose(str(value)))


DurationField = Annotated[
    Duration,
    PlainValidator(_read),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": PATTERN,
            "examples": ["24 hours", "30 working minutes", "3 working days", "30 calendar days"],
            "description": (
                "时长：自然时间（24 hours）、工作时间（8 working hours）、工作日（3 working days）"
                "或自然日（30 calendar days）；不能只写“天” / a duration; a bare day is refused"
            ),
        }
    ),
]
"""A duration as a file writes it: a string there, a `Duration` in the model."""


def _shown(written: object) -> str:
    text = str(written)
    return f'"{text if len(text) <= 60 else text[:57] + "..."}"'
