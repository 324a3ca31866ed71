"""The page of rules is what `duly explain` writes, so that no reader meets a rule of last year."""

from pathlib import Path
from typing import Final

from click.testing import CliRunner

from duly.commands.explain import command
from models.language.rule import catalogue

PAGE: Final = Path(__file__).parents[2] / "docs/reference/rules.md"
WRITE: Final = "run: duly explain --all --format markdown > docs/reference/rules.md"


def test_it_is_current() -> None:
    written = CliRunner().invoke(command, ["--all", "--format", "markdown"]).output

    assert PAGE.read_text(encoding="utf-8") == written, WRITE


def test_it_has_a_section_for_every_rule() -> None:
    headings = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("## ")]

    assert headings == [f"## {rule_id}" for rule_id in catalogue()]


def test_it_can_be_had_for_one_rule() -> None:
    answer = CliRunner().invoke(command, ["dl018", "--format", "markdown"])

    assert (answer.exit_code, "## DL018" in answer.output, "## DL017" in answer.output) == (0, True, False)


def test_it_explains_all_rules_as_text_too() -> None:
    answer = CliRunner().invoke(command, ["--all"])

    assert all(f"{rule.id} {rule.title_zh}" in answer.output for rule in catalogue().values())
