"""`duly check`: which files it takes, what it answers and with which exit code."""

import json
import shutil
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result

from duly.commands.check import command
from models.language.rule import catalogue

POLICIES: Final = Path(__file__).parents[2] / "policies_as_yaml"
PROCEDURE: Final = """\
procedure: visits
title: 来访登记
owner: security_officer
chain: office
starts:
  - by: form
steps:
  - id: register
    kind: task
    who: security_guard
    within: 2 working hours
  - id: finished
    kind: end
    outcome: registered
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of policies with the sample company and one procedure."""
    policies = tmp_path / "policies_as_yaml"
    (policies / "procedures").mkdir(parents=True)
    for path in POLICIES.glob("*.yaml"):
        shutil.copy(path, policies)
    (policies / "procedures/visits.yaml").write_text(PROCEDURE, encoding="utf-8")
    return policies


def change(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def problems(answer: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(answer.output)["problems"]
    return found


def test_it_finds_no_error_in_the_policies_we_ship() -> None:
    answer = run(POLICIES, "--format", "json")

    assert [found for found in problems(answer) if found["severity"] == "error"] == []
    assert answer.exit_code == 0


def test_it_says_how_many_files_were_clean(folder: Path) -> None:
    answer = run(folder / "procedures")

    assert (answer.exit_code, answer.output) == (0, "检查了 1 个文件，没有问题 / 1 file checked, no problems\n")


def test_it_ends_with_one_if_there_is_an_error(folder: Path) -> None:
    change(folder / "procedures/visits.yaml", "security_guard", "security_gard")

    answer = run(folder / "procedures")

    assert answer.exit_code == 1
    assert "visits.yaml:10:10 DL019 没有名为 `security_gard` 的角色" in answer.output
    assert "duly explain DL019" in answer.output


def test_it_ends_with_zero_if_there_are_only_warnings(folder: Path) -> None:
    change(folder / "procedures/visits.yaml", "    kind: task\n", "    kind: task\n    clause: 7-4.2.4\n")

    answer = run(folder / "procedures")

    assert answer.exit_code == 0
    assert "DL026 警告 warning:" in answer.output


def test_it_takes_the_folder_of_policies_if_nothing_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    change(folder / "procedures/visits.yaml", "security_guard", "security_gard")

    assert "policies_as_yaml/procedures/visits.yaml:10:10 DL019" in run().output


def test_it_checks_one_file_among_those_of_its_folder(folder: Path) -> None:
    change(folder / "organisation.yaml", "  security_guard:", "  porter:")

    assert "DL019" in run(folder / "procedures/visits.yaml").output


def test_it_checks_a_file_from_elsewhere_among_the_usual_policies(tmp_path: Path) -> None:
    lone = tmp_path / "visits.yaml"
    lone.write_text(PROCEDURE, encoding="utf-8")

    assert run(lone).exit_code == 0


def test_it_does_not_report_the_files_around_the_one_that_was_named(folder: Path) -> None:
    change(folder / "ladders.yaml", "days: ESC-OFFICE", "days: ESC-OFICE")

    assert run(folder / "procedures/visits.yaml").exit_code == 0
    assert run(folder / "ladders.yaml").exit_code == 1


def test_it_says_once_that_a_shared_file_is_missing(folder: Path) -> None:
    (folder / "terms.yaml").unlink()
    text = PROCEDURE.replace("procedure: visits", "procedure: tours")
    (folder / "procedures/tours.yaml").write_text(text, encoding="utf-8")

    found = problems(run(folder, "--format", "json"))

    assert [one["rule"] for one in found if one["severity"] == "error"] == ["DL058"]
    assert "terms.yaml" in found[-1]["message"]


def test_it_says_that_a_shared_file_has_errors_of_its_own(folder: Path) -> None:
    change(folder / "terms.yaml", "terms:", "words:")
    change(folder / "ladders.yaml", "defaults:", "default:")

    answer = run(folder / "procedures/visits.yaml")

    assert "ladders.yaml" in answer.output
    assert "DL058" in answer.output


def test_it_finds_a_procedure_that_is_written_twice(folder: Path) -> None:
    shutil.copytree(folder / "procedures", folder / "copies")

    assert [one["rule"] for one in problems(run(folder / "copies", "--format", "json"))] == ["DL043"]


def test_it_refuses_a_file_that_is_of_no_kind(folder: Path) -> None:
    change(folder / "procedures/visits.yaml", "procedure: visits", "proceduer: visits")

    assert "visits.yaml:1:1 DL010 看不出这是什么文件；`proceduer` 是否应为 `procedure`？" in run(folder).output


def test_it_does_not_pass_over_files_with_another_ending(folder: Path) -> None:
    (folder / "procedures/visits.yaml").rename(folder / "procedures/visits.yml")

    assert "visits.yml:1:1 DL042" in run(folder).output


def test_it_checks_files_of_several_companies_each_among_its_own(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    change(other / "organisation.yaml", "  security_guard:", "  porter:")

    found = problems(run(folder / "procedures", other / "procedures", "--format", "json"))

    assert [Path(one["path"]).parts[-3] for one in found] == ["other"]


def test_it_names_every_rule_in_sarif(folder: Path) -> None:
    change(folder / "procedures/visits.yaml", "security_guard", "security_gard")

    log = json.loads(run(folder / "procedures", "--format", "sarif").output)["runs"][0]

    assert [rule["id"] for rule in log["tool"]["driver"]["rules"]] == list(catalogue())
    assert [result["ruleId"] for result in log["results"]] == ["DL019"]


@pytest.mark.parametrize("path", ["nothing.yaml", "empty"])
def test_it_says_so_if_there_is_nothing_to_check(tmp_path: Path, path: str) -> None:
    (tmp_path / "empty").mkdir()

    answer = run(tmp_path / path)

    assert answer.exit_code == 2
    assert f"{tmp_path / path}" in answer.output


def test_it_collects_garbage_again_afterwards(folder: Path) -> None:
    import gc  # noqa: PLC0415 - only this test is about it

    run(folder / "procedures")

    assert gc.isenabled()
