"""The sample company holds together: everybody who is named exists, and nothing is left to nobody."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from models.language.moments import format_moment, parse_moment
from models.language.organisation import Role
from tests.unit.language.shared_files import NAMES, company, organisation, page

YEAR = 2026
UNCOMMANDED = {"management", "supervision"}
"""Departments above the others, which publish nothing and hear no complaints."""


@pytest.mark.parametrize("name", NAMES)
def test_a_shared_file_has_no_problem(name: str) -> None:
    assert [str(problem) for problem in page(name).problems] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_shared_file_opens_with_the_schema_an_editor_explains_it_by(name: str) -> None:
    assert page(name).source.lines[0] == f"# yaml-language-server: $schema=schema/{name}.schema.json"


def _people_named() -> Iterable[tuple[str, str]]:
    for name, department in organisation().departments.items():
        yield f"head of {name}", department.head
        yield f"deputy of {name}", department.deputy or department.head
    for name, person in organisation().people.items():
        yield f"superior of {name}", person.superior or name
    for name, role in organisation().roles.items():
        for one in (*role.holders, *(deputy.person for deputy in role.deputies)):
            yield name, one
    for name, duty in organisation().duty.items():
        for one in (person for shift in duty.shifts for person in shift.rota):
            yield f"duty {name}", one
    for absence in organisation().absences:
        yield "absence", absence.person


def test_everybody_who_is_named_works_for_the_company() -> None:
    people = organisation().people

    assert [(where, person) for where, person in _people_named() if person not in people] == []


def test_everybody_and_every_unit_belongs_to_a_department_that_exists() -> None:
    departments = organisation().departments
    named = [person.department for person in organisation().people.values()]
    named += [department.parent for department in departments.values() if department.parent]

    assert set(named) <= set(departments)


def test_nobody_shares_an_address() -> None:
    addresses = Counter(person.email for person in organisation().people.values())

    assert [address for address, count in addresses.items() if count > 1] == []


@pytest.mark.parametrize("name", [name for name, role in organisation().roles.items() if not role.everyone])
def test_a_role_is_held_and_somebody_takes_over(name: str) -> None:
    role = organisation().roles[name]

    assert role.holders
    assert role.deputies or role.fallback
    assert role.fallback is None or role.fallback in organisation().roles
    assert not {deputy.person for deputy in role.deputies} & set(role.holders)


def test_roles_that_take_over_end_at_one_that_needs_nobody() -> None:
    roles = organisation().roles
    for name in roles:
        seen = [name]
        while following := roles[seen[-1]].fallback:
            assert following not in seen, seen
            seen.append(following)


def _gaps(role: Role) -> list[str]:
    """Days of the year on which no deputy of a role is named."""
    days = (datetime(YEAR, 1, 1) + timedelta(days=n) for n in range(365))  # noqa: DTZ001 - only the date is used
    written = (f"{day:%Y-%m-%d}" for day in days)
    return [day for day in written if not any(one.start <= day <= one.until for one in role.deputies)]


def test_deputies_of_a_role_leave_no_day_of_the_year_uncovered() -> None:
    assert {name: gaps for name, role in organisation().roles.items() if role.deputies and (gaps := _gaps(role))} == {}


def test_a_deputy_is_recorded_before_acting() -> None:
    deputies = [deputy for role in organisation().roles.values() for deputy in role.deputies]

    assert [one.person for one in deputies if one.recorded is None or one.recorded >= one.start] == []


def test_superiors_lead_to_the_general_manager_or_to_the_supervisors_whom_nobody_commands() -> None:
    tops = {"zhou.mingyuan", "zheng.guoan"}

    for person in organisation().people:
        seen = [person]
        while above := company().superior(seen[-1]):
            assert above not in seen, seen
            seen.append(above)
        assert seen[-1] in tops, seen


def test_supervisors_are_not_under_the_general_manager_whose_accusers_they_hear() -> None:
    chosen = organisation().roles["independent_recipient"]
    circle = {*chosen.holders, *(deputy.person for deputy in chosen.deputies)}

    assert not circle & (company().reports_of("zhou.mingyuan") | company().reports_of("lin.zhijian"))
    assert company().superior(chosen.holders[0]) is None


def test_publishing_and_investigating_have_enough_different_people() -> None:
    roles = organisation().roles
    second = {*roles["info_reviewer"].holders, *(one.person for one in roles["info_reviewer"].deputies)}
    handling = {*roles["info_dept"].holders, *roles["info_head"].holders}
    deciding = set(roles["leading_group"].holders)
    investigating = {*roles["security_officer"].holders, *(one.person for one in roles["security_officer"].deputies)}
    reviewing = {*roles["appeal_reviewer"].holders, *(one.person for one in roles["appeal_reviewer"].deputies)}

    assert not second & set(roles["reviewer"].holders)
    assert not investigating & (handling | deciding)
    assert not reviewing & (investigating | deciding)


@pytest.mark.parametrize("name", ["reviewer", "dept_manager"])
def test_every_department_has_its_own(name: str) -> None:
    found = {organisation().people[person].department for person in organisation().roles[name].holders}

    assert found == set(organisation().departments) - UNCOMMANDED


def test_the_heads_are_the_department_managers() -> None:
    heads = {unit.head for name, unit in organisation().departments.items() if name not in UNCOMMANDED}

    assert set(organisation().roles["dept_manager"].holders) == heads


def test_the_leading_group_has_a_chair_and_a_vice_chair_among_its_members() -> None:
    group = organisation().roles["leading_group"]

    assert 5 <= len(group.holders) <= 7
    assert group.chair == organisation().roles["gm"].holders[0]
    assert {group.chair, group.vice_chair} <= set(group.holders)


def test_whoever_is_away_somebody_can_act_in_every_role() -> None:
    for absence in organisation().absences:
        moment = parse_moment(absence.start if ":" in absence.start else f"{absence.start} 09:00")
        for name, role in organisation().roles.items():
            found = [
                one
                for holder in role.holders
                for one in (holder, *company().stand_in(holder, name, moment))
                if company().employed(one, moment) and not company().absent(one, moment)
            ]
            assert found or role.everyone, f"{name} at {format_moment(moment)}"


def test_the_duty_person_and_the_vacancy_role_exist() -> None:
    assert organisation().duty_person in organisation().duty
    assert organisation().vacancy in organisation().roles
