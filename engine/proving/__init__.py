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
from engine.proving.findings import PROPERTIES, Finding, Proof, StoryLine, Verdict
from engine.proving.gates import every_gate_opens
from engine.proving.lateness import slowest_paths_are_in_time
from engine.proving.own_matter import nobody_decides_their_own
from engine.proving.settling import everything_settles
from engine.proving.slices import Slice, slices_of
from engine.proving.space import Space, explore, ordinary_time
from engine.proving.waiting import every_wait_is_watched
from engine.proving.world import World
from models.language.clauses import Period
from models.language.moments import format_moment
from models.language.problem import Words

__all__ = ["PROPERTIES", "Finding", "Proof", "StoryLine", "Verdict", "prove"]

MOST_MOVES: Final = 6_000
"""Moves made in the part that holds the ends; as many again in all the others together."""

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
    main, *others = slices_of(program, world.influence)
    spaces = [explore(world, main, most), *_others(world, others, most)]
    spaces += [explore(_in_modes(world), one, most // 2) for one in (main, *others) if _mentions_mode(one)]
    verdicts = (
        every_path_ends(world, spaces[0]),
        every_wait_is_watched(program, spaces),
        every_gate_opens(program, spaces),
        slowest_paths_are_in_time(world),
        nobody_decides_their_own(world, spaces),
        everything_settles(spaces),
    )
    states, moves = sum(len(one.nodes) for one in spaces), sum(one.moves for one in spaces)
    return Proof(program.procedure.procedure, verdicts, states, moves, tuple(_limits(spaces)))


def _others(world: World, parts: Sequence[Slice], most: int) -> Iterator[Space]:
    """The spaces of the other slices; what one does not use up is left to the next."""
    left = most
    for number, part in enumerate(sorted(parts, key=lambda one: len(one.steps))):
        space = explore(world, part, max(left // (len(parts) - number), 1))
        left -= min(space.moves, left)
        yield space


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


def _limits(spaces: Sequence[Space]) -> Iterator[Words]:
    """What was not looked at."""
    open_ends = sum(len(one.nodes) - len(one.followed) for one in spaces)
    if open_ends:
        incomplete = sum(not one.complete for one in spaces)
        yield Words(
            f"too many states: {incomplete} of {len(spaces)} parts are incomplete, {open_ends} not followed to the end",
            f"状态太多：{len(spaces)} 个部分中有 {incomplete} 个未走完，{open_ends} 个状态只走了一部分",
        )
    yield _NOT_PLAYED
