"""`duly explain`: the table of rules, one rule, and a rule that does not exist."""

from click.testing import CliRunner

from duly.commands.explain import command
from models.language.rule import catalogue


def test_it_lists_all_rules() -> None:
    result = CliRunner().invoke(command, [])

    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()] == list(catalogue())


def test_it_explains_a_rule_whatever_its_case() -> None:
    result = CliRunner().invoke(command, ["dl012"])

    assert result.exit_code == 0
    assert "1 working day" in result.output


def test_it_names_the_rules_there_are_when_asked_for_another() -> None:
    result = CliRunner().invoke(command, ["DL999"])

    assert result.exit_code == 2
    assert "DL999" in result.output
    assert "DL012" in result.output
