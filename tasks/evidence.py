"""`seal_evidence`: copies a file into the sealed store, named by its hash, and never again writable.

It answers only when the seal would survive a loss of power in the next instant: the bytes are on the disk before they
get their name, and the name before anybody is told.
"""

import asyncio
import hashlib
import os
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final

from pydantic import Field

from store.files import flush_folder
from tasks.registered import Inputs, Outputs, Registered, Tools, WorkFailed

CHUNK: Final = 1024 * 1024
"""Bytes read at once: evidence may be the image of a disk."""


class SealInputs(Inputs):
    """The file to seal."""

    path: str = Field(min_length=1, max_length=1000, description="文件（工作目录下）/ file below the worker's folder")


class SealOutputs(Outputs):
    """Its seal."""

    sha256: str
    size: int
    """Bytes."""
    sealed_at: datetime


async def seal_evidence(inputs: SealInputs, tools: Tools) -> SealOutputs:
    """Seal a file. Sealing the same bytes again changes nothing."""
    source = (tools.files / inputs.path).resolve()
    if not source.is_relative_to(tools.files.resolve()) or not source.is_file():
        raise WorkFailed(f"there is no file `{inputs.path}` in the worker's folder")
    try:
        digest, size = await asyncio.to_thread(seal, source, tools.files / "sealed")
    except OSError as error:
        raise WorkFailed(f"`{inputs.path}` could not be sealed: {error.strerror or error}") from error
    return SealOutputs(sha256=digest, size=size, sealed_at=tools.clock().replace(microsecond=0))


def seal(source: Path, folder: Path) -> tuple[str, int]:
    """Copy a file to `folder/SHA-256`, durably. Gives the SHA-256 and the size in bytes.

    Raises `OSError`, and `WorkFailed` for a seal that is damaged. Other workers may seal the same file at the same
    time; each writes a file of its own, and one name remains.
    """
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        flush_folder(folder.parent)
    with NamedTemporaryFile(dir=folder, prefix=".", suffix=".partial", delete=False) as file:
        partial = Path(file.name)
        try:
            with source.open("rb") as original:
                digest, size = _copied(original, file)
            target = folder / digest
            if target.exists():
                _require_whole(target, digest)
                flush_folder(folder)  # another worker may have named it a moment ago
                return digest, size
            os.fchmod(file.fileno(), 0o400)
            file.flush()
            os.fsync(file.fileno())
            partial.rename(target)
            flush_folder(folder)
        finally:
            partial.unlink(missing_ok=True)
    return digest, size


def _copied(original: IO[bytes], to: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := original.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        to.write(chunk)
    return digest.hexdigest(), size


def _require_whole(sealed: Path, digest: str) -> None:
    with sealed.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != digest:
        raise WorkFailed(f"the sealed file {digest} is damaged: restore it from the backup")


SEAL_EVIDENCE = Registered(
    "seal_evidence",
    "把文件以哈希为名封存，不可再改 / seal a file under its hash, never to be changed",
    SealInputs,
    SealOutputs,
    seal_evidence,
)
