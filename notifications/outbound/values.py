"""Values: the facts of a case as words in a mail. Sealed fields never get here."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from engine.titles import Titles, field_at
from models.language.fields import (
    ChoiceField,
    DepartmentField,
    FileField,
    FormField,
    NumberField,
    PersonField,
    TableField,
)
from models.language.moments import format_moment
from notifications.outbound.contents import Fact

LONGEST: Final = 300
"""Characters of one value in a mail; the page behind the link has all of it."""

_LINK: Final = re.compile(r"h(tt)(?=ps?://)", re.IGNORECASE)
_WWW: Final = re.compile(r"\bwww\.", re.IGNORECASE)
"""Mail clients make links of these too."""


def facts_of(titles: Titles, values: dict[str, Any], names: Iterable[str]) -> tuple[Fact, ...]:
    """The named form fields that have a value, in order; sealed ones are left out."""
    found = []
    for name in names:
        field, value = field_at(titles.procedure, name), values.get(name)
        if field is not None and not field.sealed and value not in (None, "", [], ()):
            found.append(Fact(one_line(titles.field(name), 60), in_words(titles, field, value)))
    return tuple(found)


def in_words(titles: Titles, field: FormField, value: Any) -> str:
    """One value, e.g. the title of an option, a person's name, `2026-03-10 10:00`."""
    if isinstance(field, TableField) and isinstance(value, list):
        return _table(titles, field, value)
    if isinstance(field, ChoiceField) and value in field.options:
        return titles.text(field.options[value])
    if isinstance(field, PersonField):
        return titles.person(str(value))
    if isinstance(field, DepartmentField):
        return titles.unit(str(value))
    if isinstance(field, NumberField):
        number = f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
        return f"{number} {titles.text(field.unit)}".strip()
    # A file is `sha256:HASH/SIZE/NAME`: the hash is for the ledger, and people know it by its name.
    return _plain(str(value).split("/", 2)[-1] if isinstance(field, FileField) else value)


def one_line(text: str, longest: int = LONGEST) -> str:
    """Text as one line that cannot harm a header or a reader.

    Control and formatting characters (line breaks, bidirectional overrides, U+2028 and their kin) become spaces or
    vanish, and what is longer than allowed ends in `…`.
    """
    clean = "".join(" " if char.isspace() else char for char in text if not _invisible(char) or char.isspace())
    line = " ".join(clean.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return format_moment(value)
    # A stranger's link in a public form must not become a link in a mail that the company itself sends.
    return _LINK.sub("hxx", _WWW.sub("www[.]", one_line(str(value))))


def _table(titles: Titles, table: TableField, rows: list[Any]) -> str:
    columns = {name: column for name, column in table.columns.items() if not column.sealed}
    written = [
        "，".join(in_words(titles, column, row[name]) for name, column in columns.items() if row.get(name) is not None)
        for row in rows[:5]
        if isinstance(row, dict)
    ]
    more = f"（共 {len(rows)} 行）" if len(rows) > 5 else ""
    return one_line("；".join(written)) + more


def _invisible(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
