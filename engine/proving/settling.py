"""Settling: no move may make conditions switch each other on and off for ever."""

from collections.abc import Iterable

from engine.proving.findings import Finding, Verdict
from engine.proving.space import Space, all_complete
from engine.proving.stories import Teller
from models.language.problem import Words


def everything_settles(spaces: Iterable[Space]) -> Verdict:
    """The verdict on the conditions of a procedure; one story for each slice is enough."""
    findings: list[Finding] = []
    spaces = list(spaces)
    moves = sum(space.moves for space in spaces)
    for space in spaces:
        for number, said in space.unsettled[:1]:
            teller = Teller(space.program, space.slice.deciding)
            message = Words(
                f"after this, conditions switch each other on and off for ever: {said}",
                "在此之后，条件会互相翻来覆去，永远停不下来",
            )
            findings.append(Finding(message, ("steps",), teller.tell(space.way_to(number))))
    return Verdict("settled", Words(f"{moves} moves", f"{moves} 次变化"), tuple(findings), all_complete(spaces))
