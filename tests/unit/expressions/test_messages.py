"""Every message, word for word: the files in `messages/` hold expressions and what is said about them.

A case is a line `> expression` and, for each flaw, `column+length message → remedy`
in English, with the Chinese below. An expression without flaws has the line `fine`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from models.expressions import Bool, ExpressionError, Scope, parse

FOLDER: Final = Path(__file__).parent / "messages"


def cases() -> Iterator[tuple[str, str]]:
    """Read all pairs of expression and expected messages."""
    for path in sorted(FOLDER.glob("*.txt")):
        blocks = path.read_text(encoding="utf-8").split("\n> ")
        for block in blocks[1:]:
            text, _, expected = block.partition("\n")
            yield text, expected.rstrip("\n")


def said_about(text: str, scope: Scope) -> str:
    """Write the flaws of an expression the way the files do."""
    try:
        parse(text, scope, expect=Bool)
    except ExpressionError as error:
        return "\n".join(
            f"{flaw.column}+{flaw.length} {flaw.message} → {flaw.remedy}\n    {flaw.message_zh} → {flaw.remedy_zh}"
            for flaw in error.flaws
        )
    return "fine"


@pytest.mark.parametrize(("text", "expected"), list(cases()))
def test_it_says_what_is_wrong_where_and_what_to_write(text: str, expected: str, scope: Scope) -> None:
    assert said_about(text, scope) == expected


@pytest.mark.parametrize(("text", "expected"), list(cases()))
def test_it_points_inside_the_text(text: str, expected: str, scope: Scope) -> None:
    for line in expected.splitlines():
        if line[0].isdigit():
            column, length = map(int, line.split(" ", 1)[0].split("+"))
            assert 0 <= column < column + length <= len(text)


def test_the_files_are_found() -> None:
    assert len(list(cases())) > 150
