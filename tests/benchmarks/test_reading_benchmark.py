"""Incoming mail: how fast it is read, and whether 100,000 mutated messages are all read."""

from itertools import islice
from random import Random
from typing import Final

from pytest_benchmark.fixture import BenchmarkFixture

from notifications.inbound.reading import read_bytes
from tests.unit.inbound.mutated_mails import SAMPLES, mutated
from tests.unit.inbound.test_reading_anything import kept

FUZZED: Final = 100_000
LIMIT: Final = 0.02  # seconds for ten mails of every kind; about 0.004 on an idle machine of two cores


def test_it_reads_ten_mails_of_every_kind_in_no_time(benchmark: BenchmarkFixture) -> None:
    benchmark(lambda: [read_bytes(sample) for sample in SAMPLES])
    assert benchmark.stats is not None
    assert benchmark.stats.stats.median < LIMIT


def test_it_reads_100_000_mutated_mails_and_leaves_none_unread() -> None:
    random = Random(4)  # noqa: S311 - the same messages for everybody
    assert all(kept(read_bytes(message)) for message in islice(mutated(random), FUZZED))
