"""Mail answers: what a mail gives for the fields of a form, each shaped as its field wants it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.claim import LONGEST_LOOK, Claim, part_of
from models.language.fields import (
    ChoiceField,
    DateTimeField,
    DepartmentField,
    FormField,
    NumberField,
    PersonField,
    TextField,
    YesNoField,
)
from models.language.intake import Fill
from models.language.moments import MomentError, parse_moment
from models.language.organisation import Organisation
from models.language.patterns import found
from models.language.procedure import Start


def answers(start: Start, form: Mapping[str, FormField], organisation: Organisation, mail: Claim) -> dict[str, Any]:
    """The answers that a mail gives, each as its field wants it; what gives nothing is left out."""
    given: dict[str, Any] = {}
    for name, fills in start.fills.items():
        field = form.get(name)
        if field is None:
            continue
        values = (_shaped(field, _value(fill, organisation, mail), organisation) for fill in fills)
        value = next((one for one in values if one is not None), None)
        if value is not None:
            given[name] = value
    return given


def missing(form: Mapping[str, FormField], facts: Mapping[str, Any]) -> list[str]:
    """Titles of fields that must be filled in and are not."""
    return [
        str(field.title) if field.title else name
        for name, field in form.items()
        if field.required and name not in facts and getattr(field, "default", None) is None
    ]


def _value(fill: Fill, organisation: Organisation, mail: Claim) -> Any:
    if fill.part is None:
        return fill.value
    taken = part_of(mail, fill.part, organisation)
    if taken is None:
        return None
    if fill.pattern is None:
        return taken if fill.value is None else fill.value
    if not isinstance(taken, str):
        return None
    match = found(fill.pattern, taken[:LONGEST_LOOK])
    if match is None:
        return None
    return match if fill.value is None else fill.value


def _shaped(field: FormField, value: Any, organisation: Organisation) -> Any:  # noqa: PLR0911 - one a type
    """A value as a field wants it; None if it cannot be one. Long texts are cut: the mail itself is kept."""
    match field:
        case TextField():
            return _text(field, value)
        case DateTimeField():
            return _moment(value)
        case NumberField():
            return _number(value)
        case YesNoField():
            return value if isinstance(value, bool) else None
        case ChoiceField() if value is not None and value not in field.options:
            # People write titles, not codes.
            return next((code for code, title in field.options.items() if value in (title.zh, title.en)), None)
        case DepartmentField() if value not in organisation.departments:
            named = ((code, one.name) for code, one in organisation.departments.items())
            return next((code for code, name in named if value in (name.zh, name.en)), None)
        case PersonField() if value not in organisation.people:
            named_so = [code for code, one in organisation.people.items() if one.name == value]
            return named_so[0] if len(named_so) == 1 else None
    return value


def _text(field: TextField, value: Any) -> str | None:
    if value is None or isinstance(value, datetime):
        return None
    text = str(value).strip()
    return (text if len(text) <= field.at_most else f"{text[: field.at_most - 1]}…") or None


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime) or value is None:
        return value
    try:
        return parse_moment(str(value))
    except MomentError:
        return None


def _number(value: Any) -> float | int | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return value
    try:
        number = float(str(value).replace(",", "").replace("，", ""))
    except ValueError:
        return None
    return int(number) if number.is_integer() else number
