"""Gates: each of them must open again in some course of events in which it has held something back."""

from collections.abc import Iterable, Iterator

from engine.case import StepStatus
from engine.draft import Draft
from engine.program import GatePlan, Program
from engine.proving.ending import within_reach
from engine.proving.findings import Finding, Verdict
from engine.proving.space import Space, all_complete
from engine.proving.stories import Teller
from models.language.problem import Words

_BEGUN = (StepStatus.OPEN, StepStatus.DONE)


def every_gate_opens(program: Program, spaces: Iterable[Space]) -> Verdict:
    """The verdict on all gates of a procedure."""
    spaces = list(spaces)
    found = tuple(_stuck_gates(program, spaces))
    idle = [name for name, gate in program.gates.items() if all(_first_held(one, gate) is None for one in spaces)]
    # One way in which it opens again is proof enough, however much was left out.
    return Verdict("gates", _looked_at(program, idle), found, not idle or all_complete(spaces))


def _looked_at(program: Program, idle: list[str]) -> Words:
    """How many gates there are, and which of them never hold anything: the order of the steps does their work."""
    en, zh = f"{len(program.gates)} gates", f"{len(program.gates)} 道门禁"
    if idle:
        names = ", ".join(f"`{name}`" for name in idle)
        en, zh = f"{en}; never seen to hold anything: {names}", f"{zh}；没有见到它们拦住过什么：{names}"
    return Words(en, zh)


def _stuck_gates(program: Program, spaces: list[Space]) -> Iterator[Finding]:
    for index, (name, gate) in enumerate(program.gates.items()):
        held: tuple[Space, int] | None = None
        for space in spaces:
            first = _first_held(space, gate)
            if first is None:
                continue
            if _opens(space, gate):
                break
            held = held or (space, first)
        else:
            if held is not None:
                yield _finding(name, index, *held)


def _first_held(space: Space, gate: GatePlan) -> int | None:
    """The first state in which the gate holds a step back."""
    return next((number for number in range(len(space.nodes)) if _holds(space, gate, number)), None)


def _holds(space: Space, gate: GatePlan, number: int) -> bool:
    scene = space.nodes[number].scene
    held = any(scene.case.steps[step].status is StepStatus.HELD for step in gate.gate.holds)
    return held and not Draft(space.program, scene.case, scene.now).holds_true(gate.until)


def _opens(space: Space, gate: GatePlan) -> bool:
    """Whether some state in which it holds something back leads to one in which it does not."""
    holding = {number for number in range(len(space.nodes)) if _holds(space, gate, number)}
    opened = (
        number
        for number, node in enumerate(space.nodes)
        if number not in holding and any(node.scene.case.steps[step].status in _BEGUN for step in gate.gate.holds)
    )
    return bool(holding & within_reach(space, opened))


def _finding(name: str, index: int, space: Space, number: int) -> Finding:
    teller = Teller(space.program, space.slice.deciding)
    gate = space.program.gates[name].gate
    held = [teller.step(step) for step in gate.holds]
    message = Words(
        f"gate `{name}` holds {', '.join(one.en for one in held)} and can never open again",
        f"门禁 `{name}` 拦住{'、'.join(one.zh for one in held)}之后，再也打不开",
    )
    condition = Words(f"it opens when: {gate.until}", f"放行条件：{gate.until}")
    return Finding(message, ("gates", index), teller.tell(space.way_to(number)), (condition,))
