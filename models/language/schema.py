"""JSON Schemas of our files (draft 2020-12), for editors that explain and complete keys while somebody writes.

They are made from the models, so an editor and `duly check` cannot disagree. The editor sees the
shape only: whether a role or a step exists is for `duly check` to say.
"""

from collections.abc import Mapping
from typing import Any, Final

from models.language.calendar_year import CalendarYear
from models.language.clauses import Clauses, Modes, Terms
from models.language.company_hours import CompanyHours
from models.language.element import Element
from models.language.ladders import Ladders
from models.language.organisation import Organisation
from models.language.policy_test import PolicyTests
from models.language.procedure import Procedure
from models.language.schema_titles import TITLES

Schema = dict[str, Any]

KINDS: Final[Mapping[str, type[Element]]] = {
    "procedure": Procedure,
    "organisation": Organisation,
    "ladders": Ladders,
    "clauses": Clauses,
    "terms": Terms,
    "modes": Modes,
    "tests": PolicyTests,
    "calendar": CalendarYear,
    "hours": CompanyHours,
}
"""The model of each kind of file, by the name of its schema."""

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_NOTHING: Final = {"type": "null"}


def schema_of(kind: str) -> Schema:
    """The schema of a kind of file; `KeyError` if there is no such kind."""
    model = KINDS[kind]
    made = model.model_json_schema(by_alias=True, mode="validation")
    parts = {name: _described(name, part) for name, part in sorted(made.pop("$defs", {}).items())}
    head: Schema = {"$schema": _DIALECT, "$id": file_name(kind)}
    return {**head, **_described(model.__name__, made), **({"$defs": parts} if parts else {})}


def file_name(kind: str) -> str:
    """What the schema's file is called."""
    return f"{kind}.schema.json"


def title_of(kind: str) -> str:
    """What a kind of file is, in both languages."""
    model = KINDS[kind]
    return _both(model.__name__, model.__doc__ or "")


def _described(name: str, part: Schema) -> Schema:
    """The schema of a model, its English description completed with the Chinese one."""
    return {"description": _both(name, part.get("description", "")), **_plain(_without(part, "description"))}


def _both(name: str, english: str) -> str:
    chinese = TITLES.get(name)
    first = english.strip().split("\n")[0]
    return f"{chinese} / {first}" if chinese else first


def _without(part: Schema, key: str) -> Schema:
    return {name: value for name, value in part.items() if name != key}


def _plain(node: Any) -> Any:
    """Leave out what helps nobody who writes: generated titles, and null where it means the key is left out."""
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: _plain(value) for key, value in node.items() if not _is_generated(key, value)}
    if "patternProperties" in found:
        found.setdefault("additionalProperties", False)
    choices = found.get("anyOf")
    if isinstance(choices, list) and node.get("default") is None:
        found["anyOf"] = [choice for choice in choices if choice != _NOTHING]
        if len(found["anyOf"]) == 1:
            found = {**found.pop("anyOf")[0], **found}
    return found


def _is_generated(key: str, value: Any) -> bool:
    """Whether Pydantic has written this from the name of the key, or it is a default that means "left out"."""
    return (key == "title" and isinstance(value, str)) or (key == "default" and value in (None, [], {}, ""))
