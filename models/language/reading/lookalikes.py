"""Punctuation of a Chinese keyboard where YAML knows only the ASCII sign, in values YAML accepts.

`zh：客户` is legal YAML, a text of five characters, and hardly ever what its author meant. Only
what cannot well be meant is reported; `注意：不得外传` after a key and a colon is prose.
"""

import re
from typing import Final

from models.language.problem import Wording, Words

COLON: Final = Wording(
    "DL002",
    Words("full-width colon `：` after `{key}`", "`{key}` 后面是全角冒号“：”"),
    Words("write an ASCII colon and a space: `{key}: `", "请改用半角冒号加一个空格：`{key}: `"),
)
COMMA: Final = Wording(
    "DL002",
    Words("full-width comma `，` between `{{ }}` or `[ ]`", "花括号或方括号内用了全角逗号“，”"),
    Words(
        "separate with an ASCII comma and a space `, `; if the comma belongs to a text, put the text in quotes",
        "请用半角逗号加空格 `, ` 分隔；如果逗号是文字的一部分，请给文字加引号",
    ),
)
LIST_COMMA: Final = Wording(
    "DL002",
    Words("`、` between the names of a list", "列表的名称之间用了顿号“、”"),
    Words("separate with an ASCII comma and a space: `[a, b]`", "请用半角逗号加空格分隔：`[a, b]`"),
)
MAYBE_COMMA: Final = Wording(COMMA.rule, COMMA.message, COMMA.remedy, "warning")
DASH: Final = Wording(
    "DL002",
    Words("`{found}` is not the ASCII hyphen that begins a list item", "`{found}` 不是列表项开头的半角短横"),
    Words("write an ASCII hyphen and a space: `- `", "请改用半角短横加一个空格：`- `"),
)
SPACE: Final = Wording(
    "DL002",
    Words("full-width or non-breaking space in the indentation", "缩进里有全角空格或不间断空格"),
    Words("indent with ordinary spaces", "请用普通（半角）空格缩进"),
)
QUOTES: Final = Wording(
    "DL002",
    Words(
        "the Chinese quotation marks around this value do not quote it",
        "值两边的中文引号不起引号作用",
    ),
    Words(
        'write ASCII quotes: "…"; to show the Chinese ones to readers, put both: "“…”"',
        '请改用半角引号 "…"；如果要让读者看到中文引号，请写 "“…”"',
    ),
)
MAYBE_QUOTES: Final = Wording(QUOTES.rule, QUOTES.message, QUOTES.remedy, "warning")
BRACKETS: Final = Wording(
    "DL002",
    Words("full-width brackets around this value make it a text", "全角括号不起作用，这里会被当作文字"),
    Words("write ASCII brackets: `[a, b]` or `{{key: value}}`", "请改用半角括号：`[a, b]` 或 `{{key: value}}`"),
)
DASH_WITHOUT_SPACE: Final = Wording(
    "DL001",
    Words("no space after the hyphen that begins a list item", "列表项开头的短横后面缺少空格"),
    Words("write `- ` with a space: `- {key}: …`", "请写成短横加空格：`- {key}: …`"),
)

DASHES: Final = "－—–−‐"
_BAD_KEY: Final = re.compile(rf"[-{DASHES}\u3000\u00a0]|.*[：，]", re.DOTALL)
_SIGNS: Final = re.compile("[：，、“［｛]")
_WRAPPED: Final = re.compile("“[^“”]*”")
_BRACKETED: Final = re.compile("［.*］|｛.*｝", re.DOTALL)
_KEY: Final = re.compile(r"[a-z_][a-z0-9_]*\s*：")
_KEY_AFTER_COMMA: Final = re.compile(r"，\s*[a-z_][a-z0-9_]*\s*：")
_COMMA_BETWEEN_NAMES: Final = re.compile(r"[\w.-]+\s*，\s*[\w.-]+", re.ASCII)
_LIST_COMMA: Final = re.compile(r"[\w.-]+\s*、\s*[\w.-]+", re.ASCII)


def in_key(text: str) -> Wording | None:
    """What is suspicious about an unquoted key."""
    if not _BAD_KEY.match(text):
        return None
    if text[0] == "-":
        return DASH_WITHOUT_SPACE
    if text[0] in DASHES:
        return DASH
    if text[0].isspace():
        return SPACE
    return COLON if "：" in text else COMMA


def in_value(text: str, container: str, *, below_key: bool) -> Wording | None:
    """What is suspicious about an unquoted text.

    Args:
        text: The value.
        container: Style of the mapping or list it stands in: `[`, `{`, `-` or `:`.
        below_key: Whether it begins on a later line than its key, where keys would stand.
    """
    if not _SIGNS.search(text):
        return None
    if _WRAPPED.fullmatch(text):
        return MAYBE_QUOTES
    if _BRACKETED.fullmatch(text):
        return BRACKETS
    if container == "[":
        return _in_list(text)
    if container == "{" and _KEY_AFTER_COMMA.search(text):
        return COMMA
    return COLON if below_key and _KEY.match(text) else None


def _in_list(text: str) -> Wording | None:
    if _LIST_COMMA.search(text):
        return LIST_COMMA
    if "，" in text:
        return COMMA if _COMMA_BETWEEN_NAMES.search(text) else MAYBE_COMMA
    return None


def key_of(text: str) -> str:
    """The key that somebody meant to write at the start of this text, for use in a message."""
    return re.split("[:：，\\s]", text.lstrip("- \u3000\u00a0" + DASHES), maxsplit=1)[0][:40]
