"""Exploring: finds the states that a slice can reach, breadth first, so that first ways are short."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from heapq import heappop, heappush
from typing import Final

from engine.calendars import Calendar
from engine.case import Case, StepStatus
from engine.errors import Refusal
from engine.events import Opened
from engine.machine import decide
from engine.playing import Happening
from engine.program import Program
from engine.progress import Unsettled
from engine.proving.acting import Actors
from engine.proving.answers import Answers
from engine.proving.independence import plain_steps
from engine.proving.moves import Moves
from engine.proving.scene import Scene
from engine.proving.slices import Slice
from engine.proving.space import Node, Space
from engine.proving.states import States
from engine.proving.world import World

MOST_WAITS: Final = 12
"""How many due times in a row may pass without changing anything that matters."""

CASE: Final = "PROOF"

HOPELESS: Final = 0.2
"""If no more of the known states was followed after a third of the moves, the rest will not be enough.

Of the procedures that can be seen in full, four fifths were by then; of one that cannot, a tenth.
"""


def explore(world: World, part: Slice, most: int) -> Space:
    """The space of a slice: all of it if `most` moves are enough, else samples and its beginning in as many again.

    A search that was not finished is thrown away: its many first states would crowd out the samples.
    """
    space = Explorer(world, part).explore(most)
    return space if space.complete else Explorer(world, part).probe(most // 2, most)


class Explorer:
    """Finds the space of one slice."""

    def __init__(self, world: World, part: Slice) -> None:
        self.world = world
        self.program = world.program
        self.states = States(world, part)
        self.answers = Answers(world, part.deciding)
        self.actors = Actors(world.program)
        self.moves = Moves(world, self.actors, part, self.answers)
        self.plain = plain_steps(world.program, world.influence, part)
        self.space = Space(world, part)
        self.known: dict[Hashable, int] = {}

    def explore(self, most: int) -> Space:
        """Every state, breadth first, in up to `most` moves. Whether that was all says `Space.complete`."""
        self._begin()
        self._search(most // 3)
        if len(self.space.followed) > HOPELESS * len(self.space.nodes):
            self._search(most)
        return self.space

    def probe(self, samples: int, most: int) -> Space:
        """Samples that go straight to all the ends first, then as many states as `most` moves allow."""
        self._begin()
        self._sample(samples)
        self.answers.sparse = False
        self._search(most)
        return self.space

    def explore_from(self, scene: Scene, most: int) -> Space:
        """The states that one scene leads to: samples first, and then every state if no end was among them."""
        self._add(scene, -1)
        self._sample(most)
        if not self.space.ended:
            self.answers.sparse = False
            self._search(2 * most)
        return self.space

    def _begin(self) -> None:
        self.space.unanswered = self.moves.unanswered
        for scene in beginnings(self.world, self.answers, ordinary_time(self.program.company.calendar)):
            self._add(scene, -1)

    def _search(self, most: int) -> None:
        space, number = self.space, 0
        while number < len(space.nodes) and space.moves < most:
            if number not in space.followed:
                self._follow(number, self.moves.after)
                space.followed.add(number)
            number += 1

    def _sample(self, most: int) -> None:
        """Follow one open step at a time: first what shows something new, then what goes straight to the end."""
        space, seen = self.space, set[Hashable]()
        queue: list[tuple[int, int, int, int]] = []
        self.answers.sparse = True

        def wait_in_line(number: int) -> None:
            case = space.nodes[number].scene.case
            news = set(_features(case)) - seen
            seen.update(news)
            heappush(queue, (-len(news), _detours(self.program, case), -_progress(case), number))

        for number in range(len(space.nodes)):
            if number not in space.followed:
                wait_in_line(number)
        while queue and space.moves < most:
            number = heappop(queue)[-1]
            before = len(space.nodes)
            self._follow(number, self.moves.one_step)
            space.sampled.add(number)
            for new in range(before, len(space.nodes)):
                wait_in_line(new)

    def _follow(self, number: int, moves: Callable[[Scene], Iterable[Scene]]) -> None:
        space, scene = self.space, self.space.nodes[number].scene
        try:
            for after in self._plain(scene) or (*self._waits(scene), *moves(scene)):
                space.moves += 1
                space.following[number].append(self._add(after, number))
        except Unsettled as error:
            space.unsettled.append((number, error.message))

    def _plain(self, scene: Scene) -> list[Scene]:
        """What the first plain step leads to that is open: everything else can come after it, unless the case ends."""
        for name in self.plain:
            if scene.case.steps[name].status is StepStatus.OPEN and scene.case.closed_at is None:
                found = list(self.moves.of_step(scene, name))
                if found and all(one.case.closed_at is None for one in found):
                    return found
        return []

    def _add(self, scene: Scene, parent: int) -> int:
        key = self.states.key(scene.case, scene.now)
        number = self.known.get(key)
        if number is None:
            number = self.known[key] = len(self.space.nodes)
            self.space.nodes.append(Node(scene, parent))
            self.space.following.append([])
        return number

    def _waits(self, scene: Scene) -> Iterator[Scene]:
        """The scene when nobody has acted for so long that something has changed."""
        if scene.case.closed_at is not None:
            return
        before, start = self.states.key(scene.case, scene.now), Scene(scene.case, scene.now)
        for _ in range(MOST_WAITS):
            moment = self.moves.next_change(start.case)
            if moment is None:
                return
            start = self.actors.wait_until(start, max(moment, start.now))
            if self.states.key(start.case, start.now) != before:
                yield start
                return


def beginnings(world: World, answers: Answers, now: datetime) -> Iterator[Scene]:
    """Every way in which a case can begin at a time."""
    channels = world.literals.values.get("case.channel", ())
    for channel in dict.fromkeys(["form", *map(str, channels)]):
        for facts in answers.for_form(now):
            event = Opened(case=CASE, facts=facts, channel=channel, by=world.cast.requester)
            try:
                decision = decide(world.program, None, event, now)
            except Refusal:
                continue
            yield Scene(decision.state, now, (Happening(now, now, event, decision.effects),))


def _detours(program: Program, case: Case) -> int:
    """How often something was done again, or was asked for although it need not have been."""
    again = sum(max(0, state.round - 1) for state in case.steps.values())
    return again + sum(case.steps[name].times for name, plan in program.plans.items() if plan.on_request)


def _progress(case: Case) -> int:
    """How many steps are behind the case."""
    return sum(state.status in (StepStatus.DONE, StepStatus.SKIPPED) for state in case.steps.values())


def _features(case: Case) -> Iterator[Hashable]:
    """What is worth seeing at least once: each step in each status, with each outcome, and each end."""
    yield case.outcome
    for name, state in case.steps.items():
        yield name, state.status, state.outcome


def ordinary_time(calendar: Calendar) -> datetime:
    """Nine o'clock on an ordinary Tuesday of the last year whose holidays are known."""
    year = calendar.covered_until.year if calendar.covered_until else 2026
    day = date(year, 3, 8)
    while day.weekday() != 1 or not calendar.is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(9), calendar.close_of(day).tzinfo)
