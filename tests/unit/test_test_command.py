import json
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from duly.cli import duly

POLICIES = Path(__file__).parents[2] / "policies_as_yaml"
SHARED = ("organisation.yaml", "ladders.yaml", "terms.yaml", "modes.yaml", "calendars")

PROCEDURE = """
procedure: visit
title: 来访
owner: security_officer
chain: complaint-handling
starts: [{by: form}]
steps:
  - {id: register, kind: task, title: 登记, who: security_guard, within: 2 working hours}
  - {id: gone, kind: end, outcome: gone}
"""
PASSING = """
tests:
  - name: 按时登记
    procedure: visit
    given: {at: "2026-03-10 09:00"}
    then:
      - {at: "2026-03-10 09:30", do: register, by: zou.yong, expect: {outcome: gone}}
"""
FAILING = """
tests:
  - name: 登记后结束
    procedure: visit
    given: {at: "2026-03-10 09:00"}
    expect: {asked: {register: cai.ming}}
    then:
      - {at: "2026-03-10 09:30", do: register, by: zou.yong, expect: {outcome: gone}}
"""
UNKNOWN = '\ntests:\n  - name: 另一规程\n    procedure: visits\n    given: {at: "2026-03-10 09:00"}\n'
UNREADABLE = "\ntests:\n  - name: 缺少前提\n    procedure: visit\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty company with one procedure, as the working folder; files are named as if from there."""
    policies = tmp_path / "policies_as_yaml"
    policies.mkdir()
    for name in SHARED:
        source = POLICIES / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, policies / name)
    (policies / "visit.yaml").write_text(PROCEDURE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return policies


def duly_test(*arguments: str) -> Result:
    return CliRunner().invoke(duly, ["test", *arguments], catch_exceptions=False)


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_it_ends_with_a_summary(folder: Path) -> None:
    write(folder, "passing.yaml", PASSING)

    answer = duly_test()

    assert (answer.output, answer.exit_code) == ("1 passed, 0 failed\n", 0)


def test_it_shows_both_timelines_of_a_failure_side_by_side(folder: Path) -> None:
    failing = write(folder, "failing.yaml", FAILING)

    answer = duly_test(failing)

    assert answer.output == (
        "✗ 登记后结束\n"
        f"  {failing}:3  visit\n"
        "    时间 / time         │ 预期 / expected                               │ 实际 / actual\n"
        "  ≠ 2026-03-10 09:00    │ register asked of cai.ming                    │ register asked of zou.yong\n"
        "    2026-03-10 09:30    │ ended gone                                    │ ended gone\n"
        "\n"
        "0 passed, 1 failed\n"
    )


def test_it_ends_with_1_when_a_test_fails(folder: Path) -> None:
    assert duly_test(write(folder, "failing.yaml", FAILING)).exit_code == 1


def test_it_runs_only_tests_whose_name_contains_a_text(folder: Path) -> None:
    write(folder, "passing.yaml", PASSING)
    write(folder, "failing.yaml", FAILING)

    assert duly_test("-k", "按时").output == "1 passed, 0 failed\n"


def test_it_takes_the_file_of_a_procedure_for_its_tests(folder: Path) -> None:
    write(folder, "passing.yaml", PASSING)
    write(folder, "unknown.yaml", UNKNOWN)

    assert duly_test(str(folder / "visit.yaml")).output == "1 passed, 0 failed\n"


@pytest.mark.parametrize(
    ("text", "position"),
    [(UNKNOWN, "4:16 DL049 没有名为 `visits` 的规程"), (UNREADABLE, "3:5 DL010 缺少键 `given`：前提")],
)
def test_it_says_what_is_wrong_with_a_file_and_runs_the_others(folder: Path, text: str, position: str) -> None:
    write(folder, "wrong.yaml", text)
    write(folder, "passing.yaml", PASSING)

    answer = duly_test()

    assert answer.output.startswith(f"policies_as_yaml/wrong.yaml:{position}")
    assert (answer.output.splitlines()[-1], answer.exit_code) == ("1 passed, 0 failed, 1 problem", 1)


def test_it_says_what_is_wrong_with_a_procedure_that_cannot_run(folder: Path) -> None:
    write(folder, "visit.yaml", PROCEDURE.replace("who: security_guard", "when: registered, who: security_guard"))
    write(folder, "passing.yaml", PASSING)

    assert "visit.yaml:8:49 DL024 没有 `registered` 这个名称" in duly_test().output


def test_it_says_that_a_path_does_not_exist(folder: Path) -> None:
    answer = duly_test("nowhere.yaml")

    assert (answer.exit_code, "there is no file or folder nowhere.yaml" in answer.output) == (2, True)


def test_it_writes_json(folder: Path) -> None:
    failing = write(folder, "failing.yaml", FAILING)

    document = json.loads(duly_test(failing, "--format", "json").output)

    assert document["tests"] == [
        {
            "name": "登记后结束",
            "procedure": "visit",
            "file": failing,
            "line": 3,
            "passed": False,
            "lines": [
                {
                    "at": "2026-03-10 09:00",
                    "expected": "register asked of cai.ming",
                    "actual": "register asked of zou.yong",
                    "differs": True,
                },
                {"at": "2026-03-10 09:30", "expected": "ended gone", "actual": "ended gone", "differs": False},
            ],
        }
    ]


def test_it_writes_junit_xml(folder: Path) -> None:
    write(folder, "failing.yaml", FAILING)
    write(folder, "passing.yaml", PASSING)
    write(folder, "unknown.yaml", UNKNOWN)

    suites = ET.fromstring(duly_test("--format", "junit").output.encode())  # noqa: S314 - our own output

    assert [
        (suite.get("name"), suite.get("tests"), suite.get("failures"), suite.get("errors")) for suite in suites
    ] == [
        ("visit", "2", "1", "0"),
        ("problems", "1", "0", "1"),
    ]


def test_it_names_what_no_test_would_find(folder: Path) -> None:
    write(folder, "passing.yaml", PASSING)

    lines = duly_test("--mutate").output.splitlines()

    here = (folder / "ladders.yaml").read_text(encoding="utf-8").splitlines().index("      - before: 25 %") + 1
    assert lines[:2] == [
        f"policies_as_yaml/ladders.yaml:{here} 没有测试会发现：升级链 `ESC-HOURS` 的提醒 `25 %`",
        "    no test would find: reminder `25 %` of ladder `ESC-HOURS`",
    ]
    assert "visit：8 处改动，测试发现 1 处（12 %） / tests found 1 of 8 changes" in lines


def test_it_writes_the_mutation_score_as_json(folder: Path) -> None:
    write(folder, "passing.yaml", PASSING)

    document = json.loads(duly_test("--mutate", "--format", "json").output)

    assert document["procedures"][0]["kinds"]["who"] == {"found": 1, "total": 1}


def test_it_does_not_mutate_before_all_tests_pass(folder: Path) -> None:
    write(folder, "failing.yaml", FAILING)

    assert duly_test("--mutate").output.splitlines()[-1] == "0 passed, 1 failed"


def test_it_has_no_junit_report_of_mutants(folder: Path) -> None:
    write(folder, "passing.yaml", PASSING)

    assert duly_test("--mutate", "--format", "junit").exit_code == 2
