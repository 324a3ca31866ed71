"""The same events give the same states and effects in every process: nothing hangs on the order of a set."""

import json
import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings

from tests.properties.moves import moves, openings
from tests.properties.procedures import procedures
from tests.properties.replay import Play

ROOT = Path(__file__).parents[2]


def _plays(count: int) -> list[Play]:
    found: list[Play] = []

    @settings(max_examples=count)
    @given(procedures(), openings, moves)
    def collect(procedure: Play, begun: Play, chosen: Play) -> None:
        found.append((procedure, begun, chosen))  # type: ignore[arg-type]

    collect()
    return found


def test_it_decides_the_same_in_every_process() -> None:
    lines = "\n".join(json.dumps(play) for play in _plays(60))
    accounts = [
        subprocess.run(
            [sys.executable, "-m", "tests.properties.replay"],
            input=lines, capture_output=True, text=True, check=True, cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert accounts[0] == accounts[1]
