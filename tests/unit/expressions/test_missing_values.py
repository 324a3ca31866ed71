"""What is missing is None: it is never an error, and it never makes a condition true by accident."""

from typing import Final

import pytest

from models.expressions import Bool, Scope, parse

NOTHING: Final[dict[str, object]] = {}

FALSE_WHEN_MISSING: Final = [
    "done",
    "done and urgent",
    "done or urgent",
    "done == True",
    "category == 'other'",
    "amount < 3",
    "amount > 3",
    "amount <= amount",
    "0 < amount < 3",
    "due < moment('2026-02-13 15:00')",
    "due - forward.at < hours(1)",
    "due + hours(1) > due",
    "elapsed * 2 > elapsed",
    "-amount < 3",
    "amount / 2 == 0",
    "max(amount, 3) == 3",
    "min(amount, 3) == 3",
    "sum(numbers) == 0",
    "sum(i.amount for i in items) == 0",
    "category in ['other']",
    "'a' in tags",
    "title in title",
    "'a' in title",
    "lower(title) == ''",
    "date_of(due) == date('2026-02-13')",
    "hours(amount) == hours(0)",
    "any(i.paid for i in items)",
    "all(i.paid for i in items)",
    "given(title)",
    "given(forward.at)",
    "done if urgent else forward.done",
]

TRUE_WHEN_MISSING: Final = [
    "not done",
    "category == None",
    "title == None and due == None",
    "forward.at == due",
    "category != 'other'",
    "category not in ['other']",
    "'a' not in tags",
    "not given(title)",
    "len(tags) == 0",
    "count(items) == 0",
    "count(i.paid for i in items) == 0",
    "len(title) == 0",
    "amount + 1 == None",
]


@pytest.mark.parametrize("text", FALSE_WHEN_MISSING)
def test_a_condition_on_what_is_missing_is_false(text: str, scope: Scope) -> None:
    assert parse(text, scope, expect=Bool)(NOTHING) is False


@pytest.mark.parametrize("text", TRUE_WHEN_MISSING)
def test_it_can_be_asked_whether_something_is_missing(text: str, scope: Scope) -> None:
    assert parse(text, scope, expect=Bool)(NOTHING) is True


@pytest.mark.parametrize("text", ["done", "amount", "amount * 2", "due - due", "lower(title)", "max(amount, 1)"])
def test_a_missing_value_stays_missing(text: str, scope: Scope) -> None:
    assert parse(text, scope)(NOTHING) is None


@pytest.mark.parametrize("blank", [None, "", "  ", "\n\t", "　"])
def test_a_blank_text_is_not_given(blank: str | None, scope: Scope) -> None:
    assert parse("given(title)", scope)({"title": blank}) is False


@pytest.mark.parametrize(("name", "value"), [("amount", 0), ("done", False), ("tags", [""]), ("title", "0")])
def test_a_zero_a_no_and_a_list_of_one_are_given(name: str, value: object, scope: Scope) -> None:
    assert parse(f"given({name})", scope)({name: value}) is True


def test_an_empty_list_is_not_given(scope: Scope) -> None:
    assert parse("given(tags)", scope)({"tags": []}) is False


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("all(i.paid for i in items)", True),
        ("any(i.paid for i in items)", False),
        ("count(i.paid for i in items)", 0),
        ("sum(i.amount for i in items)", 0),
        ("min(i.amount for i in items)", None),
    ],
)
def test_an_empty_list_is_still_a_list(text: str, value: object, scope: Scope) -> None:
    assert parse(text, scope)({"items": []}) == value


def test_one_missing_amount_makes_the_total_missing(scope: Scope) -> None:
    total = parse("sum(i.amount for i in items)", scope)

    assert total({"items": [{"amount": 1}, {"amount": None}]}) is None


def test_missing_items_can_be_left_out_of_a_total(scope: Scope) -> None:
    total = parse("sum(i.amount for i in items if given(i.amount))", scope)

    assert total({"items": [{"amount": 1}, {}]}) == 1


@pytest.mark.parametrize("text", ["amount / 0", "amount / (amount - amount)", "elapsed / 0", "days(999999999) * 9"])
def test_what_cannot_be_calculated_is_missing(text: str, scope: Scope) -> None:
    assert parse(text, scope)({"amount": 3}) is None


def test_a_moment_beyond_the_calendar_is_missing(scope: Scope) -> None:
    assert parse("moment('9999-12-31 23:59') + days(1)", scope)(NOTHING) is None


def test_an_item_without_the_record_around_it_is_missing(scope: Scope) -> None:
    assert parse("any(i.paid for i in items)", scope)({"items": [None]}) is False


def test_a_missing_text_is_in_no_text(scope: Scope) -> None:
    assert parse("title in 部门", scope)({"部门": "安全部"}) is False
