import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duly.cli import duly

ROOT = Path(__file__).parents[2]
START = ["--start", "2026-02-13 15:00"]


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def simulate(*arguments: str) -> Result:
    return CliRunner().invoke(duly, ["simulate", "complaint-handling", *arguments])


def test_a_complaint_by_phone_that_nobody_forwards_reaches_the_general_manager_in_three_hours() -> None:
    events = json.loads(simulate(*START, "--format", "json").output)["events"]
    told = [(one["at"][11:16], one["level"], one["to"], one["clause"]) for one in events if one["kind"] == "escalation"]

    assert told == [
        ("16:00", "L1", "wang.fang", "7-4.2.2"),
        ("16:30", "L2", "shen.hui", "7-4.2.2"),
        ("18:00", "L3", "zhou.mingyuan", "7-4.2.2"),
    ]


def test_a_complaint_that_everybody_acts_on_is_resolved() -> None:
    assert json.loads(simulate(*START, "--answers", "prompt", "--format", "json").output)["outcome"] == "resolved"


def test_it_prints_a_table_without_colours_where_nobody_looks_at_a_screen() -> None:
    answer = simulate(*START)

    assert (answer.exit_code, "16:00:00  升级 L1 王芳（客服中心经理）" in answer.output, "\x1b" in answer.output) == (
        0,
        True,
        False,
    )


def test_it_writes_a_picture(tmp_path: Path) -> None:
    file = tmp_path / "a.svg"
    simulate(*START, "-o", str(file))

    assert file.read_text(encoding="utf-8").startswith("<svg ")


def test_it_does_what_a_file_says(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(
        "- at: 2026-02-13 15:20\n  by: zhao.lei\n  do: forward\n  with: {department: delivery}\n", encoding="utf-8"
    )
    events = json.loads(simulate(*START, "--answers", str(file), "--format", "json").output)["events"]

    assert [one["to"] for one in events if one["kind"] == "done" and one["step"] == "forward"] == ["zhao.lei"]


def test_it_shows_where_a_file_of_answers_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("- at: 2026-02-13 15:20\n  bye: zhao.lei\n", encoding="utf-8")
    answer = simulate(*START, "--answers", str(file))

    assert (answer.exit_code, "answers.yaml:2:3" in answer.stderr) == (2, True)


def test_it_takes_the_form_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "form.yaml"
    file.write_text("channel: email\n", encoding="utf-8")

    assert "投诉渠道：邮件" in simulate(*START, "--form", str(file)).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--start", "yesterday"], '--start "2026-02-13 15:00"'),
        ([*START, "--until", "2026-02-30 10:00"], '--until "2026-02-13 15:00"'),
        ([*START, "--answers", "loud"], "请写 silent、prompt"),
    ],
)
def test_it_says_what_to_write_instead(arguments: list[str], said: str) -> None:
    answer = simulate(*arguments)

    assert (answer.exit_code, said in answer.stderr) == (2, True)


def test_it_says_why_the_form_does_not_fit(tmp_path: Path) -> None:
    file = tmp_path / "form.yaml"
    file.write_text("channel: pigeon\n", encoding="utf-8")
    answer = simulate(*START, "--form", str(file))

    assert (answer.exit_code, "`channel`" in answer.stderr) == (2, True)


def test_it_answers_in_a_moment() -> None:
    simulate(*START)
    before = time.process_time()
    simulate(*START)

    assert time.process_time() - before < 2
