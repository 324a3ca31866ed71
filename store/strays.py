"""Strays: files that were sent with a form that was never handed in. They are removed after eight days.

A file is kept before its form is read to the end, so that nobody has to send it twice; most forms are handed in then.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from models.inbox_tables import IncomingRow
from models.sign_in_tables import AttachmentRow

_ATTACHMENTS: Final = AttachmentRow.__table__  # type: ignore[attr-defined]
_INCOMING: Final = IncomingRow.__table__  # type: ignore[attr-defined]

AGE: Final = 8 * 24 * 3600.0
"""Seconds by the clock on the wall: longer than any sign-in lasts, and so than a form can be left open and be sent."""


def remove_strays(connection: Connection, folder: Path, wall: float | None = None) -> int:
    """Remove files of `folder` that belong to no case and to no mail; how many."""
    now = time.time() if wall is None else wall
    old = [path for path in _files(folder) if now - path.stat().st_mtime > AGE]
    return sum(_remove(path, now) for path in old if not _belongs(connection, path.name))


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.glob("[0-9a-f][0-9a-f]/*"):
        if len(path.name) == 64:
            yield path


def _belongs(connection: Connection, sha256: str) -> bool:
    attached = select(_ATTACHMENTS.c.id).where(_ATTACHMENTS.c.sha256 == sha256).limit(1)
    mailed = select(_INCOMING.c.id).where(_INCOMING.c.files.contains(sha256)).limit(1)
    return any(connection.execute(query).first() is not None for query in (attached, mailed))


def _remove(path: Path, now: float) -> bool:
    """Remove a file, unless somebody has just sent it again."""
    aside = path.with_name(f"{path.name}.stray")
    with suppress(FileNotFoundError):
        path.rename(aside)
        if now - aside.stat().st_mtime > AGE:
            aside.unlink()
            return True
        aside.rename(path)
    return False
