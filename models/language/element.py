"""Element, the base of all that is read from YAML, and Mistake, what its validators raise."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema

_EXACT = frozenset({"bool", "int", "float"})


class Mistake(ValueError):  # noqa: N818 - "mistake" is the word our validators use; an Error suffix says it twice
    """Something an author wrote that cannot be meant, said in both languages with what to do.

    Args:
        message: What is wrong, in English, without the position.
        message_zh: The same in Chinese.
        remedy: What to do, in English.
        remedy_zh: The same in Chinese.
        rule: The rule it breaks, e.g. "DL012"; "DL013" if not said.
        at: Where below the value that is validated, e.g. ("until",); the value itself if empty.
    """

    def __init__(
        self,
        message: str,
        message_zh: str = "",
        remedy: str = "",
        remedy_zh: str = "",
        rule: str | None = None,
        at: Sequence[str | int] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.message_zh = message_zh or message
        self.remedy = remedy
        self.remedy_zh = remedy_zh or remedy
        self.rule = rule
        self.at = tuple(at)


def _make_scalars_exact(node: Any) -> None:
    if isinstance(node, dict):
        kind = node.get("type")
        if isinstance(kind, str) and kind in _EXACT:
            node["strict"] = True
        for child in node.values():
            _make_scalars_exact(child)
    elif isinstance(node, list | tuple):
        for child in node:
            _make_scalars_exact(child)


class Element(BaseModel):
    """A mapping in a file of ours: unknown keys are errors, and nothing changes after it has been read.

    Lists are accepted where tuples are kept, but numbers and yes/no values are taken as they
    stand: `"5"` is a text and not the number 5, `1` is not true.
    """

    # Built when first used: a file needs few of the models, and an outer one brings those inside it.
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Pydantic's schema with exact scalars.

        Strictness for a whole model would refuse the list that a shorthand's validator returns
        for a tuple, so it is set where it matters only.
        """
        schema = handler(source)
        _make_scalars_exact(schema)
        return schema
