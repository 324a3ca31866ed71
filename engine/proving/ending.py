"""Ending: from every state that can be reached, an end must be within reach."""

from collections.abc import Iterable, Iterator
from typing import Final

from engine.case import Case, StepStatus
from engine.draft import Draft
from engine.program import Program
from engine.proving.exploring import Explorer
from engine.proving.findings import Finding, Verdict
from engine.proving.space import Space, all_complete
from engine.proving.stories import Teller
from engine.proving.watching import lacks
from models.language.problem import Words
from models.language.scope import Loc

MOST_RESCUES: Final = 20
MOVES_OF_A_RESCUE: Final = 400

MOST_FINDINGS: Final = 3
"""Stories told of one property; the rest would mostly tell the same."""


def every_path_ends(spaces: Iterable[Space]) -> Verdict:
    """The verdict on the slice that contains the ends, in ordinary times and in every mode of the company."""
    spaces = [space for space in spaces if space.slice.ends]
    states = sum(len(space.nodes) for space in spaces)
    looked_at = Words(f"an end was looked for from {states} states", f"从 {states} 个状态出发寻找结局")
    findings = [found for space in spaces for found in _stuck(space)]
    return Verdict("ends", looked_at, tuple(findings[:MOST_FINDINGS]), all_complete(spaces))


def _stuck(space: Space) -> list[Finding]:
    stuck = _without_end(space)
    if stuck and not space.complete:
        stuck = _really_stuck(space, stuck)
    return [_finding(space, number) for number in _to_tell(space, stuck)]


def _really_stuck(space: Space, stuck: list[int]) -> list[int]:
    """Those from which no end is found either when the search begins anew there; the others were not followed far."""
    found: list[int] = []
    good: set[int] = set()
    for _ in range(MOST_RESCUES):
        candidates = [number for number in stuck if number not in good and number not in found]
        if not candidates:
            break
        number = next((one for one in candidates if not space.following[one]), candidates[0])
        search = Explorer(space.world, space.slice).explore_from(space.nodes[number].scene, MOVES_OF_A_RESCUE)
        if search.ended or not search.complete:
            good |= within_reach(space, [number])
        else:
            found.append(number)
    return found


def within_reach(space: Space, targets: Iterable[int]) -> set[int]:
    """All states from which one of the targets can be reached; what was not followed may lead anywhere."""
    before: dict[int, list[int]] = {}
    for number, following in enumerate(space.following):
        for other in following:
            before.setdefault(other, []).append(number)
    unknown = (number for number in range(len(space.nodes)) if number not in space.followed | space.sampled)
    found = {*targets, *unknown}
    frontier = list(found)
    while frontier:
        for one in before.get(frontier.pop(), ()):
            if one not in found:
                found.add(one)
                frontier.append(one)
    return found


def _without_end(space: Space) -> list[int]:
    good = within_reach(space, [*space.ended, *(number for number, _ in space.unsettled)])
    return [number for number in range(len(space.nodes)) if number not in good]


def _to_tell(space: Space, stuck: list[int]) -> list[int]:
    """One state for each reason to be stuck, the one with the shortest story."""
    found: dict[tuple[str, ...], int] = {}
    over = [number for number in stuck if _is_over(space, number)]
    for number in sorted(over or stuck[:1], key=lambda one: len(space.way_to(one))):
        found.setdefault(_blocked(space.nodes[number].scene.case), number)
    return list(found.values())[:MOST_FINDINGS]


def _is_over(space: Space, number: int) -> bool:
    """Whether nothing can happen any more."""
    return not space.following[number] or _is_silent(space, number)


def _is_silent(space: Space, number: int) -> bool:
    """Whether nothing goes on by itself and nobody has anything to do."""
    return any(lack == "silent" for _, lack in lacks(space.program, space.nodes[number].scene.case))


def _message(space: Space, number: int) -> Words:
    if _is_silent(space, number):
        return Words("nobody has anything to do any more, and the case does not end", "再也没有待办，事项却没有结束")
    if not space.following[number]:
        return Words("nothing that is open can be finished, and the case does not end", "待办都办不结，事项没有结束")
    return Words("the case goes round in circles and never ends", "事项只会来回打转，永远走不完")


def _blocked(case: Case) -> tuple[str, ...]:
    return tuple(name for name, state in case.steps.items() if state.status in (StepStatus.HELD, StepStatus.OPEN))


def _finding(space: Space, number: int) -> Finding:
    scene, program = space.nodes[number].scene, space.program
    teller = Teller(program, space.slice.deciding)
    remarks = tuple(what_remains(program, teller, Draft(program, scene.case, scene.now), space))
    message = _message(space, number)
    blocked = _blocked(scene.case)
    loc: Loc = ("steps", program.plans[blocked[0]].index) if blocked else ("steps",)
    return Finding(message, loc, teller.tell(space.way_to(number)), remarks)


def what_remains(program: Program, teller: Teller, draft: Draft, space: Space) -> Iterator[Words]:
    """What a case that is stuck still waits for."""
    for name, state in draft.steps.items():
        plan, step = program.plans[name], teller.step(name)
        if state.status is StepStatus.HELD:
            closed = [gate.gate.says for gate in plan.gates if not draft.holds_true(gate.until)]
            en, zh = "; ".join(one.english for one in closed), "；".join(one.zh for one in closed)
            yield Words(f"{step.en} is held by a gate: {en}", f"{step.zh}被门禁拦住：{zh}")
        elif state.status is StepStatus.OPEN and name in space.unanswered:
            wanted = "; ".join(str(one.says) for one in getattr(plan.step, "require", ()))
            yield Words(
                f"no answer was found that {step.en} accepts: {wanted}", f"找不到{step.zh}能接受的填写内容：{wanted}"
            )
        elif state.status is StepStatus.OPEN and not draft.assignees(name):
            yield Words(f"{step.en} is open, and nobody is asked", f"{step.zh}已开始，却没有人收到待办")
        elif state.status is StepStatus.OPEN:
            yield Words(f"{step.en} is open", f"{step.zh}尚未办结")
