"""Conditions run at every event of every case: they must cost next to nothing."""

from typing import Final

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from models.expressions import Bool, Choice, ListOf, Number, Record, Scope, parse

SCOPE: Final = Scope(
    {
        "category": Choice(frozenset({"coordination", "other"})),
        "forward": Record({"done": Bool}),
        "items": ListOf(Record({"amount": Number, "paid": Bool})),
    }
)
SIMPLE: Final = "category == 'coordination' and forward.done"
MICROSECOND: Final = 1e-6


def test_a_simple_condition_takes_less_than_a_microsecond(benchmark: BenchmarkFixture) -> None:
    condition = parse(SIMPLE, SCOPE, expect=Bool)

    assert benchmark(condition, {"category": "coordination", "forward.done": True}) is True
    assert benchmark.stats is not None
    assert benchmark.stats.stats.min < MICROSECOND


@pytest.mark.parametrize("size", [10, 1000])
def test_a_loop_takes_less_than_three_microseconds_an_item(benchmark: BenchmarkFixture, size: int) -> None:
    condition = parse("all(i.amount > 3 and i.paid for i in items)", SCOPE, expect=Bool)

    assert benchmark(condition, {"items": [{"amount": 5, "paid": True}] * size}) is True
    assert benchmark.stats is not None
    assert benchmark.stats.stats.min < 3 * MICROSECOND * (size + 1)


def test_reading_a_condition_takes_less_than_two_milliseconds(benchmark: BenchmarkFixture) -> None:
    benchmark(parse, SIMPLE, SCOPE, Bool)

    assert benchmark.stats is not None
    assert benchmark.stats.stats.min < 2000 * MICROSECOND
