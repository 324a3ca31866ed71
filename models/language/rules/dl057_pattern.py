"""DL057: patterns of text fields that do not work, or can take for ever."""

import re
from collections.abc import Iterator
from typing import Final

from models.language.fields import TextField
from models.language.parts import written_fields
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_BROKEN: Final = Wording(
    "DL057",
    Words("the pattern cannot be read: {reason}", "格式（正则表达式）无法识别：{reason}"),
    Words(
        "correct it at this place; a sign that is meant as itself has `\\` before it, e.g. `\\(`",
        "请改正此处；要匹配符号本身，请在前面加 `\\`，例如 `\\(`",
    ),
)
_ENDLESS: Final = Wording(
    "DL057",
    Words(
        "`{part}` repeats what repeats already: on some answers it would be tried for hours",
        "`{part}` 对已经重复的部分再重复，遇到某些输入会算上几个小时",
    ),
    Words(
        "let only one of the two repeat, e.g. `[a-z]+` instead of `([a-z]+)+`",
        "请只保留一层重复，例如用 `[a-z]+` 代替 `([a-z]+)+`",
    ),
)

_REPEATS: Final = re.compile(r"[*+]|\{\d*,\d*\}")
_SIGN: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]|[*+?]|\{\d*,?\d*\}|.", re.DOTALL)


def _check(subject: Subject) -> Iterator[Problem]:
    for loc, field in written_fields(subject.procedure):
        pattern = field.pattern if isinstance(field, TextField) else None
        if pattern is None:
            continue
        at = (*loc, "pattern")
        try:
            re.compile(pattern)
        except re.error as error:
            yield subject.say_inside(_BROKEN, at, pattern, error.pos or 0, reason=error.msg)
            continue
        for start, end in _nested(pattern):
            yield subject.say_inside(_ENDLESS, at, pattern, start, part=pattern[start:end])


def _nested(pattern: str) -> Iterator[tuple[int, int]]:
    """Groups that repeat without limit and hold something that does so too: `(a+)+`."""
    signs = [(match.start(), match.group()) for match in _SIGN.finditer(pattern)]
    opened: list[tuple[int, bool]] = []
    for number, (start, sign) in enumerate(signs):
        if sign == "(":
            opened.append((start, False))
        elif sign == ")" and opened:
            begin, inner = opened.pop()
            following = signs[number + 1][1] if number + 1 < len(signs) else ""
            repeats = bool(_REPEATS.fullmatch(following))
            if repeats and inner:
                yield begin, start + 1 + len(following)
            if opened and (repeats or inner):
                opened[-1] = (opened[-1][0], True)
        elif _REPEATS.fullmatch(sign) and opened:
            opened[-1] = (opened[-1][0], True)


_RIGHT: Final = r"""procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
owner: security_officer
chain: office
starts:
  - by: form
form:
  badge: {type: text, title: 证件号, pattern: '[A-Z]+-[0-9]{4}'}
steps:
  - id: register
    kind: task
    title: 登记来访人员
    who: security_guard
    within: 2 working hours
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL057",
    title="a pattern that does not work",
    title_zh="格式无法使用或会卡死",
    why=(
        "A pattern that cannot be read refuses every answer. One that repeats a repetition, such as `([A-Z]+)+`, is "
        "tried in countless ways on a wrong answer, and the page stands still."
    ),
    why_zh=(
        "无法识别的格式会拒绝一切填写。对重复再重复的格式，例如 `([A-Z]+)+`，"
        "遇到不符的输入要尝试无数种拆法，页面就会卡死。"
    ),
    wrong=_RIGHT.replace("[A-Z]+-", "([A-Z]+)+-"),
    right=_RIGHT,
    check=_check,
)
