"""Every rule finds its own wrong example, and its right one is clean: what `duly explain` shows is true."""

from typing import Final

import pytest

from models.language.problem import Problem
from models.language.rule import Rule, catalogue
from tests.language.examples import check_example

RULES: Final = [pytest.param(rule, id=rule.id) for rule in catalogue().values()]


@pytest.fixture(scope="module", params=RULES)
def rule(request: pytest.FixtureRequest) -> Rule:
    found: Rule = request.param
    return found


@pytest.fixture(scope="module")
def wrong(rule: Rule, tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    return check_example(rule.wrong, tmp_path_factory.mktemp(rule.id), rule.wrong_encoding)


def test_it_finds_what_its_wrong_example_shows_and_nothing_else(rule: Rule, wrong: list[Problem]) -> None:
    assert {problem.rule for problem in wrong} == {rule.id}, "\n".join(map(str, wrong))


def test_it_is_content_with_its_right_example(rule: Rule, tmp_path_factory: pytest.TempPathFactory) -> None:
    found = check_example(rule.right, tmp_path_factory.mktemp(rule.id))

    assert not found, "\n".join(map(str, found))


def test_it_is_as_severe_as_its_problems(rule: Rule, wrong: list[Problem]) -> None:
    assert {problem.severity for problem in wrong} == {rule.severity}


def test_it_speaks_both_languages(wrong: list[Problem]) -> None:
    said = [(one.message, one.message_zh, one.remedy, one.remedy_zh) for one in wrong]

    assert all(all(texts) for texts in said), said
