"""Every kind of change is made, and a change that no test notices is named."""

import pytest

from engine.mutation import Mutant, judge, mutants_of
from engine.mutation.spans import half, twice
from engine.scenarios.player import run_test
from models.language.durations import Duration
from models.language.policy_test import PolicyTest
from models.language.source import read_text
from tests.unit.engine.small import program

PROCEDURE = """
form:
  amount: {type: number}
  boss_of: {type: person, required: false}
conflicts: boss_of
steps:
  - id: ask
    kind: task
    who: [clerk, {role: checker, except: [requester]}]
    when: amount > 5
    tells: gm
    owner: gm
    hold: records
    already: {when: amount > 50, at: case.opened_at}
    require: [{that: amount > 6, says: 太少}]
    deadline: {term: soon, missed: deem}
  - id: agree
    kind: approve
    who: manager
    shows: amount
    rejected: continue
    deadline:
      within: 3 hours
      replaced: [{when: amount > 7, within: 5 hours}]
      extended: [{on: ask.done, by: 1 hour}]
      cancelled: amount > 70
      in_mode: {sensitive: 1 hour}
  - {id: end, kind: end, outcome: done}
deadlines:
  - {id: whole, from: case.opened, until: agree.done, within: 2 working days}
gates:
  - {id: first, holds: [agree, end], until: ask.done or ask.skipped, says: 先办}
"""


def mutants() -> list[Mutant]:
    return list(mutants_of(program(PROCEDURE)))


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("deadline", "deadline `ask` removed"),
        ("deadline", "deadline `agree` removed"),
        ("deadline", "deadline `whole` removed"),
        ("span", "`ask` doubled: 30 minutes → 60 minutes"),
        ("span", "`agree` halved: 3 hours → 90 minutes"),
        ("span", "`whole` doubled: 2 working days → 4 working days"),
        ("variation", "replacement 1 of deadline `agree` dropped"),
        ("variation", "extension 1 of deadline `agree` dropped"),
        ("variation", "`cancelled` of deadline `agree` dropped"),
        ("variation", "`1 hour` of deadline `agree` in mode `sensitive` dropped"),
        ("deemed", "deadline `ask` escalates instead of deeming"),
        ("who", "`ask` no longer asks clerk"),
        ("who", "`except` of checker dropped at `ask`"),
        ("who", "`agree` asks owner instead of manager"),
        ("told", "`ask` no longer tells gm"),
        ("owner", "`ask` no longer makes gm the owner"),
        ("conflict", "the person in `boss_of` may act"),
        ("gate", "gate `first` removed"),
        ("gate", "gate `first` no longer holds `agree`"),
        ("condition", "`when` of `ask` negated"),
        ("condition", "`when` of `ask` dropped"),
        ("requirement", "`ask` no longer requires `amount > 6`"),
        ("hold", "`ask` no longer holds `records`"),
        ("already", "`ask` is asked although it is done"),
        ("binding", "`agree` is bound to nothing"),
        ("reminder", "reminder `50 %` of ladder `NOW`"),
        ("rung", "rung L2 +50 % of ladder `HOURS`"),
        ("rung", "rung L3 +2 working days of ladder `OFFICE`"),
    ],
)
def test_it_changes_one_thing_at_a_time(kind: str, what: str) -> None:
    assert (kind, what) in {(one.kind, one.what.en) for one in mutants()}


def test_it_leaves_ladders_alone_that_the_procedure_does_not_climb() -> None:
    assert {one.loc[1] for one in mutants() if one.loc[0] == "ladders"} == {"NOW", "HOURS", "OFFICE"}


def test_it_changes_a_ladder_only_for_the_mutant() -> None:
    changed = program(PROCEDURE)
    before = changed.company.ladders
    mutant = next(one for one in mutants_of(changed) if one.loc[0] == "ladders")

    assert (mutant.company(changed.company).ladders != before, changed.company.ladders) == (True, before)


def test_it_keeps_the_name_of_the_second_deadline_when_the_first_is_removed() -> None:
    two = """
steps:
  - {id: ask, kind: task, who: clerk, deadline: [{within: 1 hour}, {within: 2 hours}]}
  - {id: end, kind: end, outcome: done}
"""
    mutant = next(one for one in mutants_of(program(two)) if one.what.en == "deadline `ask` removed")

    assert [one.id for one in mutant.procedure.steps[0].deadlines] == ["ask_2"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("span", "doubled", "halved"),
    [
        ("2 hours", "4 hours", "1 hour"),
        ("1 hour", "2 hours", "30 minutes"),
        ("3 working days", "6 working days", "1 working day"),
        ("1 working day", "2 working days", "None"),
        ("1 minute", "2 minutes", "None"),
        ("36500 calendar days", "None", "18250 calendar days"),
    ],
)
def test_it_doubles_and_halves_what_can_be(span: str, doubled: str, halved: str) -> None:
    parsed = Duration.parse(span)

    assert (str(twice(parsed)), str(half(parsed))) == (doubled, halved)


SIMPLE = """
steps:
  - {id: ask, kind: task, who: clerk, tells: gm, within: 2 hours}
  - {id: last, kind: task, who: gm, when: not deadline.ask.missed, within: 1 hour}
  - {id: end, kind: end, outcome: done}
"""
THOROUGH = """
name: 逾期
procedure: small
given: {at: "2026-03-10 10:00"}
expect: {asked: {ask: anna}}
then:
  - {at: "2026-03-10 11:30", expect: {told: {to: anna, kind: reminder}}}
  - {at: "2026-03-10 12:00", expect: {told: {to: head, kind: escalation}}}
  - {at: "2026-03-10 12:30", do: ask, by: anna, expect: {told: {to: boss, kind: notice}, outcome: done}}
"""
CARELESS = """
name: 随便
procedure: small
complete: false
given: {at: "2026-03-10 10:00"}
then:
  - {at: "2026-03-10 10:30", do: ask, by: anna}
"""


def policy_test(text: str) -> PolicyTest:
    return PolicyTest.model_validate(read_text(text, "test.yaml").data)


def survivors(*tests: str) -> list[str]:
    changed = program(SIMPLE)
    played = [run_test(policy_test(text), changed) for text in tests]
    assert all(one.passed for one in played)
    return [one.mutant.what.en for one in judge(mutants_of(changed), changed, played) if one.found_by is None]


def test_it_names_what_no_test_notices() -> None:
    assert survivors(THOROUGH) == [
        "deadline `last` removed",
        "`last` doubled: 1 hour → 2 hours",
        "`last` halved: 1 hour → 30 minutes",
        "`last` asks owner instead of gm",
        "rung L2 +50 % of ladder `HOURS`",
        "rung L3 +100 % of ladder `HOURS`",
    ]


@pytest.mark.parametrize(
    "unnoticed", ["`ask` no longer tells gm", "rung L1 of ladder `HOURS`", "`ask` doubled: 2 hours → 4 hours"]
)
def test_it_finds_that_a_careless_test_notices_little(unnoticed: str) -> None:
    assert unnoticed in survivors(CARELESS)


def test_it_does_not_count_what_does_not_compile() -> None:
    changed = program(SIMPLE)
    verdicts = list(judge(mutants_of(changed), changed, []))

    assert "deadline `ask` removed" not in {one.mutant.what.en for one in verdicts}


def test_it_says_which_test_noticed() -> None:
    changed = program(SIMPLE)
    played = [run_test(policy_test(text), changed) for text in (CARELESS, THOROUGH)]
    verdicts = {one.mutant.what.en: one.found_by for one in judge(mutants_of(changed), changed, played)}

    assert verdicts["`ask` no longer tells gm"] == "逾期"


def test_it_speaks_chinese() -> None:
    found = {one.what.en: one.what.zh for one in mutants_of(program(SIMPLE))}

    assert found["`ask` doubled: 2 hours → 4 hours"] == "`ask` 时长加倍：2 小时 → 4 小时"
