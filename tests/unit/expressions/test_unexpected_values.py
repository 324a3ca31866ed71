"""A stored value that is not what its type promised is an error that says so, never a silent yes or no."""

from datetime import date, datetime
from enum import StrEnum
from typing import Final

import pytest

from models.expressions import Bool, EvaluationError, Scope, parse
from models.expressions.types import CHINA

NAIVE: Final = datetime(2026, 2, 13, 15)  # noqa: DTZ001 - a moment without a zone is the fault under test

WRONG: Final[list[tuple[str, dict[str, object]]]] = [
    ("done", {"done": "false"}),
    ("done", {"done": 1}),
    ("not done", {"done": []}),
    ("category == 'other'", {"category": 3}),
    ("title != 'x'", {"title": b"x"}),
    ("amount > 3", {"amount": "4"}),
    ("amount > 3", {"amount": True}),
    ("due < moment('2026-02-13 15:00')", {"due": "2026-02-13 15:00"}),
    ("due < moment('2026-02-13 15:00')", {"due": NAIVE}),
    ("day == date('2026-02-13')", {"day": datetime(2026, 2, 13, tzinfo=CHINA)}),
    ("elapsed > hours(3)", {"elapsed": 3}),
    ("'a' in tags", {"tags": "abc"}),
    ("'a' in tags", {"tags": 3}),
    ("any(i.paid for i in items)", {"items": [3]}),
    ("any(i.paid for i in items)", {"items": [{"paid": "no"}]}),
    ("any(i.at < due for i in items)", {"items": [{"at": NAIVE}], "due": datetime(2026, 2, 13, tzinfo=CHINA)}),
    ("due == moment('2026-02-13 15:00')", {"due": NAIVE}),
    ("any(i.at == None for i in items)", {"items": [{"at": NAIVE}]}),
    ("any(i == 'a' for i in tags)", {"tags": [3]}),
    ("sum(numbers) > 3", {"numbers": [1, "2"]}),
    ("max(numbers) > 3", {"numbers": [1, "2"]}),
]


@pytest.mark.parametrize(("text", "environment"), WRONG)
def test_a_value_of_another_type_is_an_error(text: str, environment: dict[str, object], scope: Scope) -> None:
    condition = parse(text, scope, expect=Bool)

    with pytest.raises(EvaluationError):
        condition(environment)


def test_the_error_names_the_path_the_value_and_what_was_expected(scope: Scope) -> None:
    with pytest.raises(EvaluationError) as caught:
        parse("forward.done", scope)({"forward.done": "false"})

    assert str(caught.value) == (
        "`forward.done` holds 'false' (str), but yes or no was expected; correct the stored value"
    )


def test_the_error_does_not_repeat_a_book(scope: Scope) -> None:
    with pytest.raises(EvaluationError) as caught:
        parse("amount > 3", scope)({"amount": "9" * 10_000})

    assert len(str(caught.value)) < 200


class Category(StrEnum):
    OTHER = "other"


def test_a_subclass_is_as_good_as_its_class(scope: Scope) -> None:
    assert parse("category == 'other'", scope)({"category": Category.OTHER}) is True


@pytest.mark.parametrize("items", [("a", "b"), frozenset({"a", "b"}), {"a": 1}.keys()])
def test_any_collection_is_a_list(items: object, scope: Scope) -> None:
    assert parse("'a' in tags and len(tags) > 0", scope)({"tags": items}) is True


def test_a_date_is_a_date(scope: Scope) -> None:
    assert parse("day == date('2026-02-13')", scope)({"day": date(2026, 2, 13)}) is True
