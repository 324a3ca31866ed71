"""Moments: one way to read and write a point in time."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.language.moments import CHINA, MomentError, format_moment, parse_moment


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-02-13 15:00", "2026-02-13 15:00"),
        ("2026-02-13 15:00:30", "2026-02-13 15:00:30"),
        ("2026-02-13T15:00", "2026-02-13 15:00"),
        ("2026-02-13T15:00:00+08:00", "2026-02-13 15:00"),
        ("2026-02-13T07:00:00Z", "2026-02-13 15:00"),
        (" 2026-02-13 15:00 ", "2026-02-13 15:00"),
    ],
)
def test_it_reads_china_time_and_offsets(text: str, written: str) -> None:
    moment = parse_moment(text)

    assert moment.tzinfo is CHINA
    assert format_moment(moment) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2026-02-13",
        "2026-2-13 15:00",
        "13.02.2026 15:00",
        "20260213T150000",
        "2026-02-30 15:00",
        "2026-02-13 25:00",
        "2026-02-13 15:00:00.5",
        "2026-02-13 15:00+99:00",
        "9999-12-31 23:59-08:00",
        "２０２６-02-13 15:00",
    ],
)
def test_it_refuses_anything_else_and_says_what_to_write(text: str) -> None:
    with pytest.raises(MomentError, match=r"write|leave out") as caught:
        parse_moment(text)

    assert caught.value.message_zh != caught.value.message


def test_hour_24_is_refused_with_the_day_after() -> None:
    with pytest.raises(MomentError, match="00:00 of the next day"):
        parse_moment("2026-02-13 24:00")


def test_it_writes_moments_of_other_zones_in_china_time() -> None:
    assert format_moment(datetime(2026, 2, 13, 23, 30, tzinfo=UTC)) == "2026-02-14 07:30"


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31)))  # noqa: DTZ001 - zoned below
def test_it_reads_back_what_it_writes(moment: datetime) -> None:
    local = moment.replace(tzinfo=CHINA, microsecond=0)

    assert parse_moment(format_moment(local)) == local
