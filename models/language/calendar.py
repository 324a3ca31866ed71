"""Calendar: reads the folder of calendar files, one for each year and one for the company's hours."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from models.language.calendar_year import CalendarYear
from models.language.company_hours import CompanyHours
from models.language.problem import Problem, Wording, Words
from models.language.source import Source, read
from models.language.validate import validate

COMPANY: Final = "company.yaml"
"""The file of the company's hours; every other file in the folder is a year."""

NO_YEARS: Final = Wording(
    "DL060",
    Words("there is no calendar of a year in this folder", "这个文件夹里没有年度日历"),
    Words("name the folder that holds 2026.yaml and its like", "请指定存放 2026.yaml 等文件的文件夹"),
)
NO_HOURS: Final = Wording(
    "DL061",
    Words(
        "the company's hours are not written down; 09:00 to 18:00 is assumed",
        "没有公司作息文件，按 09:00 至 18:00 计算",
    ),
    Words(f"add {COMPANY} with `business_hours` and `close_of_business`", f"请添加 {COMPANY}，写明工作时间和下班时间"),
    severity="warning",
)
SAME_YEAR: Final = Wording(
    "DL062",
    Words("{year} already has a calendar with this coverage: {other}", "{year} 年已有同类日历：{other}"),
    Words("keep one of the two files", "请只保留其中一个文件"),
)


class Calendars(NamedTuple):
    """What a folder of calendars says, as far as it could be understood, and what is wrong with it."""

    years: list[CalendarYear]
    hours: CompanyHours
    problems: list[Problem]


def load_calendars(folder: Path) -> Calendars:
    """Read every calendar file of a folder; never raises for what is in it, or for its absence."""
    found = Calendars([], CompanyHours(), [])
    hours = None
    pages: list[tuple[Source, CalendarYear]] = []
    for path in sorted(folder.glob("*.yaml")):
        source = read(path)
        found.problems.extend(source.problems)
        if path.name == COMPANY:
            hours, problems = validate(CompanyHours, source)
        else:
            year, problems = validate(CalendarYear, source)
            pages += [(source, year)] if year else []
        found.problems.extend(problems)
    found.problems.extend(_missing(folder, pages))
    found.problems.extend(_repeated(pages))
    return found._replace(years=[year for _, year in pages], hours=hours or found.hours)


def _missing(folder: Path, pages: list[tuple[Source, CalendarYear]]) -> Iterable[Problem]:
    if not pages:
        yield NO_YEARS.at(str(folder), 1, 1)
    if not (folder / COMPANY).is_file():
        yield NO_HOURS.at(str(folder), 1, 1)


def _repeated(pages: list[tuple[Source, CalendarYear]]) -> Iterable[Problem]:
    first: dict[tuple[int, str], str] = {}
    for source, year in pages:
        key = (year.year, year.coverage)
        if key in first:
            yield SAME_YEAR.at(source.name, *source.at(("year",)), year=year.year, other=first[key])
        first.setdefault(key, source.name)
