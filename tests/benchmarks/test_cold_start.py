"""What a person waits for before a command begins."""

import subprocess
import sys
from typing import Final

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

LIMIT: Final = 0.4  # seconds; more feels slow at a prompt


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_it_answers_before_anybody_wonders(benchmark: BenchmarkFixture, option: str) -> None:
    command = [sys.executable, "-m", "duly", option]

    benchmark(subprocess.run, command, check=True, capture_output=True)

    assert benchmark.stats is not None
    assert benchmark.stats.stats.median < LIMIT
