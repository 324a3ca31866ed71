"""Folders: where Duly finds what a company has written."""

from pathlib import Path
from typing import Final

_NAME: Final = "policies_as_yaml"


def policies_folder() -> Path:
    """The folder of policies: the one in the working directory, else the one installed with Duly."""
    here = Path.cwd() / _NAME
    return here if here.is_dir() else Path(__file__).resolve().parent.parent / _NAME


def shortened(path: Path) -> Path:
    """The path as an author would write it, from the current folder if it is inside."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
