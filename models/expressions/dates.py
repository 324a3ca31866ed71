"""Dates and moments written as texts inside an expression."""

import re
from datetime import date, datetime
from typing import Final

from models.expressions.characters import PLAIN, describe_character
from models.expressions.flaws import Complaint
from models.expressions.types import CHINA

_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?([+-][0-9]{2}:[0-9]{2})?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_moment(written: str) -> datetime | Complaint:
    """Read "2026-02-13 15:00" (China time unless it has an offset), or give message and remedy."""
    if _MOMENT.fullmatch(written):
        try:
            moment = datetime.fromisoformat(written)
            return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment.astimezone(CHINA)
        except (ValueError, OverflowError):
            return Complaint(_missing(written), "write a moment that exists: `moment('2026-02-13 15:00')`")
    if _DATE.fullmatch(written):
        return Complaint(f"`'{written}'` has no time of day", f"add it: `moment('{written} 00:00')`")
    return _misspelt(written, "a moment", "moment('2026-02-13 15:00')", _MOMENT)


def read_date(written: str) -> date | Complaint:
    """Read "2026-02-13", or give message and remedy."""
    if _DATE.fullmatch(written):
        try:
            return date.fromisoformat(written)
        except ValueError:
            return Complaint(_missing(written), "write a date that exists: `date('2026-02-13')`")
    return _misspelt(written, "a date", "date('2026-02-13')", _DATE)


def _misspelt(written: str, what: str, example: str, pattern: re.Pattern[str]) -> Complaint:
    shown = written if len(written) <= 40 else f"{written[:37]}..."
    plain = "".join(PLAIN.get(character, character) for character in written)
    if pattern.fullmatch(plain):
        wide = next(character for character in written if character in PLAIN)
        function = example.partition("(")[0]
        return Complaint(f"`{wide}` in `'{shown}'` is {describe_character(wide)}", f"write `{function}('{plain}')`")
    return Complaint(f"`'{shown}'` is not {what}", f"write `{example}`")


def _missing(written: str) -> str:
    return f"`'{written}'` is not in the calendar"
