"""The calendar that is shipped, read once for all tests that count with it."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from engine.calendars import Calendar
from models.language.calendar import Calendars, load_calendars
from models.language.durations import Duration
from models.language.moments import format_moment, parse_moment

FOLDER: Final = Path(__file__).parents[2] / "policies_as_yaml" / "calendars"


@cache
def files() -> Calendars:
    return load_calendars(FOLDER)


@cache
def shipped() -> Calendar:
    return Calendar.build(files().years, files().hours)


def without(years: Iterable[int]) -> Calendar:
    """The shipped calendar as if these years' files, notices and derivations alike, did not exist."""
    left_out = set(years)
    return Calendar.build([year for year in files().years if year.year not in left_out], files().hours)


def at(text: str) -> datetime:
    return parse_moment(text)


def due(start: str, duration: str) -> str:
    return format_moment(shipped().add(at(start), Duration.parse(duration)).at)
