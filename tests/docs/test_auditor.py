"""The auditor's recipe on the page of the ledger checks a real ledger, and finds a forged one."""

import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from duly.cli import duly

ROOT = Path(__file__).parents[2]


@pytest.fixture
def recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The script of the page, beside a database with a case in it."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "policies_as_yaml", tmp_path / "policies_as_yaml")
    facts = ("customer=某客户", "channel=phone", "subject=资费", "received_at=2026-03-10 10:00")
    opened = CliRunner().invoke(duly, ["open", "complaint-handling", *facts, "--by", "zhao.lei"])
    assert opened.exit_code == 0, opened.output
    page = (ROOT / "docs/reference/ledger.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert found
    script = tmp_path / "verify.py"
    script.write_text(found[1], encoding="utf-8")
    return script


def check(script: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(script), str(script.parent / "duly-data/duly.db")]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_a_ledger_that_is_as_it_was_written_holds(recipe: Path) -> None:
    answer = check(recipe)

    assert (answer.returncode, answer.stdout[:15]) == (0, "2 entries hold,"), answer.stderr


@pytest.mark.parametrize(
    ("forgery", "said"),
    [
        ("UPDATE ledger SET happened_at = happened_at + 60 WHERE seq = 2", "entry 2 does not hold"),
        ("DELETE FROM ledger WHERE seq = 1", "entry 2 does not hold"),
        ("DELETE FROM ledger WHERE seq = 2", "the end is missing"),
    ],
)
def test_a_forged_one_does_not(recipe: Path, forgery: str, said: str) -> None:
    with sqlite3.connect(recipe.parent / "duly-data/duly.db") as connection:
        connection.executescript(f"DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_no_delete; {forgery};")
    connection.close()

    assert said in check(recipe).stderr
