"""Whether a condition can hold while some steps are never done: the optimist's answer."""

import pytest

from models.expressions import Bool, Moment, Number, Record, Scope, Text, parse
from models.language.possible import can_hold, needed

STEP = Record({"done": Bool, "approved": Bool, "skipped": Bool, "done_at": Moment, "times": Number, "answer": Text})
SCOPE = Scope({"a": STEP, "b": STEP, "urgent": Bool})


def possible(text: str, *never: str) -> bool:
    return can_hold(parse(text, SCOPE, Bool).tree, set(never))


@pytest.mark.parametrize(
    "text",
    [
        "a.done",
        "a.done and urgent",
        "urgent and (a.approved or a.done)",
        "given(a.answer)",
        "a.answer == 'yes'",
        "not (urgent or not a.done)",
        "a.done if urgent else a.approved",
        "false",
    ],
)
def test_it_cannot_hold(text: str) -> None:
    assert not possible(text, "a")


@pytest.mark.parametrize(
    "text",
    [
        "a.done or b.done",
        "not a.done",
        "a.skipped",
        "a.times == 0",
        "a.answer == ''",
        "a.answer != 'yes'",
        "not urgent or a.done",
        "a.done if urgent else b.done",
    ],
)
def test_it_may_hold(text: str) -> None:
    assert possible(text, "a")


def test_it_names_what_it_would_need() -> None:
    condition = parse("urgent and b.done and a.done", SCOPE, Bool)

    assert [(read.path, read.place.column) for read in needed(condition.tree, {"a"})] == [("a.done", 22)]
