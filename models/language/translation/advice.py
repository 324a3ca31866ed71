"""What to do about a value of the wrong type: judged by what was wanted and what was written."""

import re
from collections.abc import Mapping
from typing import Any, Final

from models.language.problem import Words

_KEY_AND_VALUE: Final = re.compile(r"\s*([^\s:：]+)\s*(：|:)(?!//)")
_YES: Final = frozenset({"yes", "y", "on", "1", "是", "对", "true"})
_NO: Final = frozenset({"no", "n", "off", "0", "否", "不", "false"})

_QUOTE: Final = Words('write it in quotes: "{found}"', '请加引号："{found}"')
_UNQUOTE: Final = Words("write the number without quotes or unit", "请只写数字，不加引号和单位")
_BOOL: Final = Words("write `true` or `false`, without quotes", "请写 true 或 false，不加引号")
_BOOL_MEANT: Final = Words("write `{meant}`, without quotes", "请写 `{meant}`，不加引号")
_LIST: Final = Words(
    "write `[a, b]`, or a line `- a` for each entry below the key",
    "请写成 `[a, b]`，或在键的下面每项一行 `- a`",
)
_MAPPING: Final = Words(
    "write keys and values on indented lines below, or `{{key: value}}`",
    "请在下面缩进写“键: 值”，或写成 `{{key: value}}`",
)
_NOT_ITEM: Final = Words(
    "remove the `- `: one mapping stands here, not a list", "请去掉 `- `：这里是一组键值，不是列表"
)
_ONE_VALUE: Final = Words("write one value after the colon", "请在冒号后只写一个值")


_FOUND: Final[tuple[tuple[type | tuple[type, ...], Words], ...]] = (
    (type(None), Words("empty", "空")),
    (bool, Words("`{shown}`", " `{shown}` ")),
    ((int, float), Words("the number `{shown}`", "数字 `{shown}`")),
    (str, Words("the text `{shown}`", "文字 `{shown}`")),
    ((list, tuple), Words("a list", "列表")),
    (Mapping, Words("keys and values", "若干“键: 值”")),
)
"""True is a number to Python, so `bool` stands before `int`."""


def found(value: Any) -> Words:
    """What was written, in words."""
    for kinds, words in _FOUND:
        if isinstance(value, kinds):
            shown = str(value).lower() if isinstance(value, bool) else _short(str(value))
            return _fill(words, shown=shown)
    return Words(f"`{value}`", f" `{value}` ")


def advice(wanted: str, value: Any) -> Words:
    """What to do.

    Args:
        wanted: First word of Pydantic's error type: `string`, `int`, `bool`, `list`, `model`, ...
        value: What the file says.
    """
    if wanted == "string" and isinstance(value, bool | int | float):
        return _fill(_QUOTE, found=str(value).lower() if isinstance(value, bool) else value)
    if wanted in ("int", "float") and isinstance(value, str):
        return _UNQUOTE
    if wanted == "bool":
        meant = _truth(value)
        return _BOOL if meant is None else _fill(_BOOL_MEANT, meant=meant)
    if wanted in ("list", "tuple"):
        return _LIST
    if wanted in ("model", "dict", "mapping"):
        return _NOT_ITEM if isinstance(value, list) and len(value) == 1 else _fill(_MAPPING)
    return _ONE_VALUE


def slipped_key(value: Any) -> tuple[str, str] | None:
    """Key and colon of a text that was meant as a key and a value: `id：accept`, `id:accept`."""
    match = _KEY_AND_VALUE.match(value) if isinstance(value, str) else None
    return (match[1], match[2]) if match else None


def _truth(value: Any) -> str | None:
    word = str(value).strip().lower()
    if word in _YES:
        return "true"
    return "false" if word in _NO else None


def _fill(words: Words, **values: object) -> Words:
    return Words(words.en.format_map(values), words.zh.format_map(values))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:60] + "…"
