import os
import subprocess
import sys
from pathlib import Path

import pytest

import duly
from duly.bootstrap import refuse_foreign_rooms

ROOT = Path(duly.__file__).resolve().parents[1]


def start(search_path: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import sys; from duly.cli import main; sys.argv[1:] = ['--version']; sys.exit(main())"],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(search_path), str(ROOT)])},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    package = tmp_path / "foreign" / "models"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('the foreign package was run')\n", encoding="utf-8")
    return package


def test_it_starts_where_all_rooms_are_its_own() -> None:
    refuse_foreign_rooms()


def test_it_refuses_a_foreign_package_and_says_where_it_is(foreign: Path, tmp_path: Path) -> None:
    answer = start(foreign.parent, tmp_path)

    assert (answer.returncode, f"a foreign package `models` in {foreign}" in answer.stderr) == (2, True)


def test_it_says_what_to_do_about_a_foreign_package(foreign: Path, tmp_path: Path) -> None:
    answer = start(foreign.parent, tmp_path)

    assert "→ install Duly in a virtual environment of its own" in answer.stderr


def test_it_does_not_run_the_foreign_package(foreign: Path, tmp_path: Path) -> None:
    answer = start(foreign.parent, tmp_path)

    assert "was run" not in answer.stdout + answer.stderr


def test_it_does_not_mind_a_folder_of_that_name_without_python_in_it(foreign: Path, tmp_path: Path) -> None:
    (foreign / "__init__.py").unlink()

    answer = start(foreign.parent, tmp_path)

    assert answer.returncode == 0, answer.stderr
