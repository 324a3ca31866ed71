"""Codec: the engine's values as JSON and back. Readable by an auditor, exact to the second."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from engine.case import Case, Slot, StepState
from engine.effects import Effect
from engine.events import Event
from engine.program import Program
from models.language.fields import DateTimeField, FormField, TableField
from models.language.steps import CAMPAIGN_STEPS, Approve, Machine, Step, Task

_Fields = Mapping[str, FormField]

_KEPT = "_codec_timed"
"""Where a program keeps what this file works out of it, like a cached property."""

_ENCODER = msgspec.json.Encoder()
_CASE = msgspec.json.Decoder(Case)
_EVENT: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def encode_case(case: Case) -> bytes:
    """The state of a case as JSON."""
    return _ENCODER.encode(case)


def decode_case(text: bytes, program: Program) -> Case:
    """The state of a case; times inside facts and answers are told from texts by the fields of its procedure."""
    case = _CASE.decode(text)
    form, timed = _timed(program)
    facts = _revive(case.facts, form) if form else case.facts
    steps = dict(case.steps)
    for name, (fields, columns) in timed.items():
        if name in steps:
            steps[name] = _revive_step(steps[name], fields, columns)
    return replace(case, facts=facts, steps=steps)


def encode_entry(event: Event, effects: tuple[Effect, ...], edition: int) -> str:
    """What the ledger keeps of a decision: the event, all its effects, and in which edition of the rules; in order."""
    body = {"edition": edition, "event": event, "effects": effects}
    return msgspec.json.encode(body, order="deterministic").decode()


def encode_event(event: Event) -> str:
    """An event as JSON."""
    return _ENCODER.encode(event).decode()


def decode_event(text: str) -> Event:
    """An event from JSON. Times inside its values stay texts; the engine reads them like a form."""
    return _EVENT.decode(text)


def _timed(program: Program) -> tuple[_Fields, Mapping[str, tuple[_Fields, _Fields]]]:
    """The form if it holds times; and the steps whose fields, or the rows they are carried out for, hold some.

    Kept with the program, because it is asked for at every click.
    """
    found: tuple[_Fields, dict[str, tuple[_Fields, _Fields]]] | None = program.__dict__.get(_KEPT)
    if found is None:
        form = program.procedure.form
        both = {name: (_fields(plan.step), _columns(plan.step, program)) for name, plan in program.plans.items()}
        steps = {name: one for name, one in both.items() if _has_times(one[0]) or _has_times(one[1])}
        found = program.__dict__[_KEPT] = (form if _has_times(form) else {}, steps)
    return found


def _fields(step: Step) -> _Fields:
    if isinstance(step, Task | Approve):
        return step.fields
    return step.outputs if isinstance(step, Machine) else {}


def _revive_step(state: StepState, fields: _Fields, columns: _Fields) -> StepState:
    if not state.values and not state.slots:
        return state
    slots = {key: _revive_slot(slot, fields, columns) for key, slot in state.slots.items()}
    return replace(state, values=_revive(state.values, fields), slots=slots)


def _columns(step: Step, program: Program) -> _Fields:
    """The columns of the table that a step is carried out for, row by row."""
    each = step.each if isinstance(step, CAMPAIGN_STEPS) else None
    table = program.procedure.form.get(each.rows) if each and each.rows else None
    return {**table.columns} if isinstance(table, TableField) else {}


def _revive_slot(slot: Slot, fields: Mapping[str, FormField], columns: _Fields) -> Slot:
    return replace(slot, values=_revive(slot.values, fields), row=_revive(slot.row, columns) if slot.row else slot.row)


def _has_times(fields: _Fields) -> bool:
    return any(isinstance(field, DateTimeField | TableField) for field in fields.values())


def _revive(values: Mapping[str, Any], fields: _Fields) -> dict[str, Any]:
    found = dict(values)
    for name, field in fields.items():
        value = found.get(name)
        if isinstance(field, DateTimeField) and isinstance(value, str):
            found[name] = datetime.fromisoformat(value)
        elif isinstance(field, TableField) and isinstance(value, list):
            found[name] = [_revive(row, field.columns) for row in value]
    return found
