"""What is filled in where nobody answers: plausible first, and whatever a requirement wants after that."""

from engine.events import Opened
from engine.machine import decide
from engine.sampling.filling import Filling, as_answer
from engine.sampling.samples import Samples
from tests.unit.engine.small import at, program

DIGEST = """
form: {approved: {type: text}}
steps:
  - id: rebuild
    kind: task
    who: clerk
    fields:
      digest: {type: text, title: 哈希}
      remark: {type: text, required: false}
      tried: {type: table, at_least: 3, columns: {tried_at: {type: datetime}}}
    require: [{that: lower(digest) == lower(approved), says: 不一致}]
  - {id: end, kind: end, outcome: done}
"""


def ways(text: str, step: str, facts: dict[str, str] | None = None) -> list[dict[str, object]]:
    whole = program(text)
    case = decide(whole, None, Opened(case="1", by="anna", facts=facts or {}), at("10:00")).state
    plan = whole.plans[step]
    return [dict(as_answer(plan, one)) for one in Filling(whole, Samples(whole)).ways(plan, case, at("10:00"))]


def test_the_first_way_says_what_each_field_is_and_leaves_out_what_may_be_empty() -> None:
    first = ways(DIGEST, "rebuild", {"approved": "ABC"})[0]

    assert (first["digest"], "remark" in first) == ("哈希（样例）", False)


def test_what_must_equal_something_known_repeats_it_next_also_where_only_the_case_of_letters_may_differ() -> None:
    assert ways(DIGEST, "rebuild", {"approved": "ABC"})[1]["digest"] == "ABC"


def test_times_of_several_rows_lie_four_hours_apart_and_the_last_is_now() -> None:
    rows = ways(DIGEST, "rebuild", {"approved": "ABC"})[0]["tried"]

    assert rows == [{"tried_at": at("02:00")}, {"tried_at": at("06:00")}, {"tried_at": at("10:00")}]


def test_a_number_is_tried_on_both_sides_of_what_it_is_compared_with() -> None:
    amounts = [
        one["amount"]
        for one in ways(
            """
steps:
  - {id: ask, kind: task, who: clerk, fields: {amount: {type: number}}, require: [{that: amount > 5000, says: 太少}]}
  - {id: end, kind: end, outcome: done}
""",
            "ask",
        )
    ]

    assert {5000, 5001, 4999} <= set(amounts)
