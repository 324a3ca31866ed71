"""A search that ends before everything was seen says so, and says what is therefore not proved."""

from engine.proving import Proof, prove
from tests.unit.engine.small import program

TWO_PARTS = """
form: {big: {type: yes_no, default: false}}
steps:
  - {id: take, kind: task, title: 登记, who: clerk, within: 1 hour}
  - {id: agree, kind: approve, who: manager, when: big, rejected: take, within: 4 hours}
  - {id: end, kind: end, outcome: done}
  - {id: thank, kind: task, title: 致谢, after: take, start: on_request, who: clerk, within: 1 hour}
"""


def complete(proof: Proof) -> dict[str, bool]:
    return {verdict.name: verdict.complete for verdict in proof.verdicts}


def test_a_search_that_saw_everything_is_complete() -> None:
    assert prove(program(TWO_PARTS)).complete


def test_properties_of_states_that_were_not_all_seen_hold_only_as_far_as_was_looked() -> None:
    proof = prove(program(TWO_PARTS), most=1)

    assert (complete(proof)["ends"], complete(proof)["waits"], complete(proof)["settled"]) == (False, False, False)


def test_what_is_not_proved_is_named() -> None:
    limit = prove(program(TWO_PARTS), most=1).limits[0]

    assert "只能说没有发现反例，不能说已经证明：事项怎样结束、「致谢」" in limit.zh
    assert "--moves searches further" in limit.en


def test_a_gate_that_never_holds_anything_is_named() -> None:
    proof = prove(
        program(
            """
steps:
  - {id: take, kind: task, who: clerk, within: 1 hour}
  - {id: pass_on, kind: task, who: clerk, within: 1 hour}
  - {id: end, kind: end, outcome: done}
gates: [{id: idle, holds: [pass_on], until: take.done, says: 先登记}]
"""
        )
    )

    gates = next(one for one in proof.verdicts if one.name == "gates")
    assert (gates.holds, gates.looked_at.zh) == (True, "1 道门禁；没有见到它们拦住过什么：`idle`")
