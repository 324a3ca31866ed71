"""A scope with a name of every type, as a procedure might have it."""

from typing import Final

import pytest

from models.expressions import (
    Bool,
    Choice,
    Date,
    File,
    ListOf,
    Moment,
    Number,
    Person,
    Record,
    Scope,
    Span,
    Text,
)

EVERY_TYPE: Final = Scope(
    {
        "amount": Number,
        "categories": ListOf(Choice(frozenset({"network", "paper"}))),
        "category": Choice(frozenset({"coordination", "other"})),
        "day": Date,
        "done": Bool,
        "due": Moment,
        "elapsed": Span,
        "forward": Record({"done": Bool, "at": Moment}),
        "items": ListOf(Record({"amount": Number, "name": Text, "paid": Bool, "at": Moment, "tags": ListOf(Text)})),
        "level": Choice(frozenset({"一般", "重大"})),
        "numbers": ListOf(Number),
        "people": ListOf(Person),
        "photo": File,
        "requester": Person,
        "tags": ListOf(Text),
        "title": Text,
        "urgent": Bool,
        "部门": Text,
        "转办": Record({"完成": Bool, "Ａ类": Bool}),
    }
)


@pytest.fixture(scope="session")
def scope() -> Scope:
    return EVERY_TYPE
