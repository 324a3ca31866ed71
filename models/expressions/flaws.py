"""Flaws: what is wrong with an expression, where in its text, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from models.expressions.words import Words


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the expression's text: 0-based column and length, in characters."""

    column: int
    length: int


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with an expression, said in English and in Chinese.

    `column` is 0-based and counts characters of the text as written; `message`
    says what is wrong and `remedy` what to do, each without a full stop.
    """

    message: str
    column: int
    length: int
    remedy: str
    message_zh: str
    remedy_zh: str


class Complaint(NamedTuple):
    """A flaw that has no place yet: what is wrong, and what to write instead."""

    message: Words
    remedy: Words


class ExpressionError(ValueError):
    """The text is not a valid expression; `flaws` holds every reason, left to right."""

    def __init__(self, text: str, flaws: Iterable[Flaw]) -> None:
        self.text = text
        self.flaws = tuple(sorted(set(flaws), key=lambda flaw: (flaw.column, flaw.length, flaw.message)))
        super().__init__("\n".join(f"column {flaw.column + 1}: {flaw.message}; {flaw.remedy}" for flaw in self.flaws))


class EvaluationError(RuntimeError):
    """A value at run time is not what its type promised, or a list is too long to search."""


class Report:
    """Collects the flaws of one expression while it is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.flaws: list[Flaw] = []

    def add(self, place: Place, message: Words, remedy: Words) -> None:
        """Note one flaw."""
        self.flaws.append(Flaw(message.en, place.column, place.length, remedy.en, message.zh, remedy.zh))

    def written(self, place: Place) -> str:
        """Repeat what was written there, cut to a length one can read."""
        text = " ".join(self.text[place.column : place.column + place.length].split())
        return text if len(text) <= 40 else f"{text[:37]}..."

    def raise_if_any(self) -> None:
        """Raise `ExpressionError` with all flaws noted so far, if there are any."""
        if self.flaws:
            raise ExpressionError(self.text, self.flaws)
