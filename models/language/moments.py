"""Moments: how Duly reads, keeps and writes a point in time.

Every moment is an aware `datetime` in China standard time with whole seconds.
China has had one zone without daylight saving since 1991, so a fixed offset is
exact, needs no time-zone database and makes arithmetic plain addition.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from models.language.element import Mistake

CHINA: Final = timezone(timedelta(hours=8), "Asia/Shanghai")

_MOMENT: Final = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})[ T](?P<minute>\d{2}:\d{2})(?::(?P<second>\d{2}))?"
    r"(?P<fraction>\.\d+)?(?P<offset>Z|[+-]\d{2}:\d{2})?",
    re.ASCII,
)
_REMEDY: Final = (
    'write "2026-02-13 15:00" (China time), or ISO 8601 with an offset: "2026-02-13T15:00:00+08:00"',
    '请写 "2026-02-13 15:00"（北京时间），或带时差的 ISO 8601 格式 "2026-02-13T15:00:00+08:00"',
)


class MomentError(Mistake):
    """A text that is not a moment; it says what to write instead."""

    def __str__(self) -> str:
        return f"{self.message}: {self.remedy}."


def parse_moment(text: str) -> datetime:
    """Read a moment; without an offset it is China time.

    Raises `MomentError` for anything but `YYYY-MM-DD HH:MM[:SS]`, with a space or
    a `T` between date and time and an optional offset. ISO 8601 allows much more
    (week dates, missing hyphens): those are refused, because nobody proofreads them.
    """
    match, shown = _MOMENT.fullmatch(text.strip()), _quote(text)
    if match is None:
        raise MomentError(f"{shown} is not a moment", f"{shown} 不是时间点", *_REMEDY)
    if match["fraction"]:
        remedy = (f"leave out {_quote(match['fraction'])}", f"请去掉 {_quote(match['fraction'])}")
        raise MomentError(f"{shown} has a fraction of a second", f"{shown} 含不足一秒的部分", *remedy)
    if match["minute"].startswith("24:"):
        remedy = ("write 00:00 of the next day", "请写次日 00:00")
        raise MomentError(f"{shown} has an hour 24", f"{shown} 的小时数是 24", *remedy)
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
        shown = _quote(text)
        raise MomentError(
            f"{shown} does not exist in the calendar ({error})", f"日历上没有 {shown}", *_REMEDY
        ) from error


def _quote(text: str) -> str:
    return f'"{text if len(text) <= 60 else text[:57] + "..."}"'
