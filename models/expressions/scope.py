"""What an expression may name: the top-level names and, by dots, what is inside them."""

import keyword
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from models.expressions.types import Type
from models.expressions.words import Words

# Words that mean a constant here although Python would take them for names.
_NAME: Final = re.compile(r"[^\W\d]\w*")
CONSTANT_WORDS: Final = frozenset({"true", "false"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The names an expression may read, each with its type; a step is a `Record`."""

    names: Mapping[str, Type]

    def __post_init__(self) -> None:
        """Keep a private copy: a checked expression must not lose a name afterwards."""
        object.__setattr__(self, "names", MappingProxyType(dict(self.names)))


def find_name(names: Mapping[str, Type], written: str) -> str | None:
    """Find the name as the scope spells it, or None.

    Python's parser normalises identifiers (NFKC), so a full-width `Ａ类` in the
    scope arrives here as `A类`; the value is still kept under the scope's spelling.
    """
    if written in names:
        return written
    wanted = unicodedata.normalize("NFKC", written)
    return next((name for name in names if unicodedata.normalize("NFKC", name) == wanted), None)


def unusable_name(name: str) -> Words | None:
    """Say why an expression could never read `name`, or None if it can.

    The reason is the end of a sentence that begins with the name, for the
    checks of step and field names in the procedure language.
    """
    if keyword.iskeyword(name) or name in CONSTANT_WORDS:
        return Words("is a word of the expression language", "是表达式语言的词")
    if not name.isidentifier() or not _NAME.fullmatch(name):
        return Words(
            "may hold only letters, Chinese characters, digits and _, and may not begin with a digit",
            "只能由字母、汉字、数字和 _ 组成，且不能以数字开头",
        )
    return None
