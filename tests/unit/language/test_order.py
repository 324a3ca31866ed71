"""Which steps wait for which: circles, steps on request, and steps that nothing can follow."""

from typing import Any

from models.language.order import Order, outcomes
from models.language.procedure import Procedure


def procedure(*steps: dict[str, Any]) -> Procedure:
    written = [{"kind": "task", "who": "clerk", **step} for step in steps]
    return Procedure.model_validate(
        {"procedure": "x", "title": "x", "owner": "gm", "chain": "c", "starts": [{"by": "form"}], "steps": written}
    )


def order(*steps: dict[str, Any]) -> Order:
    return Order.of(procedure(*steps))


def test_a_step_follows_the_one_above_it_unless_it_says_otherwise() -> None:
    found = order({"id": "a"}, {"id": "b"}, {"id": "c", "after": ["a", "gone"]}, {"id": "d", "after": []})

    assert found.after == {"a": (), "b": ("a",), "c": ("a",), "d": ()}


def test_a_circle_is_found_once_and_in_order() -> None:
    found = order({"id": "a", "after": "c"}, {"id": "b", "after": "a"}, {"id": "c", "after": "b"}, {"id": "d"})

    assert found.circles == [("a", "c", "b")]


def test_what_follows_only_requests_exists_only_on_request() -> None:
    found = order(
        {"id": "a"},
        {"id": "ask", "start": "on_request"},
        {"id": "then", "after": "ask"},
        {"id": "mixed", "after": ["a", "then"]},
    )

    assert found.requested == {"ask", "then"}


def test_nothing_follows_a_step_that_always_goes_back() -> None:
    found = order({"id": "a"}, {"id": "b", "back_to": "a"}, {"id": "c"}, {"id": "d", "after": "a"})

    assert found.opening == {"a", "b", "d"}


def test_what_follows_a_step_that_goes_back_on_a_condition_can_open() -> None:
    found = order({"id": "a"}, {"id": "b", "back_to": "a", "when": "case.reopened > 0"}, {"id": "c"})

    assert found.opening == {"a", "b", "c"}


def test_a_case_ends_by_a_step_a_rejection_or_its_withdrawal() -> None:
    approve = {"kind": "approve", "who": "gm"}
    found = procedure(
        {"id": "a", **approve},
        {"id": "b", **approve, "rejected": "end refused"},
        {"id": "c", **approve, "rejected": "a"},
    )

    assert outcomes(found) == ["rejected", "refused", "withdrawn"]
