"""Types: values that can be compared, hashed and said in plain words."""

from dataclasses import FrozenInstanceError
from typing import Final

import pytest

from models.expressions import (
    FUNCTIONS,
    Bool,
    Choice,
    ListOf,
    Moment,
    Number,
    Record,
    Scope,
    Text,
    Type,
    describe,
    parse,
    unusable_name,
)
from models.expressions.types import Nothing, joined

AB: Final = Choice(frozenset({"a", "b"}))
C: Final = Choice(frozenset({"c"}))


def test_equal_records_have_equal_hashes() -> None:
    one, other = Record({"x": Number, "y": Text}), Record({"y": Text, "x": Number})

    assert one == other
    assert hash(one) == hash(other)


def test_a_record_keeps_its_own_fields() -> None:
    fields: dict[str, Type] = {"x": Number}
    record = Record(fields)
    fields["y"] = Text

    assert set(record.fields) == {"x"}


def test_nobody_can_add_a_field_afterwards() -> None:
    record = Record({"x": Number})

    with pytest.raises(TypeError):
        record.fields["y"] = Text  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        record.fields = {}  # type: ignore[misc]


def test_nobody_can_add_a_name_to_a_scope() -> None:
    with pytest.raises(TypeError):
        Scope({"x": Number}).names["y"] = Text  # type: ignore[index]


@pytest.mark.parametrize(
    ("kind", "en", "zh"),
    [
        (Number, "a number", "数字"),
        (AB, "a choice", "选项"),
        (ListOf(Text), "a list (each item: text)", "列表（每项：文本）"),
        (ListOf(Record({})), "a list (each item: a group of fields)", "列表（每项：一组字段）"),
        (ListOf(Nothing), "a list", "列表"),
    ],
)
def test_a_type_says_itself_in_plain_words(kind: Type, en: str, zh: str) -> None:
    assert describe(kind) == (en, zh)


@pytest.mark.parametrize(
    ("left", "right", "both"),
    [
        (Number, Number, Number),
        (Number, Nothing, Number),
        (Nothing, Number, Number),
        (AB, C, Choice(frozenset({"a", "b", "c"}))),
        (AB, Text, Text),
        (ListOf(Nothing), ListOf(Text), ListOf(Text)),
        (Number, Text, None),
        (ListOf(Number), ListOf(Text), None),
        (Moment, Bool, None),
    ],
)
def test_two_types_have_at_most_one_in_common(left: Type, right: Type, both: Type | None) -> None:
    assert joined(left, right) == both


@pytest.mark.parametrize("name", ["forward", "部门审批", "步骤_2", "Ａ类", "given", "count"])
def test_a_usable_name_can_be_read(name: str) -> None:
    assert unusable_name(name) is None
    assert parse(name, Scope({name: Number}))({name: 3}) == 3


@pytest.mark.parametrize(
    "name", ["", "2nd", "a-b", "a b", "class", "and", "None", "true", "步骤（一）", "x²", "张·三", "a.b"]
)
def test_an_unusable_name_is_told_why(name: str) -> None:
    reason = unusable_name(name)

    assert reason is not None
    assert reason.en
    assert reason.zh


def test_every_function_says_what_it_gives_in_both_languages() -> None:
    for name, function in FUNCTIONS.items():
        assert function.usage.startswith(f"{name}(")
        assert function.gives.en
        assert function.gives.zh
