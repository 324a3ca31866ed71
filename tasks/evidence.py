"""`seal_evidence`: copies a file into the sealed store, named by its hash, and never again writable."""

import asyncio
import hashlib
from datetime import datetime
from pathlib import Path

from pydantic import Field

from tasks.registered import Inputs, Outputs, Registered, Tools, WorkFailed


class SealInputs(Inputs):
    """The file to seal."""

    path: str = Field(description="文件（工作目录下）/ file below the worker's folder")


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
    digest, size = await asyncio.to_thread(_seal, source, tools.files / "sealed")
    return SealOutputs(sha256=digest, size=size, sealed_at=tools.clock().replace(microsecond=0))


def _seal(source: Path, folder: Path) -> tuple[str, int]:
    content = source.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / digest
    if not target.exists():
        partial = folder / f".{digest}.partial"
        partial.write_bytes(content)
        partial.chmod(0o400)
        partial.rename(target)
    return digest, len(content)


SEAL_EVIDENCE = Registered(
    "seal_evidence",
    "把文件以哈希为名封存，不可再改 / seal a file under its hash, never to be changed",
    SealInputs,
    SealOutputs,
    seal_evidence,
)
