"""A newcomer's first minutes: the demonstration starts, the tour finds everything as it should be, Ctrl-C ends it."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.acceptance.running import free_port, until


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    port = free_port()
    with (tmp_path / "demo.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "duly", "demo", "--no-prefect", "--data", "demo", "--port", str(port)],
            cwd=tmp_path, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    until(lambda: _answers(address))
    yield address, process
    if process.poll() is None:
        process.kill()
        process.wait(10)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/ready", timeout=2).is_success
    except httpx.HTTPError:
        return False


def tour(address: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "duly", "tour", "--address", address]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)


def test_the_tour_finds_all_well_and_one_interrupt_ends_every_process(
    demonstration: tuple[str, "subprocess.Popen[bytes]"],
) -> None:
    address, process = demonstration
    seen = tour(address)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()

    assert seen.returncode == 0, seen.stdout + seen.stderr
    assert "✗" not in seen.stdout
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert len(children) == 3
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_a_tour_of_what_is_no_demonstration_opens_nothing() -> None:
    seen = tour(f"http://127.0.0.1:{free_port()}")

    assert (seen.returncode, "run duly demo" in seen.stderr) == (2, True)
