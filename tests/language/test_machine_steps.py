"""What a machine step writes is held against the work there really is."""

from pathlib import Path

import pytest

from models.expressions import Choice, ListOf, Moment, Number, Text
from models.expressions.types import Unknown
from models.language.machine_tasks import fits, holds
from models.language.problem import Problem
from tasks.registry import registry
from tasks.shapes import known_tasks
from tests.language.examples import check_example

STEP = """
procedure: machine-step
title: {zh: 自动作业, en: Machine work}
owner: security_officer
chain: office
starts: [{by: form}]
form:
  page: {type: text, title: 网址}
  count: {type: number, title: 数字}
  who: {type: person, title: 某人}
steps:
  - {id: run, kind: machine, title: 作业, STEP, otherwise: network_admin, within: 1 hour}
  - {id: finished, kind: end, outcome: done}
"""


def found(step: str, folder: Path) -> list[Problem]:
    return check_example(STEP.replace("STEP", step).lstrip(), folder)


@pytest.mark.parametrize(
    ("step", "rule", "said"),
    [
        ("runs: compare_pages", "DL066", "did you mean `compare_page`?"),
        ("runs: launder_money", "DL066", "available: "),
        ("runs: compare_page", "DL067", "`compare_page` needs the input `url`"),
        ("runs: compare_page, inputs: {expected: page}", "DL067", "needs the input `url`"),
        ("runs: compare_page, inputs: {url: page, urls: page}", "DL067", "takes no input `urls`"),
        ("runs: compare_page, inputs: {url: count}", "DL067", "`url` of `compare_page` must be text, and"),
        ("runs: compare_page, inputs: {url: who}", "DL067", "must be text, and this is a person"),
        ("""runs: http_request, inputs: {url: page, method: "'PATCH'"}""", "DL067", "knows no method `PATCH`"),
        (
            """runs: query_cases, inputs: {procedure: page, since: "'2026-01-01'", until: case.opened_at}""",
            "DL067", "`since` of `query_cases` must be a moment",
        ),
        (
            "runs: compare_page, inputs: {url: page}, outputs: {changed: {type: yes_no, title: 变}}",
            "DL068", "does not answer `changed`",
        ),
        (
            "runs: compare_page, inputs: {url: page}, outputs: {seen_at: {type: text, title: 时}}",
            "DL068", "`seen_at` of `compare_page` is a moment",
        ),
        (
            "runs: content_filter, inputs: {text: page}, outputs: {hit: {type: choice, options: {none: 无}}}",
            "DL068", "`content_filter` may answer `C1, C2",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said(step: str, rule: str, said: str, tmp_path: Path) -> None:
    problems = found(step, tmp_path)

    assert {one.rule for one in problems} == {rule}
    assert any(said in f"{one.message} {one.remedy}" for one in problems), problems


@pytest.mark.parametrize(
    "step",
    [
        "runs: compare_page, inputs: {url: page, expected: page}, outputs: {same: {type: yes_no, title: 同}}",
        """runs: http_request, inputs: {url: page, method: "'POST'", body: count}""",
        """runs: overdue_cases, inputs: {procedure: "'a'", person: who, deadlines: "['a']", working_days: "2"}""",
    ],
)
def test_what_fits_is_left_alone(step: str, tmp_path: Path) -> None:
    assert found(step, tmp_path) == []


def test_every_registered_work_has_a_shape_in_both_languages() -> None:
    shapes = known_tasks()

    assert shapes.keys() == registry().keys()
    assert [
        one for shape in shapes.values() for one in shape.inputs.values() if not (one.about.zh and one.about.en)
    ] == []


def test_only_options_that_are_all_known_fit_a_choice() -> None:
    choice = Choice(frozenset({"a", "b"}))

    kinds = (Choice(frozenset({"a"})), Choice(frozenset({"a", "c"})), Text, Number, Unknown)
    assert [fits(one, choice) for one in kinds] == [True, False, True, False, True]


def test_a_field_holds_what_it_can_take() -> None:
    answered = Choice(frozenset({"a"}))

    assert [holds(answered, one) for one in (answered, Choice(frozenset({"b"})), Text, Number)] == [
        True, False, True, False,
    ]  # fmt: skip
    assert [holds(Text, one) for one in (Text, answered, Moment, ListOf(Text))] == [True, False, False, False]
