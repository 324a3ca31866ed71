"""Telling what went wrong, and not what it went wrong with: errors quote what they were given.

The step's error goes to the case, where the person who takes over reads it; Prefect is told its kind alone.
"""

import re
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from tasks.registered import Registered, WorkFailed

_ADDRESS: Final = re.compile(r"([a-z][a-z0-9+.-]*://)(?:[^\s/?#'\"]*@)?([^\s/?#'\"@]*)([/?#][^\s'\"]*)?", re.IGNORECASE)


class NotDone(RuntimeError):  # noqa: N818 - what Prefect shows of an error
    """A piece of work was not done. Prefect shows and logs this in place of the error, which may hold content."""

    def __init__(self, error: Exception) -> None:
        super().__init__(f"{type(error).__name__}，原因见事项 / the case says why")


def told(error: Exception) -> str:
    """What a case keeps of an error: the words of a failure that a task foresaw, otherwise its kind alone."""
    if isinstance(error, WorkFailed) and str(error):
        return without_secrets(str(error))
    return type(error).__name__


def without_secrets(text: str) -> str:
    """A text whose addresses end with the host: passwords and keys stand before it, in paths and in queries."""
    return _ADDRESS.sub(lambda one: f"{one[1]}{one[2]}{'/…' if len(one[3] or '') > 1 else one[3] or ''}", text)


def unfit(registered: Registered, error: ValidationError) -> str:
    """Which inputs do not fit, by name and kind of mistake. Pydantic's own text would quote them."""
    fields = registered.inputs.model_fields
    problems = dict[str, str]()
    for one in error.errors(include_url=False, include_context=False, include_input=False):
        name = str(one["loc"][0]) if one["loc"] else ""
        wanted = fields[name].description if name in fields else f"takes {', '.join(fields)}"
        problems[name] = f"input `{name}` does not fit ({one['type']}); {wanted}"
    return "; ".join(problems.values())


def place(error: BaseException) -> str:
    """Where an error was raised, e.g. `pages.py:41`; a whole traceback would end with the text of the error."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "nowhere"
