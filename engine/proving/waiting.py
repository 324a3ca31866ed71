"""Waiting: in every state somebody is asked, and a clock runs that will tell somebody else if they do not act."""

from collections.abc import Iterable, Iterator

from engine.program import Program
from engine.proving.findings import Finding, Verdict
from engine.proving.space import Space, all_complete
from engine.proving.staffing import DAYS, unstaffed
from engine.proving.stories import Teller
from engine.proving.watching import Lack, lacks
from models.language.problem import Words
from models.language.scope import Loc


def every_wait_is_watched(program: Program, spaces: Iterable[Space]) -> Verdict:
    """The verdict on all waits: in every state, and on every day of a year."""
    spaces = list(spaces)
    states = sum(len(space.nodes) for space in spaces)
    looked_at = Words(
        f"{states} states, and whoever is asked or told last on {DAYS} days, at night, in holidays and in absence",
        f"{states} 个状态；全年 {DAYS} 天的白天、夜间、假期，以及有人缺席时，都查找了办理人和升级链末端的人",
    )
    return Verdict("waits", looked_at, (*unwatched_waits(spaces), *unstaffed(program, spaces)), all_complete(spaces))


def unwatched_waits(spaces: Iterable[Space]) -> Iterator[Finding]:
    """One finding for each step and each thing that is missing, with the first way there."""
    told: set[tuple[str, Lack]] = set()
    for space in spaces:
        teller = Teller(space.program, space.slice.deciding)
        for number, node in enumerate(space.nodes):
            for name, lack in lacks(space.program, node.scene.case):
                if (name, lack) not in told:
                    told.add((name, lack))
                    loc: Loc = ("steps", space.program.plans[name].index) if name else ("steps",)
                    yield Finding(_message(teller, name, lack), loc, teller.tell(space.way_to(number)))


def _message(teller: Teller, name: str, lack: Lack) -> Words:
    step = teller.step(name) if name else Words("", "")
    match lack:
        case "nobody":
            return Words(f"{step.en} is open, but nobody is asked to do it", f"{step.zh}已开始，却没有人收到待办")
        case "no deadline":
            return Words(
                f"{step.en} waits without a deadline that escalates: nobody would learn if it were forgotten",
                f"{step.zh}的等待没有会升级的时限：忘了办也没有人知道",
            )
        case "silent":
            return Words(
                "the case is open, but nobody is asked for anything and no clock runs",
                "事项未结束，却没有任何人有待办，也没有任何时限在走",
            )
