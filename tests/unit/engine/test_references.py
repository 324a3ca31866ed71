import pytest

from engine.compiling import ProgramError
from tests.unit.engine.small import program

STEPS = """
steps:
  - {id: ask, kind: task, who: clerk, within: 1 hour}
  - {id: agree, kind: approve, who: checker, within: 1 hour}
  - {id: end, kind: end, outcome: done}
"""


@pytest.mark.parametrize(
    ("written", "instead", "missing"),
    [
        ("who: clerk", "who: clerk, after: nowhere", "step ask: there is no step `nowhere`"),
        ("who: clerk", "who: clerk, back_to: nowhere", "step ask: there is no step `nowhere`"),
        ("who: checker", "who: checker, returned: nowhere", "step agree: there is no step `nowhere`"),
        ("who: checker", "who: checker, rejected: nowhere", "step agree: there is no step `nowhere`"),
        ("outcome: done}", "outcome: done}\nreopens: {at: nowhere}", "reopens: there is no step `nowhere`"),
        ("outcome: done}", "outcome: done}\nconflicts: nobody", "conflicts: there is no field `nobody`"),
        (
            "outcome: done}",
            "outcome: done}\ngates: [{id: g, holds: nowhere, until: ask.done, says: x}]",
            "gate g: there is no step `nowhere`",
        ),
        (
            "who: clerk, within: 1 hour",
            "who: clerk, deadline: {within: 1 hour, ladder: NONE}",
            "deadline ask: there is no ladder `NONE`",
        ),
    ],
)
def test_it_refuses_what_would_fail_in_the_middle_of_a_case(written: str, instead: str, missing: str) -> None:
    with pytest.raises(ProgramError) as refusal:
        program(STEPS.replace(written, instead))

    assert str(refusal.value) == f"small: {missing}"


@pytest.mark.parametrize("rejected", ["stop", "continue", "end refused", "ask"])
def test_it_accepts_every_way_to_go_on_after_a_rejection(rejected: str) -> None:
    assert program(STEPS.replace("who: checker", f"who: checker, rejected: {rejected}")).plans
