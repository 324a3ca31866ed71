"""Grammar checks on tokens, before Python's parser sees the text.

Python says "invalid syntax" and points somewhere behind the mistake. Most
mistakes are one of a few: a bracket, a missing word between two values, nothing
after an operator. Those are found here and said plainly.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from models.expressions.flaws import Complaint, Report
from models.expressions.phrases import write_span
from models.expressions.spelling import GRAMMAR_WORDS, place_of
from models.expressions.tokens import Token
from models.expressions.words import Words

MOST_BRACKETS: Final = 12
_TOO_DEEP: Final = Complaint(
    Words(f"brackets are nested more than {MOST_BRACKETS} deep", f"括号嵌套超过 {MOST_BRACKETS} 层"),
    Words("split the condition into several fields or steps", "请把条件拆成几个字段或步骤"),
)
_PAIRS: Final = {")": "(", "]": "["}
_OPERATORS: Final = frozenset({"and", "or", "in", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/"})
_UNITS: Final = {
    "minute": "minutes", "minutes": "minutes", "min": "minutes", "分钟": "minutes",
    "hour": "hours", "hours": "hours", "小时": "hours", "day": "days", "days": "days", "天": "days",
}  # fmt: skip


def check_grammar(tokens: Sequence[Token], report: Report) -> None:
    """Report brackets that do not match, values side by side and operators without a value."""
    _check_brackets(tokens, report)
    for left, right in pairwise(tokens):
        _check_neighbours(left, right, report)
    _check_ends(tokens, report)


def _check_brackets(tokens: Sequence[Token], report: Report) -> None:
    opened: list[Token] = []
    for token in tokens:
        if token.kind != "sign":
            continue
        if token.text in "([":
            opened.append(token)
            if len(opened) == MOST_BRACKETS + 1:
                report.add(place_of(token), *_TOO_DEEP)
        elif token.text in ")]":
            if opened and opened[-1].text == _PAIRS[token.text]:
                opened.pop()
            else:
                message = Words(f"`{token.text}` closes nothing", f"`{token.text}` 没有对应的左括号")
                report.add(place_of(token), message, _closing_remedy(token, opened))
                return
    for token in opened[-1:]:
        closing = ")" if token.text == "(" else "]"
        message = Words(f"`{token.text}` is never closed", f"`{token.text}` 没有结束")
        report.add(place_of(token), message, Words(f"add `{closing}`", f"请补上 `{closing}`"))


def _closing_remedy(token: Token, opened: Sequence[Token]) -> Words:
    if opened:
        first, closing = opened[-1].text, ")" if opened[-1].text == "(" else "]"
        return Words(f"close `{first}` first with `{closing}`", f"请先用 `{closing}` 结束 `{first}`")
    opening = _PAIRS[token.text]
    return Words(f"delete it, or add `{opening}` before it", f"删去它，或在前面补上 `{opening}`")


def _check_neighbours(left: Token, right: Token, report: Report) -> None:
    if _is_operator(left) and _is_operator(right) and right.text not in "+-":
        message = Words(
            f"there is nothing between `{left.text}` and `{right.text}`",
            f"`{left.text}` 和 `{right.text}` 之间缺少内容",
        )
        report.add(
            place_of(right), message, Words("write a value between them, or delete one", "请补上内容，或删去一个")
        )
    elif left.text in {"(", "[", ","} and left.kind == "sign" and _is_operator(right) and right.text not in "+-":
        report.add(place_of(right), *_nothing_before(right))
    elif _is_operator(left) and right.kind == "sign" and right.text in {")", "]", ","}:
        report.add(place_of(left), *_nothing_after(left))
    elif _ends_value(left) and _begins_value(right):
        report.add(place_of(right), *_side_by_side(left, right))


def _side_by_side(left: Token, right: Token) -> Complaint:
    function = _UNITS.get(right.text)
    if left.kind == "number" and function is not None:
        written = f"{left.text} {right.text}"
        message = Words(f"`{written}` is not a number", f"`{written}` 不是数字")
        return Complaint(message, write_span(function, left.text))
    if left.kind == right.kind == "text":
        message = Words("two texts stand side by side", "两段文本紧挨着")
        return Complaint(message, Words("put a comma between them: `['a', 'b']`", "中间加逗号：`['a', 'b']`"))
    return Complaint(
        Words(
            f"a word or sign is missing between `{left.written}` and `{right.written}`",
            f"`{left.written}` 和 `{right.written}` 之间缺少连接的词或符号",
        ),
        Words(
            "join conditions with `and` or `or`, compare with `==`, and put texts in quotes",
            "条件用 `and` 或 `or` 连接，比较用 `==`，文本要加引号",
        ),
    )


def _nothing_before(token: Token) -> Complaint:
    return Complaint(
        Words(f"there is nothing before `{token.text}`", f"`{token.text}` 前面缺少内容"),
        Words("write a value before it, or delete it", "请在前面补上内容，或删去它"),
    )


def _nothing_after(token: Token) -> Complaint:
    return Complaint(
        Words(f"there is nothing after `{token.text}`", f"`{token.text}` 后面缺少内容"),
        Words("write a value after it, or delete it", "请在后面补上内容，或删去它"),
    )


def _check_ends(tokens: Sequence[Token], report: Report) -> None:
    first, last = tokens[0], tokens[-1]
    if _is_operator(first) and first.text not in "+-":
        report.add(place_of(first), *_nothing_before(first))
    if _is_operator(last) or (last.text in {"not", ".", ",", "if", "else", "for"} and last.kind != "text"):
        report.add(place_of(last), *_nothing_after(last))


def _is_operator(token: Token) -> bool:
    return token.kind in {"name", "sign"} and token.text in _OPERATORS


def _ends_value(token: Token) -> bool:
    if token.kind == "name":
        return token.text not in GRAMMAR_WORDS or token.text in {"True", "False", "None"}
    return token.kind in {"text", "number"} or token.text in {")", "]"}


def _begins_value(token: Token) -> bool:
    if token.kind == "name":
        return token.text not in GRAMMAR_WORDS or token.text in {"True", "False", "None"}
    return token.kind in {"text", "number"}
