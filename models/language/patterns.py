"""Patterns: regular expressions of authors, run by RE2, so that no answer and no mail can make one take for ever."""

from functools import lru_cache
from typing import Any, Final

import re2

MOST_MEMORY: Final = 4 * 1024 * 1024
"""Bytes that one pattern may need; `(.{1000}){1000}` is refused and not tried."""


class BadPattern(ValueError):  # noqa: N818 - it says what is the case
    """A pattern that cannot be used; the text says why."""


@lru_cache(maxsize=2000)
def compiled(pattern: str) -> Any:
    """The pattern, ready for `search` and `fullmatch`. Raises `BadPattern`."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = MOST_MEMORY
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0] if error.args else str(error)
        raise BadPattern(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)) from None


def found(pattern: str, text: str) -> str | None:
    """What a pattern finds in a text: its first group that takes part, or all it matches; None if it does not match.

    Raises `BadPattern`.
    """
    match = compiled(pattern).search(text)
    if match is None:
        return None
    taken = next((group for group in match.groups() if group is not None), match.group(0))
    return str(taken).strip()
