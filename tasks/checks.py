"""`check_heartbeat`: is a file fresh, or does an address answer?"""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from pydantic import Field

from models.language.moments import CHINA
from tasks.reach import AddressRefused
from tasks.registered import Inputs, Outputs, Registered, Tools, WorkFailed


class HeartbeatInputs(Inputs):
    """A file below the worker's folder, or an address."""

    target: str = Field(description="文件或网址 / file or address")
    minutes: int = Field(default=60, ge=1, le=100_000, description="多久之内算正常 / how old a file may be")


class HeartbeatOutputs(Outputs):
    """Whether it lives."""

    alive: bool
    detail: str


async def check_heartbeat(inputs: HeartbeatInputs, tools: Tools) -> HeartbeatOutputs:
    """Look at a file's age or ask an address. That it is dead is an answer, not a failure."""
    if inputs.target.startswith(("http://", "https://")):
        return await _address(inputs.target, tools)
    return _file(tools.files / inputs.target, tools.files, timedelta(minutes=inputs.minutes), tools.clock())


async def _address(url: str, tools: Tools) -> HeartbeatOutputs:
    try:
        async with (
            asyncio.timeout(tools.patience),
            tools.http.stream("GET", url, follow_redirects=False) as answer,
        ):  # its content is of no interest, and may have no end
            return HeartbeatOutputs(alive=answer.is_success, detail=f"HTTP {answer.status_code}")
    except (AddressRefused, httpx.InvalidURL) as error:
        raise WorkFailed(f"{url}: {error}") from error  # nobody has asked it, so nobody knows
    except TimeoutError:
        return HeartbeatOutputs(alive=False, detail=f"no answer within {tools.patience:g} seconds")
    except httpx.HTTPError as error:
        return HeartbeatOutputs(alive=False, detail=str(error) or type(error).__name__)


def _file(path: Path, folder: Path, most: timedelta, now: datetime) -> HeartbeatOutputs:
    if not path.resolve().is_relative_to(folder.resolve()):
        return HeartbeatOutputs(alive=False, detail="outside the worker's folder")
    if not path.is_file():
        return HeartbeatOutputs(alive=False, detail="no such file")
    age = now - datetime.fromtimestamp(path.stat().st_mtime, CHINA)
    return HeartbeatOutputs(alive=age <= most, detail=f"{int(age.total_seconds() // 60)} minutes old")


CHECK_HEARTBEAT = Registered(
    "check_heartbeat",
    "检查文件是否新鲜、网址是否应答 / whether a file is fresh, or an address answers",
    HeartbeatInputs,
    HeartbeatOutputs,
    check_heartbeat,
)
