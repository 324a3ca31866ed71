"""Characters and words that a tired writer types instead of the right ones.

Tables only; `spelling.py` looks things up here. A Chinese input method writes
full-width signs and Chinese punctuation, other languages have taught `&&` and
`null`. Where the intended sign is clear, the table gives it.
"""

import unicodedata
from collections.abc import Mapping
from typing import Final

from models.expressions.flaws import Complaint
from models.expressions.words import Words

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

_NO_MEANING: Final = Words("it has no meaning in an expression", "它在表达式里没有含义")
_BRACES: Final = Complaint(
    Words("an expression has no curly brackets", "表达式里没有花括号"),
    Words("write a list as `['a', 'b']`, and a name without brackets", "列表写作 `['a', 'b']`，名称不加括号"),
)
_TEMPLATE: Final = Complaint(
    Words("an expression needs no brackets around it", "表达式外面不需要括号"),
    Words("delete `{{` and `}}`", "删去 `{{` 和 `}}`"),
)

# Signs without a meaning here and nothing to put in their place: the end of the message, and the remedy.
FOREIGN_SIGNS: Final[Mapping[str, Complaint]] = {
    "{{": _TEMPLATE,
    "}}": _TEMPLATE,
    "{": _BRACES,
    "}": _BRACES,
    "**": Complaint(
        Words("powers are not allowed", "不能做乘方"), Words("multiply instead: `x * x`", "改用乘法：`x * x`")
    ),
    "//": Complaint(Words("there is no whole division", "没有整除"), Words("divide with `/`", "用 `/` 做除法")),
    "%": Complaint(
        Words("there is no remainder and no percent", "没有取余，也没有百分号"),
        Words("write 20 % as `0.2`", "20% 写作 `0.2`"),
    ),
    ":=": Complaint(
        Words("an expression cannot set a value", "表达式不能赋值"), Words("compare with `==`", "比较用 `==`")
    ),
    ":": Complaint(
        Words("an expression has no colon", "表达式里没有冒号"),
        Words(
            "leave it out; a choice between two values is `x if condition else y`",
            "删去它；二者选一写作 `x if condition else y`",
        ),
    ),
    ";": Complaint(
        Words("an expression is one condition or value", "表达式只是一个条件或一个值"),
        Words("join conditions with `and` or `or`", "多个条件用 `and` 或 `or` 连接"),
    ),
    "?": Complaint(
        Words("an expression has no question mark", "表达式里没有问号"),
        Words("write `x if condition else y`", "写作 `x if condition else y`"),
    ),
    "#": Complaint(
        Words("a comment cannot stand inside an expression", "表达式里不能写注释"),
        Words("move it to a line of its own in the YAML file", "把注释移到 YAML 文件中单独一行"),
    ),
    "$": Complaint(_NO_MEANING, Words("write the name alone", "只写名称")),
    "@": Complaint(_NO_MEANING, Words("leave it out", "删去它")),
    "~": Complaint(_NO_MEANING, Words("write `not` for the opposite of a condition", "取反写 `not`")),
    "^": Complaint(_NO_MEANING, Words("join conditions with `and` or `or`", "多个条件用 `and` 或 `or` 连接")),
    "\\": Complaint(
        _NO_MEANING,
        Words("leave it out; an expression may simply go on in the next line", "删去它；表达式可以直接换行"),
    ),
    "`": Complaint(
        Words("it is not a quotation mark", "它不是引号"),
        Words("write texts in straight quotes: `'text'`", "文本用直引号：`'text'`"),
    ),
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


def describe_character(character: str) -> Words:
    """Name the kind of a character, for "`＝` is ...": full-width sign, Chinese punctuation, ..."""
    if character in "“”‘’「」『』＂＇":
        return Words("a Chinese quotation mark", "中文引号")
    if character in _FULL_WIDTH:
        return Words("a full-width sign", "全角符号")
    if character in "—–−":
        return Words("a dash", "破折号")
    if character in _CHINESE_MARKS:
        return Words("Chinese punctuation", "中文标点")
    return Words("not part of the expression language", "表达式语言之外的字符")


def is_invisible(character: str) -> bool:
    """Tell whether nobody can see the character, so that two equal-looking texts would differ."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}
