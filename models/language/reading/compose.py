"""Runs libyaml over a text and returns what could be made of it.

libyaml (in C, through ruamel.yaml) reads the syntax; `composer.py` decides what is allowed.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from models.language.places import Place
from models.language.problem import Problem
from models.language.reading.composer import Composer, Data, StopReading


@dataclass(frozen=True, slots=True)
class Failure:
    """Where and why libyaml gave up; lines and columns from 1."""

    reason: str
    line: int
    column: int
    context: str
    context_line: int
    context_column: int


@dataclass(frozen=True, slots=True)
class Composed:
    """What could be made of a text. `place` is None where there are no data."""

    data: Data
    place: Place | None
    problems: tuple[Problem, ...]
    failure: Failure | None
    slipped: bool = False
    """Whether the data hold something that is surely a slip of the hand, e.g. a full-width colon."""


def compose(text: str, name: str) -> Composed:
    """Read a text that holds no control characters; never raises for what the text says."""
    # Imported by the first file that is read, not by every command: it takes 20 to 40 ms.
    clib = import_module("_ruamel_yaml")
    errors = import_module("ruamel.yaml.error")
    composer = Composer(text, name)
    failure = None
    try:
        composer.run(clib.CParser(text), import_module("ruamel.yaml.events"))
    except errors.MarkedYAMLError as error:
        composer.forget()
        failure = _failure(error)
    except StopReading:
        pass
    return Composed(composer.data, composer.place, tuple(composer.problems), failure, composer.slipped)


def _failure(error: Any) -> Failure:
    mark, context = error.problem_mark, error.context_mark or error.problem_mark
    return Failure(
        reason=error.problem or "",
        line=mark.line + 1,
        column=mark.column + 1,
        context=error.context or "",
        context_line=context.line + 1,
        context_column=context.column + 1,
    )
