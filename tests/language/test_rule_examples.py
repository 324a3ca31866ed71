"""Every rule finds its own wrong example, and its right one is clean: what `duly explain` shows is true."""

from pathlib import Path
from typing import Final

import pytest

from models.language.rule import Rule, catalogue
from tests.language.examples import check_example

RULES: Final = [pytest.param(rule, id=rule.id) for rule in catalogue().values()]


@pytest.mark.parametrize("rule", RULES)
def test_it_finds_what_its_wrong_example_shows(rule: Rule, tmp_path: Path) -> None:
    found = check_example(rule.wrong, tmp_path, rule.wrong_encoding)

    assert rule.id in {problem.rule for problem in found}


@pytest.mark.parametrize("rule", RULES)
def test_it_finds_nothing_else_in_its_wrong_example(rule: Rule, tmp_path: Path) -> None:
    found = check_example(rule.wrong, tmp_path, rule.wrong_encoding)

    assert {problem.rule for problem in found} == {rule.id}, "\n".join(map(str, found))


@pytest.mark.parametrize("rule", RULES)
def test_it_is_content_with_its_right_example(rule: Rule, tmp_path: Path) -> None:
    assert check_example(rule.right, tmp_path) == []


@pytest.mark.parametrize("rule", RULES)
def test_it_says_the_same_severity_as_its_problems(rule: Rule, tmp_path: Path) -> None:
    found = check_example(rule.wrong, tmp_path, rule.wrong_encoding)

    assert {problem.severity for problem in found if problem.rule == rule.id} == {rule.severity}


@pytest.mark.parametrize("rule", RULES)
def test_it_speaks_both_languages(rule: Rule, tmp_path: Path) -> None:
    for problem in check_example(rule.wrong, tmp_path, rule.wrong_encoding):
        assert problem.message
        assert problem.message_zh
        assert problem.remedy
        assert problem.remedy_zh
