"""What a proof has seen is all that can happen: no random play reaches a wait that the proof did not know of."""

from typing import Any

from hypothesis import HealthCheck, given, settings

from engine.compiling import compile_procedure
from engine.events import Amended, ChildClosed, Decided, Done, Finished, Opened, Refused, Reopened, TimerFired
from engine.program import Program
from engine.proving.exploring import Explorer
from engine.proving.slices import slices_of
from engine.proving.watching import Lack, lacks
from engine.proving.world import World
from models.language.procedure import Procedure
from tests.properties.moves import Move, moves, opening, openings, played
from tests.properties.procedures import procedures
from tests.unit.engine.small import company

MOST_MOVES = 1_500
PLAYED = (Amended, ChildClosed, Decided, Done, Finished, Opened, Refused, Reopened, TimerFired)
"""Events that a proof plays; after any other the play is not followed further."""

Lacking = set[tuple[str, Lack]]


def seen_by_a_proof(program: Program) -> Lacking | None:
    """Every wait that lacks something; None if the search did not see everything."""
    world, found = World(program), Lacking()
    for part in slices_of(program, world.influence):
        space = Explorer(world, part).explore(MOST_MOVES)
        if not space.complete or space.unsettled:
            return None
        for node in space.nodes:
            found.update(lacks(program, node.scene.case))
    return found


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(procedures(), openings, moves)
def test_a_play_reaches_no_wait_that_a_proof_has_not_seen(
    procedure: dict[str, Any], begun: tuple[str, str | None, int, bool], chosen: list[Move]
) -> None:
    """Who is left if somebody may not decide is another property, and depends on who they are."""
    program = compile_procedure(Procedure.model_validate(procedure), company())
    known = seen_by_a_proof(program)
    if known is None:
        return
    for one in played(program, opening(begun), chosen):
        if not isinstance(one.event, PLAYED):
            if one.decision is not None:
                return
            continue
        if one.decision is not None:
            found = set(lacks(program, one.decision.state))
            if any(lack == "nobody" for _, lack in found):
                return
            assert found <= known
