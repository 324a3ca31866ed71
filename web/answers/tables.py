"""Tables without scripts: a button sends the form, and it comes back with one row more or one less."""

from collections.abc import Mapping, MutableMapping

from models.language.fields import FormField, TableField
from web.answers.inputs import row_count


def change_rows(act: str, fields: Mapping[str, FormField], texts: MutableMapping[str, str]) -> bool:
    """Do what `add:f.NAME`, `remove:f.NAME:ROW` or `stay` (the Enter key) says; False for any other button."""
    if act == "stay":
        return True
    verb, _, rest = act.partition(":")
    name, _, row = rest.partition(":")
    table = fields.get(name.removeprefix("f."))
    if verb not in ("add", "remove") or not isinstance(table, TableField):
        return False
    count = row_count(name, texts, table)
    if verb == "add":
        texts[f"{name}.rows"] = str(min(count + 1, table.at_most))
    elif row.isascii() and row.isdigit() and int(row) < count:
        _close_gap(name, int(row), count, texts)
        texts[f"{name}.rows"] = str(max(count - 1, 1))
    return True


def _close_gap(name: str, removed: int, count: int, texts: MutableMapping[str, str]) -> None:
    for number in range(removed, count):
        prefix, following = f"{name}.{number}.", f"{name}.{number + 1}."
        for key in [key for key in texts if key.startswith(prefix)]:
            del texts[key]
        for key in [key for key in texts if key.startswith(following)]:
            texts[prefix + key.removeprefix(following)] = texts[key]
