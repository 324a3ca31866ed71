"""Calendar files: what is shipped reads without a word, and slips of the pen are found."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from models.language.calendar import load_calendars
from models.language.calendar_year import CalendarYear
from models.language.company_hours import CompanyHours
from models.language.element import Mistake
from tests.unit.calendar_files import FOLDER, files

YEAR = {
    "year": 2027,
    "coverage": "official",
    "notices": [{"title": "样例", "dated": "2026-11-05"}],
    "days_off": [
        {"name": "元旦", "from": "2026-12-31", "until": "2027-01-02"},
        {"name": "劳动节", "from": "2027-05-01"},
        {"name": "国庆节", "from": "2027-10-01", "until": "2027-10-07"},
    ],
    "working_days": [{"date": "2027-10-09", "name": "国庆节"}],
}


def mistake(model: type[BaseModel], data: object) -> Mistake:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    found = caught.value.errors()[0]["ctx"]["error"]
    assert isinstance(found, Mistake)
    return found


def test_the_shipped_files_have_no_problems() -> None:
    assert files().problems == []


def test_the_sample_year_is_right() -> None:
    assert CalendarYear.model_validate(YEAR).year == 2027


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"notices": []}, "names no notice"),
        ({"days_off": [*YEAR["days_off"], {"name": "x", "from": "2027-10-01"}]}, "2027-10-01 is given twice"),  # type: ignore[misc]
        ({"days_off": YEAR["days_off"][:2]}, "2027-10-01 is not among the days off"),  # type: ignore[index]
        ({"working_days": [{"date": "2027-10-08", "name": "x"}]}, "2027-10-08 is not a Saturday or Sunday"),
        ({"working_days": [{"date": "2027-10-03", "name": "x"}]}, "2027-10-03 is given twice"),
        ({"working_days": [{"date": "2026-10-10", "name": "x"}]}, "2026-10-10 does not belong to the calendar of 2027"),
        ({"working_days": [{"date": "2027/10/9", "name": "x"}]}, "is not a date"),
        ({"days_off": [{"name": "x", "from": "2027-01-03", "until": "2027-01-01"}]}, "is not 1 to 15 days"),
        ({"days_off": [{"name": "x", "from": "2027-01-01", "until": "2027-03-01"}]}, "is not 1 to 15 days"),
    ],
)
def test_a_year_that_cannot_be_meant_is_refused_with_a_remedy(change: dict[str, object], message: str) -> None:
    found = mistake(CalendarYear, YEAR | change)

    assert message in found.message
    assert found.remedy
    assert re.search(r"[一-鿿]", found.message_zh)


@pytest.mark.parametrize(
    "hours",
    [
        {"from": "18:00", "until": "09:00"},
        {"from": "09:00", "until": "12:00"},
        {"breaks": [{"from": "08:00", "until": "10:00"}]},
        {"breaks": [{"from": "13:00", "until": "12:00"}]},
        {"breaks": [{"from": "12:00", "until": "13:00"}, {"from": "12:30", "until": "14:00"}]},
    ],
)
def test_hours_that_contradict_themselves_are_refused(hours: dict[str, object]) -> None:
    assert mistake(CompanyHours, {"business_hours": hours}).remedy


@pytest.mark.parametrize("model", [CalendarYear, CompanyHours])
def test_every_key_is_explained_in_chinese_and_english(model: type[BaseModel]) -> None:
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    described = {key: value.get("description", "") for part in parts for key, value in part["properties"].items()}

    assert [key for key, text in described.items() if not re.search(r"[一-鿿].* / .*[a-z]", text)] == []


def copy(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text((FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")


def rules(folder: Path) -> list[str]:
    return [problem.rule for problem in load_calendars(folder).problems]


def test_an_empty_folder_and_one_that_does_not_exist_are_problems(tmp_path: Path) -> None:
    assert rules(tmp_path) == rules(tmp_path / "nowhere") == ["DL060", "DL061"]


def test_a_folder_without_company_hours_counts_with_the_usual_ones_and_says_so(tmp_path: Path) -> None:
    copy(tmp_path, "2026.yaml")

    assert load_calendars(tmp_path).hours == CompanyHours()
    assert rules(tmp_path) == ["DL061"]


def test_two_official_files_of_one_year_are_a_problem_with_the_line_of_the_second(tmp_path: Path) -> None:
    copy(tmp_path, "2026.yaml", "company.yaml", "provisional-2027.yaml")
    (tmp_path / "new.yaml").write_text((FOLDER / "2026.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (problem,) = load_calendars(tmp_path).problems

    assert (problem.rule, problem.path) == ("DL062", str(tmp_path / "new.yaml"))
    assert problem.line == 1 + (FOLDER / "2026.yaml").read_text(encoding="utf-8").split("\n").index("year: 2026")


def test_a_broken_file_is_reported_and_the_others_still_count(tmp_path: Path) -> None:
    copy(tmp_path, "2026.yaml", "company.yaml")
    (tmp_path / "2027.yaml").write_text("year: 2027\ncoverage: official\ndays_off: []\n", encoding="utf-8")
    loaded = load_calendars(tmp_path)

    assert [year.year for year in loaded.years] == [2026]
    assert loaded.problems
