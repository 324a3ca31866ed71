"""Inputs: each field of a form as a template shows it, with what was typed and what was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.company import Company
from models.language.fields import ChoiceField, FormField, NumberField, TableField, TextField, YesNoField
from web.answers.pickers import MOST_LISTED, Option, departments, people


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What inputs need to know: the company, the time, and whether the reader is a stranger."""

    company: Company
    now: datetime
    public: bool = False
    """Strangers are not shown a list of the staff; they type a name."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a page."""

    name: str
    kind: str
    title: str
    title_en: str
    help: str
    required: bool
    value: str = ""
    problem: str = ""
    unit: str = ""
    longest: int = 0
    options: Sequence[Option] = ()
    rows: Sequence[Sequence["Input"]] = ()
    columns: Sequence[str] = field(default=())
    kept: str = ""
    """Name of a file that was sent already."""


def inputs(
    fields: Mapping[str, FormField], texts: Mapping[str, str], wrong: Mapping[str, str], around: Surroundings
) -> list[Input]:
    """The inputs of some fields; input names begin with `f.`."""
    return [_input(f"f.{name}", one, texts, wrong, around) for name, one in fields.items()]


def row_count(name: str, texts: Mapping[str, str], table: TableField) -> int:
    """How many rows of a table are shown: those typed so far, at least those needed, at most those allowed."""
    written = texts.get(f"{name}.rows", "")
    count = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else max(1, table.at_least)
    return min(count, table.at_most)


def _input(
    name: str, one: FormField, texts: Mapping[str, str], wrong: Mapping[str, str], around: Surroundings
) -> Input:
    plain = name.rpartition(".")[2]
    rows: list[list[Input]] = []
    columns: list[str] = []
    if isinstance(one, TableField):
        columns = [column.title.zh if column.title else key for key, column in one.columns.items()]
        rows = [
            [_input(f"{name}.{number}.{key}", column, texts, wrong, around) for key, column in one.columns.items()]
            for number in range(row_count(name, texts, one))
        ]
    return Input(
        name, _kind(one, around), one.title.zh if one.title else plain, one.title.en if one.title else "",
        one.help.zh if one.help else "", one.required,
        texts.get(name, _default(one)), wrong.get(name, ""),
        unit=one.unit.zh if isinstance(one, NumberField) and one.unit else "",
        longest=one.at_most if isinstance(one, TextField) else 0,
        options=_options(one, around), rows=rows, columns=columns, kept=texts.get(f"{name}.kept_name", ""),
    )  # fmt: skip


def _kind(one: FormField, around: Surroundings) -> str:
    if isinstance(one, TextField):
        return "long" if one.long else "text"
    if one.type == "person" and (around.public or len(around.company.organisation.people) > MOST_LISTED):
        return "name"
    return one.type


def _options(one: FormField, around: Surroundings) -> Sequence[Option]:
    if isinstance(one, ChoiceField):
        return [Option(key, title.zh) for key, title in {**one.options, **one.refuse}.items() if key in one.options]
    if one.type == "department":
        return departments(around.company)
    if one.type == "person" and _kind(one, around) == "person":
        return people(around.company, around.now)
    return ()


def _default(one: FormField) -> str:
    if isinstance(one, YesNoField):
        return "" if one.default is None else ("yes" if one.default else "no")
    return one.default or "" if isinstance(one, ChoiceField) else ""


def as_typed(values: Mapping[str, Any], fields: Mapping[str, FormField]) -> dict[str, str]:
    """Values that are known already, as somebody would have typed them."""
    found: dict[str, str] = {}
    for name, one in fields.items():
        _write(f"f.{name}", one, values.get(name), found)
    return found


def _write(name: str, one: FormField, value: Any, into: dict[str, str]) -> None:
    if value is None:
        return
    if isinstance(one, TableField):
        into[f"{name}.rows"] = str(len(value))
        for number, row in enumerate(value):
            for key, column in one.columns.items():
                _write(f"{name}.{number}.{key}", column, row.get(key), into)
    elif isinstance(value, bool):
        into[name] = "yes" if value else "no"
    elif isinstance(value, datetime):
        into[name] = value.strftime("%Y-%m-%dT%H:%M")
    else:
        into[name] = str(value)
