"""Flow: a procedure as boxes and links: the main course, and the steps that somebody may ask for at any time.

What is on request is no branch of the main course: nobody waits for it. Each such step
stands in a group of its own with what follows from it, so no line crosses the picture for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from engine.pictures.graph import Link
from engine.program import Program
from models.language.steps import Approve, Task

START: Final = "@start"
_JOIN: Final = "@join "
_JUMP: Final = "@jump "


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that are drawn together; `after` are the steps of the main course from which it can be asked for."""

    boxes: tuple[str, ...]
    links: tuple[Link, ...]
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole procedure."""

    main: Group
    requests: tuple[Group, ...]


def joins(box: str) -> tuple[str, ...]:
    """The steps that a joining point waits for; empty for any other box."""
    return tuple(box.removeprefix(_JOIN).split(" ")) if box.startswith(_JOIN) else ()


def jumps_to(box: str) -> str | None:
    """The step to which a jump leads, or None for any other box."""
    return box.removeprefix(_JUMP).partition(" ")[0] if box.startswith(_JUMP) else None


def flow_of(program: Program) -> Flow:
    """The boxes and links of a procedure."""
    links = [*_forward(program), *_back(program)]
    owner = _owners(program)
    groups = []
    for root in [name for name, plan in program.plans.items() if plan.on_request and owner[name] == name]:
        boxes = [name for name in program.plans if owner[name] == root]
        groups.append(_group(boxes, links, program, program.plans[root].after))
    main = [START, *(name for name in program.plans if not owner[name])]
    return Flow(_group(main, links, program), tuple(groups))


def _group(boxes: list[str], links: Iterable[Link], program: Program, after: tuple[str, ...] = ()) -> Group:
    inside = set(boxes)
    own: list[Link] = []
    for link in links:
        if link.source not in inside or (link.target not in inside and _asked_for(link, program)):
            continue
        if link.target in inside:
            own.append(link)
        else:
            # A line through the whole picture helps nobody: a small box says where it goes on.
            jump = f"{_JUMP}{link.target} {link.source}"
            boxes.append(jump)
            own.append(Link(link.source, jump, "next", link.label))
    boxes, own = _joined(boxes, own)
    return Group(tuple(dict.fromkeys(boxes)), tuple(own), after)


def _asked_for(link: Link, program: Program) -> bool:
    """Whether a link only says when a step may be asked for; its group's heading says that."""
    return link.kind == "next" and program.plans[link.target].on_request


def _joined(boxes: list[str], links: list[Link]) -> tuple[list[str], list[Link]]:
    """Several boxes that wait for the same steps get one joining point, instead of a line for every pair."""
    before: dict[str, list[str]] = {}
    for link in links:
        if link.kind == "next":
            before.setdefault(link.target, []).append(link.source)
    shared: dict[tuple[str, ...], list[str]] = {}
    for target, sources in before.items():
        if len(sources) > 1:
            shared.setdefault(tuple(sources), []).append(target)
    for waited, targets in shared.items():
        if len(targets) > 1:
            join = _JOIN + " ".join(waited)
            links = [link for link in links if link.kind == "back" or link.target not in targets]
            links += [Link(source, join) for source in waited] + [Link(join, target) for target in targets]
            boxes = [*boxes, join]
    return boxes, links


def _forward(program: Program) -> Iterable[Link]:
    for name, plan in program.plans.items():
        known = [other for other in dict.fromkeys(plan.after) if other in program.plans and other != name]
        if not known and not plan.on_request:
            yield Link(START, name)
        yield from (Link(other, name) for other in known)


def _back(program: Program) -> Iterable[Link]:
    """Rework: where a rejection, a return for changes or a finished step leads back to an earlier one."""
    for name, plan in program.plans.items():
        step, found = plan.step, []
        if isinstance(step, Approve):
            found = [(step.rejected, "不同意"), (step.returned, "退回修改")]
        if isinstance(step, Task | Approve):
            found.append((step.back_to, "退回"))
        # One arrow for all that leads to the same step.
        targets = dict.fromkeys(target for target, _ in found if target is not None and target in program.plans)
        for target in targets:
            yield Link(name, target, "back", "、".join(label for other, label in found if other == target))


def _owners(program: Program) -> dict[str, str]:
    """For each step the request it follows from; empty for the main course.

    A step that comes after requests only belongs to the first of them; one that also follows
    from the main course belongs there.
    """
    owner = {name: name if plan.on_request else "" for name, plan in program.plans.items()}
    # As many rounds as steps: a step may stand in the file before the one it waits for.
    for _ in program.plans:
        before = dict(owner)
        for name, plan in program.plans.items():
            sources = [owner[other] for other in plan.after if other in owner and other != name]
            if not plan.on_request and sources and all(sources):
                owner[name] = sources[0]
        if owner == before:
            break
    return _merged(program, owner)


def _merged(program: Program, owner: dict[str, str]) -> dict[str, str]:
    """A request that can only be asked for after another one stands in that one's group."""
    for name, plan in program.plans.items():
        if plan.on_request and plan.after and all(owner.get(other) for other in plan.after):
            root = owner[plan.after[0]]
            if root != name:
                owner = {one: root if found == name else found for one, found in owner.items()}
    return owner
