"""Pickers: the people, departments and options that an input offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.company import Company

MOST_LISTED: Final = 300
"""People in one list; in a larger company names are typed."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a list: what is recorded, and what people see."""

    value: str
    label: str
    group: str = ""


def people(company: Company, now: datetime, without: Iterable[str] = ()) -> list[Option]:
    """Everybody who works here, by department."""
    organisation, barred = company.organisation, set(without)
    units = organisation.departments
    return [
        Option(name, person.name, units[person.department].name.zh if person.department in units else "")
        for unit in units
        for name, person in organisation.people.items()
        if person.department == unit and name not in barred and company.employed(name, now)
    ]


def departments(company: Company) -> list[Option]:
    """Every department."""
    return [Option(name, department.name.zh) for name, department in company.organisation.departments.items()]


def person_by_name(company: Company, written: str, now: datetime) -> str | None:
    """The one person with this id or full name; None if nobody or several are called so."""
    records = company.organisation.people
    if written in records:
        return written
    named = [name for name, one in records.items() if one.name == written and company.employed(name, now)]
    return named[0] if len(named) == 1 else None
