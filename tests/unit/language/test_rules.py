"""The catalogue of rules and their explanations; `tests/language` runs their examples."""

import re

import pytest

from models.language.rule import Rule, catalogue, explain


@pytest.mark.parametrize("rule", catalogue().values(), ids=lambda rule: rule.id)
def test_a_rule_says_why_in_both_languages(rule: Rule) -> None:
    assert re.search("[\u4e00-\u9fff]", rule.title_zh)
    assert re.search("[\u4e00-\u9fff]", rule.why_zh)
    assert not re.search("[\u4e00-\u9fff]", rule.title + rule.why)


def test_the_catalogue_is_in_the_order_of_the_ids() -> None:
    assert list(catalogue()) == sorted(catalogue())


def test_an_explanation_shows_both_examples() -> None:
    text = explain("dl012")

    assert text is not None
    assert text.startswith("DL012 ")
    assert "    within: 1 day" in text
    assert "    within: 1 working day" in text


def test_there_is_no_explanation_of_a_rule_that_does_not_exist() -> None:
    assert explain("DL999") is None
