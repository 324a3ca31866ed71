"""What holds for every procedure and whatever happens: the four promises of the design, tried at random."""

from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings

from engine.case import ACTIVE, Case, StepStatus
from engine.draft import Decision
from engine.effects import ClockMoved, StepMoved
from engine.events import Decided, Event, TimerFired
from engine.machine import TRANSITIONS
from engine.program import Program
from models.language.steps import TIMED_STEPS, Approve, Task
from store.codec import decode_case, encode_case
from tests.properties.moves import Move, Tried, attempt, moves, opening, openings, played
from tests.properties.procedures import compiled, procedures, programs

Chosen = tuple[str, str | None, int, bool]
often = settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def _recorded(program: Program, begun: Chosen, chosen: list[Move]) -> list[tuple[Tried, Decision]]:
    return [(one, one.decision) for one in played(program, opening(begun), chosen) if one.decision]


@often
@given(programs, openings, moves)
def test_a_refused_event_changes_nothing_and_nothing_but_refusals_comes_out(
    program: Program, begun: Chosen, chosen: list[Move]
) -> None:
    for one in played(program, opening(begun), chosen):
        if one.before is not None:
            kept = msgspec.structs.asdict(one.before)
            attempt(program, one.before, one.event, one.now)
            assert msgspec.structs.asdict(one.before) == kept
        if one.refusal is not None:
            assert one.refusal.message
            assert one.refusal.remedy


@often
@given(programs, openings, moves)
def test_steps_move_only_as_the_table_says(program: Program, begun: Chosen, chosen: list[Move]) -> None:
    for one, decision in _recorded(program, begun, chosen):
        now = {name: state.status for name, state in one.before.steps.items()} if one.before else {}
        for effect in decision.effects:
            if isinstance(effect, StepMoved):
                old, new = now.get(effect.step, StepStatus.WAITING), StepStatus(effect.status)
                assert new is old or new in TRANSITIONS[old], f"{effect.step}: {old} -> {new}"
                now[effect.step] = new
        assert {name: decision.state.steps[name].status for name in now} == now


@often
@given(programs, openings, moves)
def test_no_clock_runs_after_the_end(program: Program, begun: Chosen, chosen: list[Move]) -> None:
    for _, decision in _recorded(program, begun, chosen):
        state = decision.state
        if state.closed_at is not None:
            assert state.next_due is None
            assert not state.assignments
            assert not state.alarms
            assert all(clock.status not in ACTIVE for clock in state.clocks.values())


@often
@given(programs, openings, moves)
def test_no_wait_for_people_is_without_a_clock_and_somebody_who_was_told(
    program: Program, begun: Chosen, chosen: list[Move]
) -> None:
    """Of steps whose first deadline starts when they open and is not cancelled by a condition."""
    for _, decision in _recorded(program, begun, chosen):
        state = decision.state
        if state.closed_at is not None:
            continue
        for name, rules in program.of_step.items():
            for rule in rules:
                steady = rule.starts == (f"{name}.opened",) and rule.within and rule.cancelled is None
                if steady and state.steps[name].status is StepStatus.OPEN and _for_all(program, name):
                    assert state.clocks[rule.id].status in ACTIVE, rule.id


def _for_all(program: Program, name: str) -> bool:
    """Whether the step's clock is one for all: latecomers to a campaign have their own."""
    step = program.plans[name].step
    return isinstance(step, TIMED_STEPS) and not (isinstance(step, Task | Approve) and step.each)


@often
@given(programs, openings, moves)
def test_the_next_due_time_is_that_of_the_earliest_tick_or_alarm(
    program: Program, begun: Chosen, chosen: list[Move]
) -> None:
    for _, decision in _recorded(program, begun, chosen):
        state = decision.state
        times = [at for clock in state.clocks.values() if (at := clock.next_at)] + list(state.alarms.values())
        assert state.next_due == (min(times, default=None) if state.closed_at is None else None)


@often
@given(programs, openings, moves)
def test_every_tick_fires_once_in_order_and_is_stamped_with_its_own_time(
    program: Program, begun: Chosen, chosen: list[Move]
) -> None:
    for one, decision in _recorded(program, begun, chosen):
        if not isinstance(one.event, TimerFired) or one.before is None:
            continue
        for name, clock in decision.state.clocks.items():
            before = one.before.clocks.get(name)
            if before is not None and before.ticks[: before.next] == clock.ticks[: before.next]:
                fired = clock.ticks[before.next : clock.next]
                assert all(tick.at == one.event.due for tick in fired)
        assert all(
            first.at <= second.at for clock in decision.state.clocks.values() for first, second in pairwise(clock.ticks)
        )
        missed = [effect for effect in decision.effects if isinstance(effect, ClockMoved) and effect.change == "missed"]
        assert all(effect.at == one.event.due == effect.due for effect in missed)
        assert decision.state.next_due is None or decision.state != one.before


@often
@given(programs, openings, moves)
def test_a_timer_that_has_fired_is_not_fired_again(program: Program, begun: Chosen, chosen: list[Move]) -> None:
    for one, decision in _recorded(program, begun, chosen):
        if isinstance(one.event, TimerFired) and decision.state.next_due != one.event.due:
            assert attempt(program, decision.state, one.event, one.now).refusal is not None


@often
@given(programs, openings, moves)
def test_nobody_decides_who_was_not_asked_nor_on_their_own_request_nor_twice(
    program: Program, begun: Chosen, chosen: list[Move]
) -> None:
    for one, decision in _recorded(program, begun, chosen):
        if not isinstance(one.event, Decided) or one.before is None:
            continue
        step, by = one.event.step, one.event.by
        assert any(asked.step == step and asked.person == by for asked in one.before.assignments.values())
        assert by != one.before.requester
        assert one.before.steps[step].status is StepStatus.OPEN
        again = attempt(program, decision.state, one.event, one.now)
        if decision.state.steps[step].status is StepStatus.DONE and decision.state.closed_at is None:
            assert again.refusal is not None


@often
@given(programs, openings, moves)
def test_whoever_is_concerned_is_asked_nothing(program: Program, begun: Chosen, chosen: list[Move]) -> None:
    for _, decision in _recorded(program, begun, chosen):
        accused = decision.state.facts.get("accused")
        if program.procedure.conflicts and accused:
            assert all(one.person != accused for one in decision.state.assignments.values())


@often
@given(programs, openings, moves)
def test_the_same_events_give_the_same_states_and_effects(program: Program, begun: Chosen, chosen: list[Move]) -> None:
    """Also any prefix of them: replaying is how a history is checked."""
    state: Case | None = None
    for one, decision in _recorded(program, begun, chosen):
        assert state == one.before
        again = attempt(program, state, one.event, one.now).decision
        assert again == decision
        state = decision.state


@often
@given(programs, openings, moves)
def test_states_events_and_effects_survive_being_stored(program: Program, begun: Chosen, chosen: list[Move]) -> None:
    for one, decision in _recorded(program, begun, chosen):
        stored = decode_case(encode_case(decision.state), program)
        assert stored == decision.state
        assert _through_json(decision.effects, Decision.__annotations__["effects"]) == msgspec.to_builtins(
            decision.effects
        )
        assert _through_json(one.event, Event) == msgspec.to_builtins(one.event)


def _through_json(value: Any, kind: Any) -> Any:
    return msgspec.to_builtins(msgspec.json.decode(msgspec.json.encode(value), type=kind))


@often
@given(programs, openings, moves)
def test_it_goes_on_from_a_stored_state_as_if_it_had_never_been_away(
    program: Program, begun: Chosen, chosen: list[Move]
) -> None:
    for one, decision in _recorded(program, begun, chosen):
        if one.before is not None:
            stored = decode_case(encode_case(one.before), program)
            assert attempt(program, stored, one.event, one.now).decision == decision


@settings(max_examples=40)
@given(procedures())
def test_every_random_procedure_compiles(procedure: dict[str, Any]) -> None:
    assert compiled(procedure).plans
