"""Moments: how Duly reads, keeps and writes a point in time.

Every moment is an aware `datetime` in China standard time with whole seconds.
China has had one zone without daylight saving since 1991, so a fixed offset is
exact, needs no time-zone database and makes arithmetic plain addition.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8), "Asia/Shanghai")

_MOMENT: Final = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})[ T](?P<minute>\d{2}:\d{2})(?::(?P<second>\d{2}))?"
    r"(?P<fraction>\.\d+)?(?P<offset>Z|[+-]\d{2}:\d{2})?",
    re.ASCII,
)
_REMEDY: Final = (
    'write "2026-02-13 15:00" or "2026-02-13 15:00:30" (China time), '
    'or ISO 8601 with an offset such as "2026-02-13T15:00:00+08:00"'
)


class MomentError(ValueError):
    """A text that is not a moment; the message says what to write instead."""


def parse_moment(text: str) -> datetime:
    """Read a moment; without an offset it is China time.

    Raises `MomentError` for anything but `YYYY-MM-DD HH:MM[:SS]`, with a space or
    a `T` between date and time and an optional offset. ISO 8601 allows much more
    (week dates, missing hyphens): those are refused, because nobody proofreads them.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise MomentError(f"{_quote(text)} is not a moment: {_REMEDY}.")
    if match["fraction"]:
        raise MomentError(
            f"{_quote(text)} has a fraction of a second, but deadlines are compared "
            f"by whole seconds: leave out {_quote(match['fraction'])}."
        )
    if match["minute"].startswith("24:"):
        raise MomentError(
            f"{_quote(text)} uses hour 24: write 00:00 of the next day instead."
        )
    return _moment(match, text)


def format_moment(moment: datetime) -> str:
    """Write a moment as China time: `2026-02-13 15:00`, seconds only if there are any."""
    local = moment.astimezone(CHINA).replace(tzinfo=None)
    return local.isoformat(" ", "seconds" if local.second else "minutes")


def _moment(match: re.Match[str], text: str) -> datetime:
    offset = (match["offset"] or "+08:00").replace("Z", "+00:00")
    written = f"{match['date']}T{match['minute']}:{match['second'] or '00'}{offset}"
    try:
        # Through UTC, so that a year 1 or 9999 that leaves the range says so here.
        return datetime.fromisoformat(written).astimezone(UTC).astimezone(CHINA)
    except (ValueError, OverflowError) as error:
        raise MomentError(
            f"{_quote(text)} does not exist in the calendar ({error}): {_REMEDY}."
        ) from error


def _quote(text: str) -> str:
    return f'"{text if len(text) <= 60 else text[:57] + "..."}"'
