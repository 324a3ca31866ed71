"""Own matter: nobody is ever asked to approve what they asked for, did or are concerned by, and somebody else is.

Cases in which this could happen are sought out: for every approval the person who would be
asked opens the case, does the work that is approved, or is named as the one concerned; the
rest goes as it would. Then time passes until the ladder has ended, for deputies must not be
concerned either.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from engine.case import StepStatus
from engine.draft import Draft
from engine.program import Program
from engine.proving.acting import Actors
from engine.proving.findings import Finding, StoryLine, Verdict
from engine.proving.replaying import Part, replay
from engine.proving.scene import Scene
from engine.proving.space import Space, all_complete
from engine.proving.stories import Teller
from engine.proving.world import World
from models.language.problem import Words
from models.language.steps import Approve, Machine, Task

MOST_PEOPLE: Final = 2
"""Approvers of one step who are put into somebody else's place, one after the other."""

LONG_ENOUGH: Final = timedelta(days=45)
"""How long is watched who else is asked while nobody decides."""


def nobody_decides_their_own(world: World, spaces: Iterable[Space]) -> Verdict:
    """The verdict on all approvals of a procedure."""
    program, spaces = world.program, list(spaces)
    approvals = [name for name, plan in program.plans.items() if isinstance(plan.step, Approve)]
    findings: list[Finding] = []
    tried, reached = 0, True
    for name in approvals:
        found = _first_asked(spaces, name)
        if found is None:
            reached = False
            continue
        space, number = found
        for part in _parts(program, name, space.nodes[number].scene):
            scene = replay(world, space.way_to(number), part)
            if scene is None:
                continue
            tried += 1
            finding = _offence(program, scene, name, part, Teller(program, space.slice.deciding))
            if finding is not None:
                findings.append(finding)
                break
    looked_at = Words(
        f"{len(approvals)} approvals, {tried} attempts to be asked about one's own matter",
        f"审批步骤 {len(approvals)} 个，尝试了 {tried} 种“自己批自己”的情形",
    )
    return Verdict("own", looked_at, tuple(findings), reached or all_complete(spaces))


def _first_asked(spaces: Iterable[Space], name: str) -> tuple[Space, int] | None:
    """The first state in which somebody is asked to approve."""
    for space in spaces:
        for number, node in enumerate(space.nodes):
            if any(one.step == name for one in node.scene.case.assignments.values()):
                return space, number
    return None


def _parts(program: Program, name: str, scene: Scene) -> Iterator[Part]:
    """Ways in which somebody who would be asked could have a part in the matter."""
    step = program.plans[name].step
    draft = Draft(program, scene.case, scene.now)
    people = [one.person for one in draft.search().find(getattr(step, "who", ()))]
    for person in people[:MOST_PEOPLE]:
        yield Part(person, "requester")
        for task in _work(program, name):
            yield Part(person, "did", task)
        for field in program.procedure.conflicts:
            yield Part(person, "named", field, named=person)
            superior = program.company.superior(person)
            if superior is not None:
                yield Part(person, "named", field, named=superior)


def _work(program: Program, name: str) -> list[str]:
    """What an approval is about: what it ratifies, and the nearest tasks before it, past approvals and machines.

    Whoever took part in a campaign like everybody else may approve what comes of it.
    """
    step = program.plans[name].step
    found = [step.ratifies] if isinstance(step, Approve) and step.ratifies else []
    frontier, seen = list(program.plans[name].after), set[str]()
    while frontier:
        one = frontier.pop()
        if one not in seen:
            seen.add(one)
            work = program.plans[one].step
            if isinstance(work, Task) and not (work.each and work.each.people):
                found.append(one)
                continue
            if isinstance(work, Machine):
                found.append(one)
            frontier.extend(program.plans[one].after)
    return list(dict.fromkeys(found))


def _offence(program: Program, scene: Scene, name: str, part: Part, teller: Teller) -> Finding | None:
    """That the person is asked all the same, or that nobody is, because there is nobody else."""
    asked = _asked_anyway(program, scene, name, part.person)
    if asked is not None:
        return _finding(teller, name, part, asked)
    waits = scene.case.steps[name].status is StepStatus.OPEN
    if waits and not any(one.step == name for one in scene.case.assignments.values()):
        return _nobody_left(teller, name, part, scene)
    return None


def _asked_anyway(program: Program, scene: Scene, name: str, person: str) -> Scene | None:
    """The first moment at which the person is asked, while nobody decides; None if that never comes."""
    actors, limit = Actors(program), scene.now + LONG_ENOUGH
    while scene.case.steps[name].status is StepStatus.OPEN:
        if any(one.step == name and one.person == person for one in scene.case.assignments.values()):
            return scene
        due = scene.case.next_due
        if due is None or due > limit:
            return None
        scene = actors.wait_until(scene, due)
    return None


def _finding(teller: Teller, name: str, part: Part, scene: Scene) -> Finding:
    step, person, reason = teller.step(name), teller.person(part.person), _reason(teller, part)
    message = Words(
        f"{person.en} is asked to approve {step.en}, but {reason.en}", f"{person.zh}被请求审批{step.zh}，但{reason.zh}"
    )
    asked = Words(f"{person.en} is asked to approve {step.en}", f"请{person.zh}审批{step.zh}")
    story = (*teller.tell(scene.events), StoryLine(scene.now, asked))
    return Finding(message, ("steps", teller.program.plans[name].index), story)


def _nobody_left(teller: Teller, name: str, part: Part, scene: Scene) -> Finding:
    step, person, reason = teller.step(name), teller.person(part.person), _reason(teller, part)
    message = Words(
        f"nobody is left to approve {step.en}: {person.en} {reason.en}, and nobody stands in",
        f"{step.zh}没有人能审批：{person.zh}须回避（{reason.zh}），又没有人代替",
    )
    return Finding(message, ("steps", teller.program.plans[name].index), teller.tell(scene.events))


def _reason(teller: Teller, part: Part) -> Words:
    if part.way == "requester":
        return Words("opened the case", "事项正是其本人立项")
    if part.way == "did":
        work = teller.step(part.where)
        return Words(f"did {work.en}", f"{work.zh}正是其本人所办")
    if part.named == part.person:
        return Words(f"is named in `{part.where}`", f"本人就是 `{part.where}` 中的涉事人")
    named = teller.person(part.named)
    return Words(
        f"is directly under {named.en}, who is named in `{part.where}`", f"`{part.where}` 中的{named.zh}是其直接上级"
    )
