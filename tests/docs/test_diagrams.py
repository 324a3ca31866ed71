"""The diagrams on the pages are drawn from the tables of the code."""

from pathlib import Path

from engine.case import StepStatus
from engine.machine import TRANSITIONS

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "how-a-case-runs.md"


def test_the_state_diagram_shows_the_transitions_of_the_engine() -> None:
    drawn = PAGE.read_text(encoding="utf-8").split("<!-- transitions -->")[1].split("<!-- /transitions -->")[0]
    arrows = {tuple(line.split(" --> ")) for line in map(str.strip, drawn.splitlines()) if " --> " in line}
    table = {(old.value, new.value) for old, following in TRANSITIONS.items() for new in following}
    assert arrows == table | {("[*]", StepStatus.WAITING.value)}
