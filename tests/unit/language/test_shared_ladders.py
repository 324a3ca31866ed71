"""The ladders of section 0.4 of the requirements, as the days and minutes they come to."""

import pytest

from engine.case import Tick
from engine.ladders import ticks, with_repetition
from models.language.durations import Duration
from models.language.moments import format_moment, parse_moment
from models.language.who import LEVELS, Who
from tests.unit.calendar_files import shipped
from tests.unit.language.shared_files import ladders, organisation

ENDLESS = {"TARGET", "ESC-DEEMED"}
"""An internal target is no breach, and deemed acceptance goes on by itself: neither climbs."""

_MOMENTS = {
    "ESC-NOW": ("2026-05-23 21:30", "2026-05-23 22:00"),
    "ESC-CMP-1H": ("2026-03-10 10:00", "2026-03-10 11:00"),
    "ESC-CMP-24H": ("2026-03-10 10:40", "2026-03-11 10:40"),
    "ESC-CMP-3WD": ("2026-09-30 16:00", "2026-10-10 18:00"),
    "ESC-REG-24H": ("2026-05-23 21:30", "2026-05-24 21:30"),
    "ESC-REG-4H": ("2026-09-03 22:15", "2026-09-04 02:15"),
    "ESC-REG-1H": ("2026-09-03 22:15", "2026-09-03 23:15"),
    "ESC-HOURS": ("2026-03-10 08:00", "2026-03-10 12:00"),
    "ESC-RATIFY": ("2026-02-17 03:40", "2026-02-17 05:40"),
    "ESC-OFFICE": ("2026-03-11 10:00", "2026-03-12 18:00"),
    "ESC-PERIODIC": ("2026-10-15 09:00", "2026-10-29 18:00"),
    "ESC-WEEKLY": ("2026-10-08 09:00", "2026-10-08 10:00"),
    "ESC-DUTY": ("2026-03-10 20:00", "2026-03-10 20:10"),
    "ESC-MAIL": ("2026-03-21 22:10", "2026-03-23 09:30"),
    "ESC-DEEMED": ("2026-03-23 09:00", "2026-03-23 09:30"),
    "TARGET": ("2026-05-23 21:30", "2026-05-24 01:30"),
}
"""A start and a due time for each ladder, from the acceptance scenarios where one uses it."""

_CLIMBS = {
    "ESC-NOW": ["05-23 21:45 reminder", "05-23 22:00 L1", "05-23 22:30 L2", "05-23 23:00 L3"],
    "ESC-CMP-1H": [
        "03-10 10:30 reminder", "03-10 10:50 reminder", "03-10 11:00 L1", "03-10 11:30 L2", "03-10 13:00 L3",
    ],
    "ESC-CMP-24H": [
        "03-10 22:40 reminder", "03-11 06:40 reminder", "03-11 09:40 reminder",
        "03-11 10:40 L1", "03-11 14:40 L2", "03-12 10:40 L3",
    ],
    "ESC-CMP-3WD": [
        "10-09 10:00 reminder", "10-10 10:00 reminder", "10-10 18:00 L1", "10-12 18:00 L2", "10-13 18:00 L3",
    ],
    "ESC-REG-24H": [
        "05-24 09:30 reminder", "05-24 15:30 reminder L1", "05-24 19:30 reminder L2 L3", "05-24 21:30 L3 leading_group",
    ],
    "ESC-REG-4H": [
        "09-04 00:15 reminder", "09-04 01:15 reminder L1", "09-04 01:45 reminder L2 L3", "09-04 02:15 L3 leading_group",
    ],
    "ESC-REG-1H": ["09-03 22:45 reminder L1 L2 L3", "09-03 23:00 reminder", "09-03 23:15 L3 leading_group"],
    "ESC-HOURS": ["03-10 11:00 reminder", "03-10 12:00 L1", "03-10 14:00 L2", "03-10 16:00 L3"],
    "ESC-RATIFY": ["02-17 05:10 reminder", "02-17 05:40 L1", "02-17 06:40 L2", "02-17 07:40 L3"],
    "ESC-OFFICE": ["03-12 10:00 reminder", "03-12 18:00 L1", "03-13 18:00 L2", "03-16 18:00 L3"],
    "ESC-PERIODIC": [
        "10-22 18:00 reminder", "10-28 18:00 reminder",
        "10-29 18:00 L1", "11-02 18:00 L2", "11-05 18:00 L3 staff-violation",
    ],
    "ESC-WEEKLY": ["10-08 10:00 L1", "10-08 12:00 L2", "10-08 18:00 L3"],
    "ESC-DUTY": ["03-10 20:10 L1", "03-10 20:20 L2", "03-10 20:30 L3"],
    "ESC-MAIL": ["03-23 09:20 reminder", "03-23 09:30 L1", "03-23 10:00 L2", "03-23 10:30 L3"],
    "ESC-DEEMED": ["03-23 09:30 L1"],
    "TARGET": [],
}  # fmt: skip


def _planned(name: str) -> tuple[Tick, ...]:
    start, due = (parse_moment(text) for text in _MOMENTS[name])
    return ticks(ladders().ladders[name], shipped(), start, due, due, None)


def _line(name: str, tick: Tick) -> str:
    ladder = ladders().ladders[name]
    told = ladder.reminders[tick.index].tell if tick.kind == "reminder" else ladder.rungs[tick.index].tell
    words = [format_moment(tick.at)[5:], *(["reminder"] if tick.kind == "reminder" else []), *map(str, told)]
    starts = ladder.rungs[tick.index].starts if tick.kind == "rung" else None
    return " ".join([*words, *([starts] if starts else [])])


@pytest.mark.parametrize("name", list(ladders().ladders))
def test_it_tells_these_people_at_these_times(name: str) -> None:
    assert [_line(name, tick) for tick in _planned(name) if tick.kind != "due"] == _CLIMBS[name]


def test_the_general_manager_decides_weekly_once_a_special_case_is_late() -> None:
    ladder, planned = ladders().ladders["ESC-CMP-3WD"], _planned("ESC-CMP-3WD")
    for _ in range(2):
        planned = with_repetition(planned, planned[-1], ladder.rungs[-1], shipped())

    assert [format_moment(tick.at) for tick in planned[-3:]] == [
        "2026-10-13 18:00",
        "2026-10-20 18:00",
        "2026-10-27 18:00",
    ]


@pytest.mark.parametrize("name", [name for name in ladders().ladders if name not in ENDLESS])
def test_a_ladder_ends_at_the_top(name: str) -> None:
    assert "L3" in [str(who) for who in ladders().ladders[name].rungs[-1].tell]


def test_reports_to_authorities_reach_the_top_before_they_are_due() -> None:
    for name in ("ESC-REG-24H", "ESC-REG-4H", "ESC-REG-1H"):
        assert "L3" in [str(who) for reminder in ladders().ladders[name].reminders for who in reminder.tell]


def _resolves(who: Who) -> bool:
    if who.role is not None:
        return who.role in organisation().roles
    # Chain `takeout` is for the one procedure whose form names the traveller.
    return who.superior_of in ("assignee", "traveller")


def test_the_general_manager_may_ratify_once_the_leader_has_been_silent() -> None:
    assert [str(who) for who in ladders().ladders["ESC-RATIFY"].rungs[0].ask] == ["L3"]


@pytest.mark.parametrize("name", list(ladders().chains))
def test_a_chain_has_somebody_on_every_level_that_ladders_climb(name: str) -> None:
    chain = ladders().chains[name]

    assert {"L1", "L2", "L3"} <= set(chain) <= LEVELS
    assert all(chain.values())
    assert all(_resolves(who) for people in chain.values() for who in people)


@pytest.mark.parametrize("name", list(ladders().chains))
def test_a_chain_ends_at_the_top_of_the_company_or_inside_the_sealed_circle(name: str) -> None:
    top = list(ladders().chains[name].values())[-1]

    assert [str(who) for who in top] in (["gm"], ["leading_group"], ["independent_recipient"])


def test_ladders_name_only_levels_and_roles_that_exist() -> None:
    steps = [(ladder.reminders, ladder.rungs) for ladder in ladders().ladders.values()]
    told = {who for reminders, _ in steps for one in reminders for who in one.tell}
    told |= {who for _, rungs in steps for one in rungs for who in one.tell}

    assert all(who.special in LEVELS or who.role in organisation().roles for who in told)


def test_a_deadline_without_a_ladder_gets_one_that_exists() -> None:
    defaults = ladders().defaults

    assert {defaults.short, defaults.hours, defaults.days, defaults.campaign, defaults.target} <= set(ladders().ladders)
    assert Duration.parse("30 minutes") == ladders().ladders[defaults.short].rungs[1].after
