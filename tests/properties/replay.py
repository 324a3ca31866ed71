"""Replay: plays come in as JSON, what came of every event is printed; run by a test in processes of its own."""

import json
import sys
from typing import Any

import msgspec

from tests.properties.moves import Move, opening, played
from tests.properties.procedures import compiled

Play = tuple[dict[str, Any], tuple[str, str | None, int, bool], list[Move]]


def account(play: Play) -> list[str]:
    """What came of each event: the state, the order of what it holds, the effects; or the refusal."""
    procedure, begun, chosen = play
    found: list[str] = []
    for one in played(compiled(procedure), opening(begun), chosen):
        if one.decision is None:
            found.append(str(one.refusal))
            continue
        state = one.decision.state
        order = [list(state.assignments), list(state.alarms), list(state.clocks), list(state.facts)]
        parts = (msgspec.json.encode(state, order="deterministic"), msgspec.json.encode((order, one.decision.effects)))
        found.extend(part.decode() for part in parts)
    return found


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(account(json.loads(line))))  # noqa: T201 - its output is its result
