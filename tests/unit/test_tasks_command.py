"""`duly tasks`: the work there is, one of it, and the page of all."""

from pathlib import Path
from typing import Final

from click.testing import CliRunner

from duly.commands.tasks import command
from tasks.registry import registry

PAGE: Final = Path(__file__).parents[2] / "docs/reference/tasks.md"
WRITE: Final = "run: duly tasks --format markdown > docs/reference/tasks.md"


def test_it_lists_all_work() -> None:
    answer = CliRunner().invoke(command, [])

    assert [line.split()[0] for line in answer.output.splitlines() if line[:1].isalpha()] == list(registry())


def test_it_explains_one() -> None:
    answer = CliRunner().invoke(command, ["send_report"])

    assert (answer.exit_code, "→ to  " in answer.output, "compare_page" in answer.output) == (0, True, False)


def test_it_names_the_work_there_is_when_asked_for_another() -> None:
    answer = CliRunner().invoke(command, ["launder_money"])

    assert answer.exit_code == 2
    assert "compare_page" in answer.output


def test_the_page_is_current() -> None:
    written = CliRunner().invoke(command, ["--format", "markdown"]).output

    assert PAGE.read_text(encoding="utf-8") == written, WRITE
