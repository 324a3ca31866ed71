"""Writes the example of a rule into a folder, as an officer would who copies it, and checks it.

An example is one file, or several with a line `# file: NAME` before each. It is checked beside
the policies that come with Duly; with an organisation of its own it is a company of its own.
"""

import re
from pathlib import Path
from typing import Final

from duly.machine_tasks import known_tasks
from models.language.check import check
from models.language.context import ORGANISATION, read_context
from models.language.problem import Problem
from models.language.rulebook import open_page

POLICIES: Final = Path(__file__).parents[2] / "policies_as_yaml"
_FILE: Final = re.compile(r"(?m)^# file: (\S+)\n")
_ID: Final = re.compile(r"(?m)^procedure: ([a-z0-9-]+)$")


def check_example(text: str, folder: Path, encoding: str = "utf-8") -> list[Problem]:
    """The problems of an example."""
    paths = [_write(folder / name, content, encoding) for name, content in _files(text)]
    pages = [open_page(path) for path in paths]
    own = (folder / ORGANISATION).exists()
    return check(pages, read_context(folder if own else POLICIES, pages, known_tasks))


def _files(text: str) -> list[tuple[str, str]]:
    parts = _FILE.split(text)
    if len(parts) > 1:
        return list(zip(parts[1::2], parts[2::2], strict=True))
    named = _ID.search(text)
    return [(f"{named[1] if named else 'example'}.yaml", text)]


def _write(path: Path, content: str, encoding: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode(encoding))
    return path
