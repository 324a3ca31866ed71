"""Facts: values of a case as people read them. What is sealed is named, and shown only to those who may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.titles import Titles
from models.language.fields import ChoiceField, FileField, FormField, NumberField, TableField
from models.language.moments import format_moment
from store.attachments import Attachment
from web.attachments.keeping import referenced


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: a text, a table or a file."""

    title: str
    text: str = ""
    sealed: bool = False
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    file: Attachment | None = None


def facts(
    titles: Titles, fields: Mapping[str, FormField], values: Mapping[str, Any], names: Iterable[str], unsealed: bool
) -> list[Fact]:
    """The facts of these names that have a value."""
    return [
        _fact(titles, fields[name], name, values[name], unsealed)
        for name in names
        if name in fields and values.get(name) not in (None, "", [], ())
    ]


def _fact(titles: Titles, field: FormField, name: str, value: Any, unsealed: bool) -> Fact:
    title = titles.text(field.title, name)
    if field.sealed and not unsealed:
        return Fact(title, sealed=True)
    if isinstance(field, TableField) and isinstance(value, list | tuple):
        shown = {key: column for key, column in field.columns.items() if unsealed or not column.sealed}
        columns = tuple(titles.text(column.title, key) for key, column in shown.items())
        rows = tuple(tuple(in_words(titles, column, row.get(key)) for key, column in shown.items()) for row in value)
        return Fact(title, columns=columns, rows=rows)
    if isinstance(field, FileField):
        return Fact(title, file=referenced(value), text=str(value))
    return Fact(title, in_words(titles, field, value))


def in_words(titles: Titles, field: FormField, value: Any) -> str:  # noqa: PLR0911 - one line a kind
    """One value in words."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return format_moment(value)
    if isinstance(field, ChoiceField):
        return titles.text(field.options.get(str(value)), str(value))
    if isinstance(field, NumberField):
        unit = f" {titles.text(field.unit)}" if field.unit else ""
        return f"{value:,}{unit}"
    if field.type == "person":
        return titles.person(str(value))
    if field.type == "department":
        return titles.unit(str(value))
    if isinstance(field, FileField):
        file = referenced(value)
        return file.name if file else str(value)
    return str(value)
