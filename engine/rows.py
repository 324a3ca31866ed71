"""Rows: what a step for each is carried out for, and what has come of each so far."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from models.language.steps import CAMPAIGN_STEPS, Each

if TYPE_CHECKING:
    from engine.draft import Draft

Row = Mapping[str, object]
"""One row by column; `key` names it, for people also `person` and `department`."""


def each_of(draft: "Draft", step: str) -> Each | None:
    """How a step is carried out for each; None for other steps."""
    found = draft.program.plans[step].step
    return found.each if isinstance(found, CAMPAIGN_STEPS) else None


def rows(draft: "Draft", step: str) -> list[Row]:
    """A campaign as rows: what each was asked about, the answers, and `status` and `outcome`."""
    slots = draft.steps[step].slots
    bases = subjects(draft, step, slots) if any(not slot.row for slot in slots.values()) else {}
    return [
        {
            **(slot.row or bases.get(key, {})),
            **slot.values,
            "key": key,
            "status": slot.status.value,
            "outcome": slot.outcome,
        }
        for key, slot in slots.items()
    ]


def subjects(draft: "Draft", step: str, people: Iterable[str] = ()) -> Mapping[str, Row]:
    """What the step could be carried out for, by key: the people given, the table's rows, another step's rows."""
    each = each_of(draft, step)
    if each is None:
        return {}
    if each.of:
        return {str(row["key"]): row for row in rows(draft, each.of)}
    if each.rows:
        table = draft.facts.get(each.rows)
        return {str(n): {**row, "key": str(n)} for n, row in enumerate(table if isinstance(table, list) else ())}
    known = draft.company.organisation.people
    return {
        person: {"key": person, "person": person, "department": known[person].department if person in known else None}
        for person in people
    }


def subject(draft: "Draft", step: str, key: str) -> Row:
    """What one entry of a campaign is about: the row as it was when the step opened, or the person."""
    slot = draft.steps[step].slots.get(key)
    return slot.row if slot is not None and slot.row else subjects(draft, step, [key]).get(key, {})


def items(row: Row) -> Mapping[str, object]:
    """A row as conditions name it: `item.COLUMN`."""
    return {f"item.{name}": value for name, value in row.items()}
