"""An expression that sets a field must give what the field holds."""

import pytest

from models.expressions import (
    Bool,
    Choice,
    ExpressionError,
    ListOf,
    Moment,
    Number,
    Scope,
    Text,
    Type,
    parse,
)

COLOURS = Choice(frozenset({"red", "green"}))
SCOPE = Scope({"colour": COLOURS, "shade": Choice(frozenset({"red", "pink"})), "title": Text, "tags": ListOf(Text)})


@pytest.mark.parametrize(
    ("text", "expect", "message"),
    [
        ("title", Number, "`title` is text, but a number is needed here"),
        ("title", COLOURS, "`title` is text, but the field that is set has options"),
        ("shade", COLOURS, "`shade` may be 'pink', which is not an option of the field that is set"),
        ("'blue'", COLOURS, "`'blue'` is not an option of the field that is set"),
        ("colour if given(title) else 'blue'", COLOURS, "`'blue'` is not an option of the field that is set"),
        ("['red', 'blue']", ListOf(COLOURS), "`'blue'` is not an option of the field that is set"),
        (
            "tags",
            ListOf(COLOURS),
            "`tags` is a list (each item: text), but a list (each item: a choice) is needed here",
        ),
        ("tags", ListOf(Number), "`tags` is a list (each item: text), but a list (each item: a number) is needed here"),
        ("3", Moment, "`3` is a number, but a moment (date and time) is needed here"),
        ("None", Bool, "`None` is nothing, but a condition needs yes or no"),
    ],
)
def test_it_refuses_a_value_that_does_not_fit(text: str, expect: Type, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text, SCOPE, expect)

    assert [flaw.message for flaw in caught.value.flaws] == [message]


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        ("colour", Text),
        ("'red'", COLOURS),
        ("colour", COLOURS),
        ("['red']", ListOf(COLOURS)),
        ("tags", ListOf(Text)),
        ("[]", ListOf(Number)),
        ("None", COLOURS),
    ],
)
def test_it_accepts_a_value_that_fits(text: str, expect: Type) -> None:
    parse(text, SCOPE, expect)
