"""Identifiers: the names an author gives to steps, fields, roles and files."""

import keyword
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from models.language.element import Mistake

RESERVED = frozenset({"case", "deadline", "mode", "at", "item", "by", "True", "False", "None"})
"""Names that expressions already use for something else."""


def _identifier(value: str) -> str:
    if not value.isidentifier() or keyword.iskeyword(value):
        raise Mistake(
            f"`{value}` cannot be used as a name here",
            f"“{value}”不能用作名称",
            "write letters, digits and underscores, not starting with a digit, e.g. `report_leader`; Chinese is fine",
            "名称只能用字母、数字、下划线或汉字，且不能以数字开头，例如 `report_leader`",
        )
    if value in RESERVED:
        raise Mistake(
            f"`{value}` is a word of the language and cannot be the name of a step or field",
            f"“{value}”是语言自己的词，不能用作步骤或字段的名称",
            f"choose another name, e.g. `{value}_1`",
            f"请换一个名称，例如 `{value}_1`",
        )
    return value


Name = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_identifier)]
"""The id of a step, field, deadline or gate; usable in expressions."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""The id of a procedure: lower case words joined by hyphens."""

Outcome = Annotated[str, Field(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=80)]
"""How a case ended, e.g. `resolved`, `unresolved-GM`."""

ClauseId = Annotated[str, Field(pattern=r"^([1-9]\d*-\d[0-9a-z.\-]*|L-[A-Za-z0-9.\-]+)$", max_length=30)]
"""A clause of the policy (`7-4.2.3a`) or of a law (`L-2025-report`)."""


def as_list(value: Any) -> Any:
    """A single value where a list is allowed."""
    return value if isinstance(value, list) or value is None else [value]
