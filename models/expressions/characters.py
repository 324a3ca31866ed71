"""Characters and words that a tired writer types instead of the right ones.

Tables only; `spelling.py` looks things up here. A Chinese input method writes
full-width signs and Chinese punctuation, other languages have taught `&&` and
`null`. Where the intended sign is clear, the table gives it.
"""

import unicodedata
from collections.abc import Mapping
from typing import Final

# The block U+FF01..U+FF5E repeats ASCII in full width, in the same order.
_FULL_WIDTH: Final = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_CHINESE_MARKS: Final = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "「": "'", "」": "'", "『": "'", "』": "'",
    "、": ",", "。": ".", "【": "[", "】": "]", "〔": "[", "〕": "]", "《": "<", "》": ">", "〈": "<", "〉": ">",
    "—": "-", "–": "-", "−": "-",
}  # fmt: skip

PLAIN: Final[Mapping[str, str]] = _FULL_WIDTH | _CHINESE_MARKS

SIGNS: Final = ("==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", ".")

REPLACED_SIGNS: Final[Mapping[str, str]] = {
    "===": "==", "!==": "!=", "=": "==", "<>": "!=", "=>": ">=", "=<": "<=", "≠": "!=", "≥": ">=", "≤": "<=",
    "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not", "×": "*", "÷": "/",
}  # fmt: skip

# Signs without a meaning here and nothing to put in their place: the end of the message, and the remedy.
FOREIGN_SIGNS: Final[Mapping[str, tuple[str, str]]] = {
    "**": ("powers are not allowed", "multiply instead: `x * x`"),
    "//": ("there is no whole division", "divide with `/`"),
    "%": ("there is no remainder and no percent", "write 20 % as `0.2`"),
    ":=": ("an expression cannot set a value", "compare with `==`"),
    ":": ("an expression has no colon", "leave it out; a choice between two values is `x if condition else y`"),
    ";": ("an expression is one condition or value", "join conditions with `and` or `or`"),
    "?": ("an expression has no question mark", "write `x if condition else y`"),
    "#": ("a comment cannot stand inside an expression", "move it to a line of its own in the YAML file"),
    "{{": ("an expression needs no brackets around it", "delete `{{` and `}}`"),
    "}}": ("an expression needs no brackets around it", "delete `{{` and `}}`"),
    "{": ("an expression has no curly brackets", "write a list as `['a', 'b']`, and a name without brackets"),
    "}": ("an expression has no curly brackets", "write a list as `['a', 'b']`, and a name without brackets"),
    "$": ("it has no meaning in an expression", "write the name alone"),
    "@": ("it has no meaning in an expression", "leave it out"),
    "~": ("it has no meaning in an expression", "write `not` for the opposite of a condition"),
    "^": ("it has no meaning in an expression", "join conditions with `and` or `or`"),
    "\\": ("it has no meaning in an expression", "leave it out; an expression may simply go on in the next line"),
    "`": ("it is not a quotation mark", "write texts in straight quotes: `'text'`"),
}

REPLACED_WORDS: Final[Mapping[str, str]] = {
    "yes": "True", "Yes": "True", "YES": "True", "on": "True", "On": "True", "ON": "True", "TRUE": "True",
    "no": "False", "No": "False", "NO": "False", "off": "False", "Off": "False", "OFF": "False", "FALSE": "False",
    "null": "None", "Null": "None", "NULL": "None", "nil": "None", "none": "None", "NONE": "None",
    "undefined": "None",
    "AND": "and", "And": "and", "OR": "or", "Or": "or", "NOT": "not", "Not": "not", "IN": "in", "In": "in",
    "且": "and", "并且": "and", "而且": "and", "或": "or", "或者": "or", "非": "not", "不是": "!=",
    "等于": "==", "不等于": "!=", "大于": ">", "小于": "<", "是": "True", "否": "False", "真": "True", "假": "False",
    "空": "None",
}  # fmt: skip


def describe_character(character: str) -> str:
    """Name the kind of a character, for "`＝` is ...": full-width sign, Chinese punctuation, ..."""
    if character in "“”‘’「」『』＂＇":
        return "a Chinese quotation mark"
    if character in _FULL_WIDTH:
        return "a full-width sign"
    if character in "—–−":
        return "a dash"
    if character in _CHINESE_MARKS:
        return "Chinese punctuation"
    return "not part of the expression language"


def is_invisible(character: str) -> bool:
    """Tell whether nobody can see the character, so that two equal-looking texts would differ."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}
