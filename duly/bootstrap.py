"""Makes sure that the process speaks UTF-8 and runs our own code before any command starts.

Our rooms have generic names, `models` above all. Another package of that name, found
earlier on the path, would be imported in place of ours and fail later, elsewhere and
obscurely; so it is refused here, before anything is imported from it.
"""

import io
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from duly.errors import UserError

ROOMS: Final = ("models", "engine", "store", "notifications", "tasks", "flows", "web")


def speak_utf8() -> None:
    """Write and read UTF-8 whatever the locale says: titles and reasons are Chinese.

    What cannot be encoded, such as a file name that is not text, is shown escaped
    rather than ending the command half-way through its answer.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def refuse_foreign_rooms() -> None:
    """Raise `UserError` if Python would find another package under the name of a room of ours."""
    root = Path(__file__).resolve().parent.parent
    for room in ROOMS:
        # A room that this version does not have is never imported, so anybody may own its name.
        if (root / room).is_dir():
            _refuse_foreign(room, root / room)


def _refuse_foreign(room: str, ours: Path) -> None:
    spec = find_spec(room)
    if spec is None or spec.origin is None:
        raise UserError(
            f"Duly's own package `{room}` cannot be imported, although its folder {ours} exists.",
            "the installation is damaged: install Duly again, in a virtual environment of its own.",
        )
    found = Path(spec.origin).resolve().parent
    if found != ours:
        raise UserError(
            f"Python finds a foreign package `{room}` in {found}, before Duly's own in {ours}.",
            "install Duly in a virtual environment of its own, start it as `duly` rather than `python -m duly`,"
            f" and unset PYTHONPATH; or uninstall the package that brings `{room}`.",
        )
