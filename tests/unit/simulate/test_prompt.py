"""A case in which everybody acts: sample answers must fit whatever the procedure demands."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.simulate import NotOpened, Simulation, simulate
from tests.unit.engine.small import at, program

DEMANDING = """
form:
  kind: {type: choice, title: 类型, default: unclear, options: {unclear: 待查, real: 属实}}
  unit: {type: department, title: 部门, required: false}
steps:
  - id: fill
    kind: task
    who: clerk
    asks: [kind, unit]
    fields:
      sure: {type: yes_no, must_be: true}
      why: {type: text, forbid: [不明], at_most: 4}
      amount: {type: number, at_least: 5, at_most: 7}
      tries: {type: table, at_least: 0, required: false, columns: {tried_at: {type: datetime}}}
    require:
      - {that: "kind != 'unclear' and given(unit)", says: 须查明}
      - that: count(tries) >= 2 and max(t.tried_at for t in tries) - min(t.tried_at for t in tries) >= hours(4)
        says: 至少两次
  - {id: check, kind: approve, who: checker, rule: all}
  - {id: run, kind: machine, runs: work, otherwise: clerk, outputs: {found: {type: yes_no}}}
  - {id: called, kind: call, procedure: other, waits: true, responsible: clerk, within: 3 working days}
  - {id: end, kind: end, outcome: done}
"""
IMPOSSIBLE = """
steps:
  - id: fill
    kind: task
    title: 填写
    who: clerk
    fields: {a: {type: number}}
    require: [{that: a > 1000000 and a < 1000, says: 须超过一百万}]
"""


def prompt(text: str) -> Simulation:
    return simulate(program(text), at("10:00"), answers="prompt")


def test_it_finds_answers_that_meet_every_requirement_and_ends_the_case() -> None:
    simulation = prompt(DEMANDING)

    assert ([row for row in simulation.rows if row.kind == "stuck"], simulation.outcome) == ([], "done")


def test_everybody_acts_a_quarter_of_an_hour_after_being_asked() -> None:
    done = [f"{row.at:%H:%M}" for row in prompt(DEMANDING).rows if row.kind == "done"]

    assert done == ["10:15", "10:30", "10:45", "11:00"]


def test_it_admits_that_no_sample_answer_fits() -> None:
    stuck = [row for row in prompt(IMPOSSIBLE).rows if row.kind == "stuck"]

    assert [row.text for row in stuck] == ["「填写」没有合适的样例答案（须超过一百万）；可用 --answers 文件写明"]


def test_it_keeps_what_the_form_says_and_fills_in_the_rest() -> None:
    simulation = simulate(program(DEMANDING), at("10:00"), form={"kind": "real"})

    assert simulation.form == {"kind": "real"}


def test_it_says_why_a_case_cannot_be_opened() -> None:
    with pytest.raises(NotOpened, match="kind"):
        simulate(program(DEMANDING), at("10:00"), form={"kind": "nonsense"})


_FIELDS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.fixed_dictionaries({"type": st.just("text"), "at_most": st.integers(1, 50)}),
    st.fixed_dictionaries({"type": st.just("number"), "at_least": st.integers(-5, 5), "at_most": st.integers(5, 9)}),
    st.fixed_dictionaries({"type": st.just("yes_no"), "must_be": st.sampled_from([True, False, None])}),
    st.fixed_dictionaries({"type": st.just("choice"), "options": st.just({"a": "甲", "b": "乙"})}),
    st.fixed_dictionaries({"type": st.just("choice"), "options": st.just({"a": "甲"}), "default": st.just("a")}),
    st.fixed_dictionaries({"type": st.just("datetime"), "past_only": st.booleans()}),
    st.fixed_dictionaries({"type": st.sampled_from(["person", "department", "file"])}),
)


@settings(max_examples=40)
@given(st.lists(_FIELDS, max_size=6), st.integers(0, 3))
def test_it_opens_a_case_of_any_form(fields: list[dict[str, Any]], rows: int) -> None:
    import json  # noqa: PLC0415 - JSON is YAML, and only this test writes a file at random

    form: dict[str, Any] = {f"f{number}": field for number, field in enumerate(fields)}
    if fields:
        form["table"] = {"type": "table", "at_least": rows, "columns": {"column": fields[0]}}
    simulation = simulate(
        program(f"form: {json.dumps(form)}\nsteps: [{{id: a, kind: end, outcome: done}}]"), at("10:00")
    )

    assert simulation.outcome == "done"
