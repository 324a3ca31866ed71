"""The pictures of one small procedure, compared with files that somebody has looked at.

After a change that is meant: delete the file, run the test, and look at what it has written.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.pictures.flowchart import flowchart
from engine.pictures.mermaid import mermaid
from engine.pictures.outline import outline
from engine.program import Program
from tests.unit.pictures.small_picture import GOLDEN, small


@pytest.mark.parametrize(("file", "draw"), [("small.svg", flowchart), ("small.mmd", mermaid), ("small.txt", outline)])
def test_it_draws_the_small_procedure_as_before(file: str, draw: Callable[[Program], str]) -> None:
    path, drawn = GOLDEN / file, draw(small())
    if not path.exists():
        Path(path).write_text(drawn, encoding="utf-8", newline="\n")
        pytest.fail(f"wrote {path}: look at it, and commit it if it is right")

    assert drawn == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("draw", [flowchart, mermaid, outline])
def test_it_draws_the_same_every_time(draw: Callable[[Program], str]) -> None:
    assert draw(small()) == draw(small())


def test_it_shows_the_basis_of_every_deadline() -> None:
    drawn = flowchart(small())

    assert [tag for tag in ("明文", "法定", "默认", "目标") if f">{tag}</text>" not in drawn] == []


def test_it_says_what_holds_a_step_and_when_it_lets_go() -> None:
    drawn = flowchart(small())

    assert drawn.count("紧急的须先告知主管") == 2
    assert "放行条件 并非紧急，或「告知主管」已办结" in drawn
