"""The engine decides while an approver waits, and plays thousands of hours for a test: both must be quick."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, Final

from pytest_benchmark.fixture import BenchmarkFixture

from engine.case import Case
from engine.compiling import recompile
from engine.events import Decided, Done, Opened, TimerFired
from engine.library import company_of, programs_of
from engine.machine import decide
from engine.playing import Play
from engine.program import Program
from models.language.moments import parse_moment
from models.language.organisation import Person
from models.language.rulebook import read_folder
from tests.unit.engine.small import at, program

POLICIES: Final = Path(__file__).parents[2] / "policies_as_yaml"

STEPS: Final = """
form: {what: {type: text}}
steps:
  - {id: write, kind: task, who: clerk, within: 1 hour}
  - {id: agree, kind: approve, who: checker, within: 3 working days, shows: [what]}
  - {id: publish, kind: task, who: clerk, within: 24 hours, when: agree.approved}
  - {id: end, kind: end, outcome: done}
"""
AGAIN: Final = """
form: {stop: {type: yes_no, default: false}}
steps:
  - {id: tell, kind: task, who: clerk, repeat: {until: stop}, within: 1 working day, fields: {said: {type: text}}}
"""
ATTEST: Final = """
steps:
  - {id: attest, kind: task, who: staff, each: {people: staff}, within: 5 working days}
  - {id: end, kind: end, outcome: done}
"""

ORDINARY: Final = 4_000
"""Decisions a second that an ordinary step must reach on the slowest machine; about 21,000 are usual."""


@cache
def _opened() -> tuple[Program, Case]:
    whole = program(STEPS)
    return whole, decide(whole, None, Opened(case="1", facts={"what": "a"}, by="cora"), at("10:00")).state


def _fast_enough(benchmark: BenchmarkFixture, at_least: int) -> None:
    assert benchmark.stats is not None
    benchmark.extra_info["decisions a second"] = round(1 / benchmark.stats.stats.min)
    assert 1 / benchmark.stats.stats.min > at_least


def test_an_ordinary_step_is_done_and_the_next_opens(benchmark: BenchmarkFixture) -> None:
    whole, case = _opened()
    done, now = Done(step="write", by="anna"), at("10:30")

    assert benchmark(decide, whole, case, done, now).state.steps["agree"].opened_at == now
    _fast_enough(benchmark, ORDINARY)


def test_an_approval_is_given(benchmark: BenchmarkFixture) -> None:
    whole, case = _opened()
    case = decide(whole, case, Done(step="write", by="anna"), at("10:30")).state
    answer, now = Decided(step="agree", by="bert", answer="approve"), at("11:00")

    assert benchmark(decide, whole, case, answer, now).state.steps["agree"].outcome == "approved"
    _fast_enough(benchmark, ORDINARY)


def test_a_timer_fires(benchmark: BenchmarkFixture) -> None:
    whole, case = _opened()
    assert case.next_due is not None
    event = TimerFired(due=case.next_due)

    assert benchmark(decide, whole, case, event, case.next_due).state.next_due != case.next_due
    _fast_enough(benchmark, 4 * ORDINARY)


def _crowd(count: int) -> Program:
    whole = program(ATTEST)
    people = {f"p{n}": Person(name=f"p{n}", email=f"p{n}@small.example", department="desk") for n in range(count)}
    organisation = whole.company.organisation
    changed = organisation.model_copy(update={"people": {**organisation.people, **people}})
    return recompile(whole, whole.company.changed(changed))


def test_a_campaign_asks_two_thousand_people(benchmark: BenchmarkFixture) -> None:
    whole, start = _crowd(2_000), at("10:00")

    asked = benchmark(decide, whole, None, Opened(case="1"), start).state.assignments
    assert len(asked) == 2_006
    assert benchmark.stats is not None
    assert benchmark.stats.stats.min < 0.5


def test_one_of_two_thousand_answers(benchmark: BenchmarkFixture) -> None:
    whole = _crowd(2_000)
    case = decide(whole, None, Opened(case="1"), at("10:00")).state
    answer, now = Done(step="attest", by="p1000"), at("11:00")

    assert benchmark(decide, whole, case, answer, now).state.steps["attest"].slots["p1000"].by == "p1000"
    _fast_enough(benchmark, 200)


def _after_rounds(rounds: int) -> Callable[[], object]:
    whole = program(AGAIN)
    case = decide(whole, None, Opened(case="1"), at("10:00")).state
    now = at("10:00")
    for number in range(rounds):
        now = at("10:00") + timedelta(minutes=number + 1)
        case = decide(whole, case, Done(step="tell", by="anna", values={"said": "a"}), now).state
    event, later = Done(step="tell", by="anna", values={"said": "a"}), now + timedelta(minutes=1)
    return lambda: decide(whole, case, event, later)


def _best(act: Callable[[], object]) -> float:
    found = []
    for _ in range(30):
        before = time.perf_counter()
        for _ in range(30):
            act()
        found.append(time.perf_counter() - before)
    return min(found)


def test_a_decision_costs_the_same_after_a_thousand_rounds_as_after_ten() -> None:
    few, many = _after_rounds(10), _after_rounds(1_000)
    ratios = [_best(many) / _best(few) for _ in range(3)]

    assert min(ratios) < 1.3


FORWARD: Final[dict[str, Any]] = {"department": "delivery"}
ENDING: Final[list[tuple[str, float, dict[str, Any]]]] = [
    ("confirm", 30, {"satisfied": True}),
    ("archive", 31, {"record_complete": True, "notice_filed": True, "contacts_filed": True}),
]
SOLVED: Final[dict[str, Any]] = {"solution": "ok", "category": "system_fault"}
MANNERS: Final[dict[str, list[tuple[str, float, dict[str, Any]]]]] = {
    "prompt": [("forward", 0.3, FORWARD), ("contact", 2, {"result": "reached"}), ("handle", 6, SOLVED), *ENDING],
    "slow": [("forward", 0.9, FORWARD), ("contact", 20, {"result": "reached"}), ("handle", 24.8, SOLVED), *ENDING],
    "special": [
        ("forward", 0.5, FORWARD), ("contact", 3, {"result": "reached"}),
        ("special_case", 5, {"reason_code": "third_party", "explanation": "e"}), ("approve_special", 6, {}),
        ("progress", 27, {"told": "a"}), ("progress", 50, {"told": "b"}), ("handle", 70, SOLVED),
        *((step, hours + 60, values) for step, hours, values in ENDING),
    ],
    "silent": [
        (step, hours + 100, values)
        for step, hours, values in [
            ("forward", 0.3, FORWARD), ("contact", 2, {"result": "reached"}), ("handle", 6, SOLVED), *ENDING,
        ]
    ],
}  # fmt: skip
"""What is done in a complaint, how many hours after it came in, and with what answers."""


def _complaint(whole: Program, number: int, manner: str, start: datetime) -> Play:
    stage = Play(whole)
    form = {"customer": "张三", "channel": "phone", "received_at": start, "subject": "慢"}
    stage.record(Opened(case=str(number), by="zhao.lei", channel="phone", facts=form), start)
    for step, hours, values in MANNERS[manner]:
        now = start + timedelta(hours=hours)
        stage.run_until(now)
        assert stage.case is not None
        by = next((one.person for one in stage.case.assignments.values() if one.step == step), "zhu.lin")
        if step == "approve_special":
            stage.record(Decided(step=step, by=by, answer="approve"), now)
        else:
            stage.record(Done(step=step, by=by, values=values), now)
    return stage


def test_a_year_of_a_thousand_complaints_takes_less_than_ten_seconds(benchmark: BenchmarkFixture) -> None:
    rulebook = read_folder(POLICIES)
    whole = programs_of(rulebook, company_of(rulebook))["complaint-handling"]
    first, manners = parse_moment("2026-01-01 08:00"), cycle(MANNERS)

    def year() -> list[Play]:
        return [
            _complaint(whole, number, next(manners), first + timedelta(hours=number * 8.7)) for number in range(1_000)
        ]

    plays: list[Play] = benchmark.pedantic(year, rounds=1, iterations=1)  # type: ignore[no-untyped-call]
    assert {play.case.outcome for play in plays if play.case} == {"resolved"}
    decisions = sum(len(play.happenings) for play in plays)
    assert benchmark.stats is not None
    benchmark.extra_info |= {"decisions": decisions, "a second": round(decisions / benchmark.stats.stats.min)}
    assert benchmark.stats.stats.min < 10
