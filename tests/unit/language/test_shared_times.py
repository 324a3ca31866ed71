"""Duty, leave, modes and vague words of the sample company, held against the acceptance scenarios."""

from datetime import timedelta

import pytest

from models.language.moments import format_moment, parse_moment
from tests.unit.language.shared_files import company, modes, organisation, page, terms

YEAR = 2026
SCENARIO_MONTHS = {f"2026-{month:02}" for month in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12)}
"""Months in which an acceptance scenario is set; somebody's leave must not change who answers there."""


@pytest.mark.parametrize("roster", ["info", "network"])
def test_one_person_is_on_duty_at_every_minute_of_the_year(roster: str) -> None:
    # Who is on duty can change only where a shift begins, so its first and last minute say all.
    opening = parse_moment(f"{YEAR}-01-01 00:00")
    edges = {minute for hour in (0, 8, 20) for minute in (hour * 60, hour * 60 - 1)}

    for day in range(366):
        for minute in edges:
            moment = opening + timedelta(days=day, minutes=minute)
            assert len(company().on_duty(roster, moment)) == 1, format_moment(moment)


@pytest.mark.parametrize(
    ("moment", "info", "network"),
    [
        ("2026-02-17 03:10", "feng.yu", "peng.fei"),
        ("2026-03-25 15:02", "deng.kai", "cao.yang"),
        ("2026-04-22 10:00", "gao.xiang", "cao.yang"),
        ("2026-05-23 21:30", "feng.yu", "peng.fei"),
        ("2026-08-03 08:50", "jiang.li", "wu.hao"),
        ("2026-09-03 22:15", "cheng.lin", "ding.yiming"),
        ("2026-10-02 13:00", "jiang.li", "wu.hao"),
    ],
)
def test_the_table_of_scenarios_names_who_is_really_on_duty(moment: str, info: str, network: str) -> None:
    day = parse_moment(moment)

    assert (*company().on_duty("info", day), *company().on_duty("network", day)) == (info, network)
    assert any(f"{moment} {info}, {network}" in line for line in page("organisation").source.lines[:50])


def test_nobody_is_away_while_a_scenario_is_played() -> None:
    away = {moment[:7] for absence in organisation().absences for moment in (absence.start, absence.until)}

    assert not away & SCENARIO_MONTHS


def test_periods_end_and_stay_out_of_the_scenarios() -> None:
    for period in modes().periods:
        start, until = parse_moment(period.start), parse_moment(period.until)
        assert timedelta(0) < until - start <= timedelta(days=60)
        assert not {period.start[:7], period.until[:7]} & SCENARIO_MONTHS
        assert period.mode in modes().modes


@pytest.mark.parametrize("name", list(terms().terms))
def test_a_term_lies_inside_its_range_and_is_stricter_in_a_mode(name: str) -> None:
    term, calendar = terms().terms[name], company().calendar
    start = parse_moment("2026-03-10 10:00")
    due = calendar.add(start, term.within).at

    assert calendar.add(start, term.least).at <= due <= calendar.add(start, term.most).at
    assert all(calendar.add(start, span).at - start <= (due - start) / 2 for span in term.in_mode.values())
    assert set(term.in_mode) <= set(modes().modes)
