"""The secret: random bytes that seal cookies and forms, made once, the same for every process."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from duly.errors import UserError

LEAST: Final = 32
"""Bytes."""


def private_folder(path: Path) -> Path:
    """Make a folder that only this account may read, if there is none yet. Raises `UserError`."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UserError(
            f"the folder {path} cannot be made: {error.strerror}.", "set `data` to a folder that can be written."
        ) from None
    return path


def secret_of(path: Path) -> bytes:
    """The secret in a file, made if there is none yet. Raises `UserError` for a file that is too short."""
    if not path.exists():
        _make(path)
    found = path.read_bytes()
    if len(found) < LEAST:
        raise UserError(
            f"the secret in {path} has {len(found)} bytes; at least {LEAST} are needed.",
            "remove the file, and a new one is made; everybody signs in again then.",
        )
    return found


def _make(path: Path) -> None:
    # Named at random: in a container every process has the number that the one had which died here.
    partial = path.with_name(f"{path.name}.{secrets.token_hex(8)}.partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(LEAST))
        file.flush()
        os.fsync(file.fileno())
    # Linked, not renamed: of two processes that start together, the second must not replace the secret of the first.
    with suppress(FileExistsError):
        os.link(partial, path)
    partial.unlink()
