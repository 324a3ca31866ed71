"""Grammar checks on tokens, before Python's parser sees the text.

Python says "invalid syntax" and points somewhere behind the mistake. Most
mistakes are one of a few: a bracket, a missing word between two values, nothing
after an operator. Those are found here and said plainly.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from models.expressions.flaws import Complaint, Report
from models.expressions.spelling import GRAMMAR_WORDS, place_of
from models.expressions.tokens import Token

MOST_BRACKETS: Final = 12
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
                report.add(
                    place_of(token),
                    f"brackets are nested more than {MOST_BRACKETS} deep",
                    "split the condition into several fields or steps",
                )
        elif token.text in ")]":
            if opened and opened[-1].text == _PAIRS[token.text]:
                opened.pop()
            else:
                report.add(place_of(token), f"`{token.text}` closes nothing", _closing_remedy(token, opened))
                return
    for token in opened[-1:]:
        report.add(place_of(token), f"`{token.text}` is never closed", f"add `{')' if token.text == '(' else ']'}`")


def _closing_remedy(token: Token, opened: Sequence[Token]) -> str:
    if opened:
        return f"close `{opened[-1].text}` first with `{')' if opened[-1].text == '(' else ']'}`"
    return f"delete it, or add `{_PAIRS[token.text]}` before it"


def _check_neighbours(left: Token, right: Token, report: Report) -> None:
    if _is_operator(left) and _is_operator(right) and right.text not in "+-":
        report.add(
            place_of(right),
            f"there is nothing between `{left.text}` and `{right.text}`",
            "write a value between them, or delete one",
        )
    elif left.text in {"(", "[", ","} and left.kind == "sign" and _is_operator(right) and right.text not in "+-":
        report.add(place_of(right), f"there is nothing before `{right.text}`", "write a value before it")
    elif _is_operator(left) and right.kind == "sign" and right.text in {")", "]", ","}:
        report.add(place_of(left), f"there is nothing after `{left.text}`", "write a value after it")
    elif _ends_value(left) and _begins_value(right):
        report.add(place_of(right), *_side_by_side(left, right))


def _side_by_side(left: Token, right: Token) -> Complaint:
    function = _UNITS.get(right.text)
    if left.kind == "number" and function is not None:
        message = f"`{left.text} {right.text}` is not a number"
        return Complaint(message, f"write `{function}({left.text})` for a length of time")
    if left.kind == right.kind == "text":
        return Complaint("two texts stand side by side", "put a comma between them: `['a', 'b']`")
    if left.kind == right.kind == "number":
        return Complaint("two numbers stand side by side", "put a comma or an operator between them")
    return Complaint(
        f"a word or sign is missing between `{left.written}` and `{right.written}`",
        "join conditions with `and` or `or`, compare with `==`, and put texts in quotes",
    )


def _check_ends(tokens: Sequence[Token], report: Report) -> None:
    first, last = tokens[0], tokens[-1]
    if _is_operator(first) and first.text not in "+-":
        report.add(place_of(first), f"there is nothing before `{first.text}`", "write a value before it")
    if _is_operator(last) or (last.text in {"not", ".", ",", "if", "else", "for"} and last.kind != "text"):
        report.add(place_of(last), f"there is nothing after `{last.text}`", "write a value after it, or delete it")


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
