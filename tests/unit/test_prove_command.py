"""`duly prove` says of each procedure what holds, and tells a story where something does not."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from duly.cli import duly

POLICIES = Path(__file__).parents[2] / "policies_as_yaml"
FAULTY = """
procedure: faulty
title: 有错的规程
clauses: [7-4.2.2]
owner: cs_manager
chain: complaint-handling
starts: [{by: form, who: all_staff}]
form: {big: {type: yes_no, title: 是否重大, default: false}}
steps:
  - {id: take, kind: task, title: 登记, who: acceptor, within: 1 hour}
  - {id: pass_on, kind: task, title: 转办, who: acceptor, within: 1 hour}
  - {id: finish, kind: end, outcome: done}
gates:
  - {id: shut, holds: [pass_on], until: not big, says: 重大的不得转办}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(POLICIES, tmp_path / "policies_as_yaml")
    (tmp_path / "policies_as_yaml/procedures/faulty.yaml").write_text(FAULTY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_procedure_that_cannot_hang_ends_with_code_0(folder: Path) -> None:
    answer = CliRunner().invoke(duly, ["prove", "emergency-shutdown"])

    assert answer.exit_code == 0, answer.output
    assert answer.output.count("✓") == 6
    assert "not played: bounced mails" in answer.output


def test_one_that_can_hang_ends_with_code_1_and_a_dated_story(folder: Path) -> None:
    answer = CliRunner().invoke(duly, ["prove", "faulty"])

    assert answer.exit_code == 1
    assert "faulty.yaml:14 门禁 `shut` 拦住「转办」之后，再也打不开" in answer.output
    assert "2026-03-10 09:00" in answer.output
    assert "放行条件：not big" in answer.output


def test_a_search_that_saw_too_little_claims_no_proof(folder: Path) -> None:
    answer = CliRunner().invoke(duly, ["prove", "emergency-shutdown", "--moves", "20"])

    assert answer.exit_code == 0, answer.output
    assert "○ 每条路径都能走完" in answer.output
    assert "只能说没有发现反例，不能说已经证明：事项怎样结束" in answer.output


def test_programs_read_the_same_as_json(folder: Path) -> None:
    answer = CliRunner().invoke(duly, ["prove", "faulty", "emergency-shutdown", "--format", "json"])

    faulty, sound = json.loads(answer.output)["procedures"]
    assert (faulty["procedure"], faulty["holds"], sound["holds"]) == ("faulty", False, True)
    assert (faulty["complete"], sound["complete"]) == (True, True)
    gates = next(one for one in faulty["properties"] if one["name"] == "gates")
    assert (gates["findings"][0]["line"], gates["findings"][0]["story"][0]["at"]) == (14, "2026-03-10 09:00")


def test_a_procedure_that_does_not_exist_is_named_with_the_closest(folder: Path) -> None:
    answer = CliRunner().invoke(duly, ["prove", "emergency-shutdow"])

    assert answer.exit_code == 2
    assert "emergency-shutdown" in answer.output


def test_a_file_with_errors_is_not_proved_and_says_why(folder: Path) -> None:
    path = folder / "policies_as_yaml/procedures/faulty.yaml"
    path.write_text(FAULTY.replace("1 hour", "1 day"), encoding="utf-8")
    answer = CliRunner().invoke(duly, ["prove", "faulty"])

    assert answer.exit_code == 1
    assert "1 day" in answer.output
