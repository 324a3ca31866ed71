"""Proving: what holds in every case a procedure can have, shown by playing through all that can happen.

There is no second account of what a procedure means: every move goes through `decide`, the
interpreter of the live system.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from engine.program import Program
from engine.proving.ending import every_path_ends
from engine.proving.exploring import explore, ordinary_time
from engine.proving.findings import PROPERTIES, Finding, Proof, StoryLine, Verdict
from engine.proving.gates import every_gate_opens
from engine.proving.lateness import slowest_paths_are_in_time
from engine.proving.own_matter import nobody_decides_their_own
from engine.proving.settling import everything_settles
from engine.proving.slices import Slice, slices_of
from engine.proving.space import Space
from engine.proving.stories import Teller
from engine.proving.waiting import every_wait_is_watched
from engine.proving.world import World
from models.language.clauses import Period
from models.language.moments import format_moment
from models.language.problem import Words

__all__ = ["MOST_MOVES", "PROPERTIES", "Finding", "Proof", "StoryLine", "Verdict", "prove"]

MOST_MOVES: Final = 30_000
"""Moves made in the part in which the case ends."""

OTHERS: Final = 4
"""Of so many moves, one is made in each of the other parts: there are more of them, and they are smaller."""

_NOT_PLAYED: Final = Words(
    "not played: bounced mails, hand-overs, exemptions, changes of a roster, added approvers, withdrawal, overrides",
    "未推演：退信、转交、豁免、名册增减、加签、撤回、凭理由放行",
)


def prove(program: Program, outcomes: Mapping[str, Sequence[str]] | None = None, most: int = MOST_MOVES) -> Proof:
    """Show every property of a procedure, or a story in which it fails.

    `outcomes` says how the procedures that it calls can end. `most` bounds the search; what was left
    out because of it is said in the proof.
    """
    world = World(program, outcomes or {})
    parts = slices_of(program, world.influence)
    spaces = [explore(world, part, most if part.ends else max(most // OTHERS, 1)) for part in parts]
    modes = _in_modes(world)
    spaces += [
        explore(modes, part, most if part.ends else max(most // OTHERS, 1)) for part in parts if _mentions_mode(part)
    ]
    verdicts = (
        every_path_ends(spaces),
        every_wait_is_watched(program, spaces),
        every_gate_opens(program, spaces),
        slowest_paths_are_in_time(world),
        nobody_decides_their_own(world, spaces),
        everything_settles(spaces),
    )
    states, moves = sum(len(one.nodes) for one in spaces), sum(one.moves for one in spaces)
    return Proof(program.procedure.procedure, verdicts, states, moves, tuple(_limits(program, spaces)))


def _share(part: Slice, most: int) -> int:
    return most if part.ends else max(most // OTHERS, 1)


def _mentions_mode(part: Slice) -> bool:
    return any(name.startswith("mode.") for found in part.conditions for name in found.names)


def _in_modes(world: World) -> World:
    """The same program while every mode of the company is on."""
    company = world.program.company
    start = ordinary_time(company.calendar)
    span = {
        "from": format_moment(start - timedelta(days=30)), "until": format_moment(start + timedelta(days=3650)),
        "title": "proof", "decision": "proof",
    }  # fmt: skip
    periods = tuple(Period.model_validate({"mode": mode, **span}) for mode in company.modes.modes)
    modes = company.modes.model_copy(update={"periods": periods})
    return World(replace(world.program, company=company.changed(modes=modes)), world.outcomes)


def _limits(program: Program, spaces: Sequence[Space]) -> Iterator[Words]:
    """What was not looked at, and what is therefore not proved."""
    incomplete = [space for space in spaces if not space.complete]
    if incomplete:
        teller = Teller(program)
        steps = (teller.step(name) for name in dict.fromkeys(one.slice.target for one in incomplete) if name)
        ends = [Words("how the case ends", "事项怎样结束")] if any(one.slice.ends for one in incomplete) else []
        parts = [*ends, *steps]
        states = sum(len(one.nodes) - len(one.followed) for one in incomplete)
        yield Words(
            f"the search ended before everything was seen: {states} states were not followed to the end. Only that no "
            f"counter-example was found is known of: {', '.join(one.en for one in parts)}. --moves searches further",
            f"没有全部走完：还有 {states} 个状态没有走到底。对下列部分只能说没有发现反例，不能说已经证明："
            f"{'、'.join(one.zh for one in parts)}。可用 --moves 走得更远",
        )
    yield _NOT_PLAYED
