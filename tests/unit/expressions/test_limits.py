"""Hostile expressions: refused or answered in a time that nobody notices, and with no way out of the language."""

import time
from typing import Final

import pytest

from models.expressions import Bool, EvaluationError, ExpressionError, Scope, parse

SOON: Final = 0.5  # seconds, on a busy machine

HOSTILE: Final = {
    "powers": "9**9**9",
    "a long number": "9" * 499,
    "a long text": f"'{'a' * (10**6)}' == title",
    "a text times a number": "'a' * 1000000000 == title",
    "brackets": "(" * 240 + "1" + ")" * 240,
    "lists": "[" * 240 + "]" * 240,
    "calls": "len(" * 100 + "tags" + ")" * 100,
    "nots": "not " * 120 + "done",
    "minuses": "-" * 490 + "1",
    "a long sum": "+".join("1" * 250),
    "a long product": "*".join(["999999"] * 71),
    "a long chain": "<".join("1" * 250),
    "a long path": ".".join("a" * 250),
    "many ifs": "1 if done else " * 33 + "1",
    "many commas": "[" + "," * 400 + "]",
    "many quotes": "'" * 499,
    "many Chinese quotes": "“" * 499,
    "many backslashes": "\\" * 499,
    "many dots": "." * 499,
    "spaces": " " * 499,
    "line breaks": "\n" * 499,
    "a null byte": "done\0",
    "half a character": "title == '\ud800'",
    "half a name": "\udc80 == 1",
    "a byte order mark": "\ufeffdone",
    "text that runs backwards": "done \u202eand urgent",
    "lambda": "(lambda: done)()",
    "walrus": "(done := True)",
    "await": "await done",
    "yield": "(yield)",
    "comprehension": "[i for i in items]",
    "dict": "{'a': 1}",
    "slice": "tags[1:2]",
    "starred": "len(*tags)",
    "keyword": "max(1, 2, key=len)",
    "f-string": "f'{done}'",
    "bytes": "b'a' == title",
    "ellipsis": "...",
    "complex": "1j == 1",
    "comment": "done # and not urgent",
    "statement": "import os; os.remove('x')",
    "class": "title.__class__.__mro__[1].__subclasses__()",
    "class of a literal": "''.__class__",
    "class of a call": "len(tags).__class__",
    "globals": "given.__globals__",
    "builtins": "__builtins__",
    "import": "__import__('os').system('true')",
    "format": "'{0.__class__}'.format(title)",
    "class of an item": "any(i.__class__ for i in items)",
    "eval": "eval('1')",
    "getattr": "getattr(title, 'upper')",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_refuses_quickly(text: str, scope: Scope) -> None:
    started = time.perf_counter()

    with pytest.raises(ExpressionError):
        parse(text, scope, expect=Bool)

    assert time.perf_counter() - started < SOON


@pytest.mark.parametrize("text", [" and ".join(["done"] * 55), " or ".join(["not urgent"] * 35)])
def test_it_reads_an_expression_of_full_length(text: str, scope: Scope) -> None:
    parse(text, scope, expect=Bool)


def test_the_longest_text_may_have_500_characters(scope: Scope) -> None:
    text = "title == '" + "a" * 489 + "'"

    assert len(text) == 500
    parse(text, scope, expect=Bool)


def test_one_character_more_is_refused_without_reading(scope: Scope) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("title == '" + "a" * 490 + "'", scope, expect=Bool)

    (flaw,) = caught.value.flaws
    assert flaw.message == "the expression has 501 characters; at most 500 are read"


def test_too_many_parts_are_refused(scope: Scope) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("+".join("1" * 60) + " > 1", scope, expect=Bool)

    (flaw,) = caught.value.flaws
    assert flaw.message == "the expression has too many parts (at most 250, nested at most 40 deep)"


def test_loops_inside_loops_over_long_lists_are_stopped(scope: Scope) -> None:
    condition = parse("any(any(any(k == i for k in numbers) and j < 0 for j in numbers) for i in numbers)", scope)
    started = time.perf_counter()

    with pytest.raises(EvaluationError) as caught:
        condition({"numbers": list(range(5_000))})

    assert "more than 100000 steps" in str(caught.value)
    assert time.perf_counter() - started < SOON


def test_searching_a_long_list_again_and_again_is_stopped(scope: Scope) -> None:
    condition = parse("any(i.name in tags for i in items)", scope)
    started = time.perf_counter()

    with pytest.raises(EvaluationError):
        condition({"items": [{"name": "x"}] * 10_000, "tags": ["y"] * 10_000})

    assert time.perf_counter() - started < SOON


def test_one_loop_over_the_largest_campaign_is_answered(scope: Scope) -> None:
    condition = parse("all(i.paid for i in items)", scope)

    assert condition({"items": [{"paid": True}] * 50_000}) is True


def test_a_budget_is_not_shared_between_evaluations(scope: Scope) -> None:
    condition = parse("all(i.paid for i in items)", scope)
    environment = {"items": [{"paid": True}] * 60_000}

    assert condition(environment) is condition(environment) is True


def test_a_book_is_not_searched(scope: Scope) -> None:
    with pytest.raises(EvaluationError):
        parse("lower(title) == 'x'", scope)({"title": "x" * 200_000})


def test_numbers_that_grow_without_end_are_missing(scope: Scope) -> None:
    assert parse("(amount + 0.5) * amount", scope)({"amount": 10**400}) is None
