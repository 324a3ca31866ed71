"""Validates a file's data against a model: every mistake of the file at once, where it stands."""

from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from models.language.problem import Problem
from models.language.source import Source
from models.language.translation.refusal import refusal, without_misspelt, without_noise
from models.language.translation.spot import spot
from models.language.translation.translate import translate

M = TypeVar("M", bound=BaseModel)

_MOST_PROBLEMS: Final = 100


def validate(model: type[M], source: Source) -> tuple[M | None, list[Problem]]:
    """The model of the file's data, or None and what is wrong with it.

    The source's own problems are not repeated, and what they cause is left out: an alias
    is no wrong value as well. A file that could not be read has no data to validate.
    """
    if source.place is None:
        return None, []
    try:
        return model.model_validate(source.data), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    refusals = without_misspelt(without_noise(refusal(spot(model, source.data, one["loc"]), one) for one in errors))
    known = {(problem.line, problem.column) for problem in source.problems}
    problems = {translate(one, source) for one in refusals}
    return None, sorted(one for one in problems if (one.line, one.column) not in known)[:_MOST_PROBLEMS]
