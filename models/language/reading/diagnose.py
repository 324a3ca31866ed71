"""Says in an officer's words why libyaml could not read a file: it names states of a parser, we name lines."""

import re
from typing import Final

from models.language.problem import Problem
from models.language.reading import syntax
from models.language.reading.compose import Failure
from models.language.reading.repairs import TAB

_KEY_AT_LINE_START: Final = re.compile(r"\s*(?:- +)*(?=[^\s])[^:]*")
_START: Final = re.compile(r"\s*(?:- +)*")
_LONGEST_QUOTE: Final = 40


def diagnose(failure: Failure, lines: list[str], name: str) -> Problem:
    """The problem that stopped libyaml, at the place where the author should look.

    Args:
        failure: What libyaml said.
        lines: The lines of the text that it read.
        name: The file's name for the message.
    """
    text = f"{failure.context}: {failure.reason}"
    for part, wording, where in syntax.BY_WORDS:
        if part in text:
            line, column = _where(where, failure, lines)
            if wording is syntax.SPECIAL_SIGN and _line(lines, line)[column - 1 :].startswith("\t"):
                wording = TAB  # noqa: PLW2901 - the same words of libyaml, another cause
            return wording.at(name, line, column, **_values(failure, lines, line))
    if "mapping values are not allowed" in text:
        return _second_colon(failure, lines, name)
    if "did not find expected key" in text:
        return _no_key(failure, lines, name)
    return syntax.UNREADABLE.at(name, failure.line, failure.column, reason=failure.reason)


def _where(where: str, failure: Failure, lines: list[str]) -> tuple[int, int]:
    if where == "context":
        return failure.context_line, failure.context_column
    if where == "line":
        return failure.line, _first_column(_line(lines, failure.line))
    return failure.line, failure.column


def _values(failure: Failure, lines: list[str], number: int) -> dict[str, object]:
    """What the templates of `syntax` may name."""
    line = _line(lines, number).strip()
    rest = _line(lines, failure.line)[failure.column - 1 :]
    return {
        "text": line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + "…",
        "sign": rest[:1],
        "expected": failure.context_column,
        "begins": failure.context_line,
    }


def _second_colon(failure: Failure, lines: list[str], name: str) -> Problem:
    """A colon where none may be: the first of its line means wrong indentation, a later one is in a value."""
    line = _line(lines, failure.line)
    key = _KEY_AT_LINE_START.match(line)
    values = _values(failure, lines, failure.line)
    if key is None or key.end() != failure.column - 1 or failure.line == 1:
        return syntax.COLON_IN_VALUE.at(name, failure.line, failure.column, **values)
    above = next((text for text in reversed(lines[: failure.line - 1]) if text.strip()), "")
    expected = _key_column(above)
    return syntax.TOO_FAR_IN.at(name, failure.line, _key_column(line), **(values | {"expected": expected}))


def _no_key(failure: Failure, lines: list[str], name: str) -> Problem:
    """Something other than a key of the mapping that is open."""
    line = _line(lines, failure.line)
    values = _values(failure, lines, failure.line)
    first = _first_column(line)
    if failure.column != first:
        return syntax.AFTER_VALUE.at(name, failure.line, failure.column, **values)
    wording = syntax.ITEM_FOR_KEY if line.lstrip().startswith("- ") else syntax.NOT_ALIGNED
    return wording.at(name, failure.line, first, **values)


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _first_column(line: str) -> int:
    return len(line) - len(line.lstrip()) + 1


def _key_column(line: str) -> int:
    start = _START.match(line)
    return (start.end() if start else 0) + 1
