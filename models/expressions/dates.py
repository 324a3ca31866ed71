"""Dates and moments written as texts inside an expression."""

import re
from datetime import date, datetime
from typing import Final

from models.expressions.characters import PLAIN
from models.expressions.flaws import Complaint
from models.expressions.phrases import kind_of, shortened, write
from models.expressions.types import CHINA
from models.expressions.words import Words

_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?([+-][0-9]{2}:[0-9]{2})?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_moment(written: str) -> datetime | Complaint:
    """Read "2026-02-13 15:00" (China time unless it has an offset), or give message and remedy."""
    if _MOMENT.fullmatch(written):
        try:
            moment = datetime.fromisoformat(written)
            return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment.astimezone(CHINA)
        except (ValueError, OverflowError):
            return Complaint(_missing(written), write("moment('2026-02-13 15:00')"))
    if _DATE.fullmatch(written):
        message = Words(f"`'{written}'` has no time of day", f"`'{written}'` 没有写几点几分")
        return Complaint(message, write(f"moment('{written} 00:00')"))
    return _misspelt(written, Words("a moment", "时刻"), "moment('2026-02-13 15:00')", _MOMENT)


def read_date(written: str) -> date | Complaint:
    """Read "2026-02-13", or give message and remedy."""
    if _DATE.fullmatch(written):
        try:
            return date.fromisoformat(written)
        except ValueError:
            return Complaint(_missing(written), write("date('2026-02-13')"))
    return _misspelt(written, Words("a date", "日期"), "date('2026-02-13')", _DATE)


def _misspelt(written: str, what: Words, example: str, pattern: re.Pattern[str]) -> Complaint:
    plain = "".join(PLAIN.get(character, character) for character in written)
    if pattern.fullmatch(plain):
        wide = next(character for character in written if character in PLAIN)
        return Complaint(kind_of(wide), write(f"{example.partition('(')[0]}('{plain}')"))
    shown = shortened(written)
    return Complaint(Words(f"`'{shown}'` is not {what.en}", f"`'{shown}'` 不是{what.zh}"), write(example))


def _missing(written: str) -> Words:
    return Words(f"`'{written}'` is not in the calendar", f"日历上没有 `'{written}'`")
