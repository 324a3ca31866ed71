"""`duly due`: the deadline on the first line, the count below it, and remedies on stderr."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from duly.commands.due import command
from tests.unit.calendar_files import FOLDER, shipped


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments))


def answer(*arguments: str) -> Any:
    result = run(*arguments, "--format", "json", "--calendar", str(FOLDER))
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_it_answers_on_the_first_line_and_then_counts_in_chinese_and_in_english() -> None:
    result = run("3 working days", "--from", "2026-02-13 15:00", "--calendar", str(FOLDER))
    lines = result.stdout.splitlines()

    assert result.exit_code == 0
    assert lines[0] == "2026-02-25 18:00"
    assert lines.index("2026-02-14 周六 春节调休上班：第 1 天") < lines.index(
        "2026-02-14 Sat make-up working day for Spring Festival: day 1"
    )


def test_it_says_on_the_first_line_that_a_date_is_provisional() -> None:
    result = run("3 working days", "--from", "2026-12-30 14:00", "--calendar", str(FOLDER))

    assert result.stdout.splitlines()[0] == "2027-01-05 18:00（暂定 / provisional）"


def test_it_answers_programs_in_json() -> None:
    found = answer("3 working days", "--from", "2026-02-13 15:00")
    days = found["receipt"]["days"]

    assert (found["due"], found["provisional"]) == ("2026-02-25T18:00:00+08:00", False)
    assert found["receipt"]["start"] == "2026-02-13T15:00:00+08:00"
    assert found["receipt"]["duration"] == "3 working days"
    assert found["receipt"]["calendar_version"] == shipped().version
    assert [day["date"] for day in days if day["counted"]] == ["2026-02-14", "2026-02-24", "2026-02-25"]
    assert {day["reason_zh"] for day in days if not day["counted"]} == {"春节放假"}


def test_it_marks_provisional_days_in_json() -> None:
    found = answer("3 working days", "--from", "2026-12-30 14:00")

    assert found["provisional"] is True
    assert [day["provisional"] for day in found["receipt"]["days"]] == [False, True, True, True, True, True]


def test_it_takes_an_offset_and_the_hours_of_customer_service() -> None:
    found = answer("30 working minutes", "--from", "2026-03-21T14:10:00Z", "--hours", "service")

    assert found["due"] == "2026-03-23T09:30:00+08:00"
    assert found["receipt"]["hours"] == "service"


def test_it_starts_now_if_told_so() -> None:
    found = answer("24 hours", "--now")

    assert found["receipt"]["start"] < found["due"]


def test_it_uses_the_installed_calendars_where_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert run("1 working day", "--from", "2026-03-13 17:00").stdout.startswith("2026-03-16 18:00\n")


def test_it_uses_the_calendars_of_the_working_directory_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calendars = tmp_path / "policies_as_yaml" / "calendars"
    calendars.mkdir(parents=True)
    (calendars / "2026.yaml").write_text((FOLDER / "2026.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (calendars / "company.yaml").write_text('business_hours: {}\nclose_of_business: "17:00"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert run("1 working day", "--from", "2026-03-13 17:00").stdout.startswith("2026-03-16 17:00\n")


def test_it_takes_the_folder_of_all_policies_as_well() -> None:
    result = run("1 hour", "--from", "2026-03-13 17:00", "--calendar", str(FOLDER.parent))

    assert result.stdout.startswith("2026-03-13 18:00\n")


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["1 day", "--from", "2026-02-13 15:00"], 'write "1 working day" or "1 calendar day"'),
        (["3个工作日", "--from", "2026-02-13 15:00"], 'write "3 working days"'),
        (["1 hour", "--from", "tomorrow"], 'write "2026-02-13 15:00"'),
        (["1 hour"], "or --now"),
        (["1 hour", "--now", "--from", "2026-02-13 15:00"], "one of the two"),
        (["1 hour", "--from", "9999-12-31 23:59"], "mistyped"),
        (["1 hour", "--now", "--calendar", "nowhere"], "name the folder"),
    ],
)
def test_what_cannot_be_meant_ends_with_code_2_and_a_remedy_on_stderr(arguments: list[str], remedy: str) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert remedy in result.stderr


def test_it_does_not_count_with_a_broken_calendar(tmp_path: Path) -> None:
    (tmp_path / "2026.yaml").write_text("year: 2026\ncoverage: official\n", encoding="utf-8")
    result = run("1 working day", "--from", "2026-03-13 17:00", "--calendar", str(tmp_path))

    assert result.exit_code == 2
    assert "2026.yaml:1:1" in result.stderr


def test_it_warns_where_the_hours_of_the_company_are_assumed(tmp_path: Path) -> None:
    (tmp_path / "2026.yaml").write_text((FOLDER / "2026.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    result = run("1 working day", "--from", "2026-03-13 17:00", "--calendar", str(tmp_path))

    assert result.exit_code == 0
    assert "DL061" in result.stderr
