from pathlib import Path

import pytest
from click.testing import CliRunner

from duly.cli import duly

PROCEDURE = "complaint-handling"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_it_prints_an_outline() -> None:
    answer = CliRunner().invoke(duly, ["draw", PROCEDURE])

    assert (answer.exit_code, "发出处理通知 [7-4.2.2]" in answer.output) == (0, True)


def test_it_writes_the_format_that_the_name_of_the_file_asks_for(tmp_path: Path) -> None:
    file = tmp_path / "a.svg"
    CliRunner().invoke(duly, ["draw", PROCEDURE, "-o", str(file)])

    assert file.read_text(encoding="utf-8").startswith("<svg ")


def test_it_prints_mermaid() -> None:
    assert "flowchart TD" in CliRunner().invoke(duly, ["draw", PROCEDURE, "--format", "mermaid"]).output


def test_it_draws_a_file_as_well_as_an_id() -> None:
    by_path = f"policies_as_yaml/procedures/{PROCEDURE}.yaml"
    answers = [CliRunner().invoke(duly, ["draw", name]).output for name in (PROCEDURE, by_path)]

    assert answers[0] == answers[1]


def test_it_names_the_closest_procedure() -> None:
    answer = CliRunner().invoke(duly, ["draw", "complaint-handlin"])

    assert (answer.exit_code, "是否想写 `complaint-handling`？" in answer.stderr) == (2, True)


@pytest.mark.parametrize("name", ["missing.yaml", "policies_as_yaml/terms.yaml"])
def test_it_says_what_is_wrong_with_a_file_that_is_no_procedure(name: str) -> None:
    answer = CliRunner().invoke(duly, ["draw", name])

    assert (answer.exit_code, f"{name}:1:1" in answer.stderr, "→" in answer.stderr) == (2, True, True)


def test_it_says_where_it_cannot_write(tmp_path: Path) -> None:
    answer = CliRunner().invoke(duly, ["draw", PROCEDURE, "-o", str(tmp_path / "no" / "a.svg")])

    assert (answer.exit_code, "cannot write" in answer.stderr) == (2, True)
