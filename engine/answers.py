"""Answers: checking what a person or machine fills in against the fields that were asked for."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from engine.company import Company
from engine.days import local
from engine.errors import InvalidAnswer
from models.language.fields import (
    ChoiceField,
    DateTimeField,
    DepartmentField,
    FileField,
    FormField,
    NumberField,
    PersonField,
    TableField,
    TextField,
    YesNoField,
)
from models.language.moments import MomentError, parse_moment
from models.language.patterns import compiled

MOST: Final = 10**15
"""Numbers beyond this are slips, and not kept exactly by other programs."""

LONGEST_QUOTE: Final = 80

_UNSTORABLE: Final = re.compile("[\\x00\\ud800-\\udfff]")
"""Halves of characters and the zero byte: databases and mails refuse them."""


class _Wrong(ValueError):  # noqa: N818 - the end of a sentence, not a fault of the program
    """One answer that is not acceptable; becomes part of an `InvalidAnswer`."""


def check_answers(
    fields: Mapping[str, FormField], values: Mapping[str, Any], company: Company, now: datetime
) -> dict[str, Any]:
    """The answers in their own types, defaults filled in. Raises `InvalidAnswer` naming every wrong one."""
    unknown = [name for name in values if name not in fields]
    problems = [f"there is no field {_shown(name)} here (fields: {', '.join(fields) or 'none'})" for name in unknown]
    found: dict[str, Any] = {}
    for name, field in fields.items():
        value = values.get(name)
        if value is None or value == "":
            value = getattr(field, "default", None)
        if value is None:
            if field.required:
                problems.append(f"`{name}` is missing ({_title(name, field)})")
            continue
        try:
            found[name] = _check(field, value, company, now)
        except _Wrong as wrong:
            problems.append(f"`{name}` {wrong}")
    if problems:
        raise InvalidAnswer("; ".join(problems), "Correct these answers and send them again")
    return found


def _title(name: str, field: FormField) -> str:
    return field.title.zh if field.title else name


def _check(field: FormField, value: Any, company: Company, now: datetime) -> Any:  # noqa: PLR0911 - one a type
    match field:
        case TextField():
            return _text(field, value)
        case NumberField():
            return _number(field, value)
        case YesNoField():
            return _yes_no(field, value)
        case ChoiceField():
            return _choice(field, value)
        case DateTimeField():
            return _moment(field, value, now)
        case PersonField() | DepartmentField():
            return _known(field, value, company)
        case FileField():
            return _text(_FILE, value)
        case TableField():
            return _table(field, value, company, now)


_FILE: Final = TextField(type="text", at_most=500)
"""A file is named by its hash."""


def _shown(value: Any) -> str:
    """A value as a message quotes it: nobody reads a million characters."""
    text = repr(value)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def _text(field: TextField, value: Any) -> str:
    if not isinstance(value, str):
        raise _Wrong(f"must be text, not {_shown(value)}")
    text = value.strip()
    if unstorable := _UNSTORABLE.search(text):
        raise _Wrong(f"contains {unstorable.group()!r}, which is no character of any text")
    if len(text) > field.at_most:
        raise _Wrong(f"has {len(text)} characters; at most {field.at_most} are allowed")
    if not text and field.required:
        raise _Wrong("is empty")
    if text.casefold() in {word.casefold() for word in field.forbid}:
        raise _Wrong(f"may not be “{text}”: say what is really known")
    if text and field.pattern is not None and not compiled(field.pattern).fullmatch(text):
        raise _Wrong(f"does not have the form that is wanted, {field.pattern}")
    return text


def _number(field: NumberField, value: Any) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Wrong(f"must be a number, not {_shown(value)}")
    if not -MOST <= value <= MOST:
        raise _Wrong(f"must be a number between -{MOST} and {MOST}")
    if field.at_least is not None and value < field.at_least:
        raise _Wrong(f"is {value}; at least {field.at_least} is needed")
    if field.at_most is not None and value > field.at_most:
        raise _Wrong(f"is {value}; at most {field.at_most} is allowed")
    return value


def _yes_no(field: YesNoField, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(f"must be yes or no (true or false), not {_shown(value)}")
    if field.must_be is not None and value is not field.must_be:
        raise _Wrong(f"must be {'yes' if field.must_be else 'no'} before this can be done")
    return value


def _choice(field: ChoiceField, value: Any) -> str:
    if not isinstance(value, str):
        raise _Wrong(f"must be one of {', '.join(field.options)}, not {_shown(value)}")
    if value in field.refuse:
        raise _Wrong(f"`{value}` is always refused: {field.refuse[value]}")
    if value not in field.options:
        raise _Wrong(f"must be one of {', '.join(field.options)}, not {_shown(value)}")
    return value


def _moment(field: DateTimeField, value: Any, now: datetime) -> datetime:
    if isinstance(value, str):
        try:
            value = parse_moment(value)
        except MomentError as error:
            raise _Wrong(f"is no point in time: {error}") from error
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise _Wrong(f"must be a point in time such as 2026-02-13 15:00, not {_shown(value)}")
    exact = local(value)
    if field.past_only and exact > now:
        raise _Wrong("lies in the future")
    return exact


def _known(field: PersonField | DepartmentField, value: Any, company: Company) -> str:
    organisation = company.organisation
    known: Mapping[str, object] = organisation.people if isinstance(field, PersonField) else organisation.departments
    if not isinstance(value, str) or value not in known:
        wrong = "names nobody we know" if isinstance(field, PersonField) else "is no unit"
        raise _Wrong(f"{wrong}: {_shown(value)}")
    return value


def _table(field: TableField, value: Any, company: Company, now: datetime) -> list[dict[str, Any]]:
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        raise _Wrong("must be a list of rows")
    if not field.at_least <= len(value) <= field.at_most:
        raise _Wrong(f"has {len(value)} rows; between {field.at_least} and {field.at_most} are allowed")
    rows = []
    for number, row in enumerate(value, start=1):
        try:
            rows.append(check_answers(field.columns, row, company, now))
        except InvalidAnswer as wrong:
            raise _Wrong(f"row {number}: {wrong.message}") from wrong
    return rows
