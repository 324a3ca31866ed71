"""Spelling: replaces wrong signs and words by the ones they stand for, and reports each.

The repaired tokens are read on, so that one full-width sign does not hide the
other mistakes of the expression. What cannot be repaired ends the reading.
"""

import keyword
import re
from collections.abc import Callable, Container
from dataclasses import replace
from typing import Final

from models.expressions import phrases
from models.expressions.characters import FOREIGN_SIGNS, PLAIN, REPLACED_SIGNS, REPLACED_WORDS, is_invisible
from models.expressions.flaws import Place, Report
from models.expressions.tokens import Token
from models.expressions.words import Words

GRAMMAR_WORDS: Final = frozenset({"and", "or", "not", "in", "is", "if", "else", "for", "True", "False", "None"})
_CONSTANTS: Final = {"true": "True", "false": "False"}
_NUMBER: Final = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")
_WITH_UNIT: Final = re.compile(r"([0-9.]+)(m|min|minutes?|h|hours?|d|days?|分钟|小时|天)")
_UNIT_FUNCTIONS: Final = {"m": "minutes", "分": "minutes", "h": "hours", "小": "hours", "d": "days", "天": "days"}


def spell(tokens: list[Token], names: Container[str], report: Report) -> list[Token] | None:
    """Repair what can be repaired; None if something stands there that has no replacement.

    A word of the tables that the writer's own `names` hold is a name, not a mistake.
    """
    repaired: list[Token | None] = []
    for index, token in enumerate(tokens):
        before = tokens[index - 1].text if index else ""
        if token.kind == "name":
            repaired.append(_word(token, before, names, report))
        else:
            repaired.append(_SPELLERS[token.kind](token, report))
    whole = [token for token in repaired if token is not None]
    return _without_is(whole, report) if len(whole) == len(tokens) else None


def place_of(token: Token) -> Place:
    """Give the token's place in the text."""
    return Place(token.start, token.end - token.start)


def _word(token: Token, before: str, names: Container[str], report: Report) -> Token | None:
    if not token.text.isidentifier():
        report.add(place_of(token), *phrases.no_name(token.written))
        return None
    if before != "." and token.text in _CONSTANTS:
        return replace(token, text=_CONSTANTS[token.text])
    if keyword.iskeyword(token.text) and (token.text not in GRAMMAR_WORDS or before == "."):
        report.add(place_of(token), *phrases.reserved(token.written))
        return None
    word = REPLACED_WORDS.get(token.text)
    if word is None or before == "." or token.text in names:
        return token
    report.add(place_of(token), phrases.not_of_the_language(token.written), phrases.write(word))
    return replace(token, text=word, kind="name" if word.isalpha() else "sign")


def _text(token: Token, report: Report) -> Token:
    invisible = next((character for character in token.written if is_invisible(character)), None)
    if invisible is not None:
        report.add(place_of(token), *phrases.invisible(invisible))
    mark = next((character for character in (token.written[0], token.written[-1]) if character not in "'\""), None)
    if mark is not None:
        straight = phrases.shortened(token.text)
        remedy = Words(f"use straight ones: `{straight}`", f"请用直引号：`{straight}`")
        report.add(place_of(token), phrases.kind_of(mark), remedy)
    return replace(token, text="".join(character for character in token.text if not is_invisible(character)))


def _open(token: Token, report: Report) -> None:
    mark, meant = token.written[0], token.text[0]
    closing = next((character for character in token.written[1:] if PLAIN.get(character) == meant), None)
    remedy = Words(f"close it with `{meant}` on the same line", f"请在同一行用 `{meant}` 结束")
    if mark != meant:
        kind = phrases.kind_of(mark)
        remedy = Words(f"{kind.en}: write `{meant}` on both sides", f"{kind.zh}：两边都写 `{meant}`")
    elif closing is not None:
        kind = phrases.kind_of(closing)
        remedy = Words(f"{kind.en}: close it with `{mark}`", f"{kind.zh}：请用 `{mark}` 结束")
    message = Words(f"the text that begins with `{mark}` has no end", f"以 `{mark}` 开头的文本没有结束")
    report.add(place_of(token), message, remedy)


def _number(token: Token, report: Report) -> Token | None:
    if token.written != token.text:
        wide = next(character for character in token.written if character in PLAIN)
        report.add(place_of(token), phrases.kind_of(wide), phrases.write(token.text))
    if _NUMBER.fullmatch(token.text):
        return token
    shown = phrases.shortened(token.text)
    report.add(place_of(token), Words(f"`{shown}` is not a number", f"`{shown}` 不是数字"), _number_remedy(token.text))
    return None


def _number_remedy(text: str) -> Words:
    unit = _WITH_UNIT.fullmatch(text)
    if unit is not None:
        return phrases.write_span(_UNIT_FUNCTIONS[unit[2][0]], unit[1])
    if not text.isdecimal():
        return Words(
            "write plain digits such as `3` or `0.5`; put a text in quotes",
            "数字写作 `3` 或 `0.5`；文本要加引号",
        )
    if text[0] == "0":
        return Words("write it without leading zeros", "去掉前面的零")
    return Words("use at most 15 digits", "最多 15 位数字")


def _date(token: Token, report: Report) -> None:
    day, *time = re.split("[ T]+", token.text)
    digits = [int(part) for part in re.split("[-/]", day)]
    written = "{:04}-{:02}-{:02}".format(*digits)
    remedy = phrases.write(f"moment('{written} {time[0]:0>5}')" if time else f"date('{written}')")
    message = Words(f"`{token.written}` is a date without quotes", f"`{token.written}` 是没有加引号的日期")
    report.add(place_of(token), message, remedy)


def _sign(token: Token, report: Report) -> Token | None:
    meant = REPLACED_SIGNS.get(token.text, token.text)
    foreign = FOREIGN_SIGNS.get(token.text)
    wide = next((character for character in token.written if character in PLAIN), None)
    if foreign is not None:
        report.add(place_of(token), phrases.cannot_stand(token.written, wide, foreign.message), foreign.remedy)
        return None
    if wide is not None:
        report.add(place_of(token), phrases.kind_of(wide, token.written), phrases.write(meant))
    elif meant != token.text:
        report.add(place_of(token), phrases.not_of_the_language(token.written), phrases.write(meant))
    return replace(token, text=meant, kind="name" if meant.isalpha() else "sign")


def _odd(token: Token, report: Report) -> None:
    if is_invisible(token.written):
        report.add(place_of(token), *phrases.invisible(token.written))
    else:
        remedy = Words("delete it; texts stand in quotes", "删去它；文本要加引号")
        report.add(place_of(token), phrases.kind_of(token.written), remedy)


def _without_is(tokens: list[Token], report: Report) -> list[Token]:
    """Replace `is` by `==` and `is not` by `!=`."""
    kept: list[Token] = []
    for token in tokens:
        previous = kept[-1] if kept else None
        if token.text == "not" and previous is not None and previous.written == "is":
            kept[-1] = replace(previous, text="!=")
        elif token.kind == "name" and token.text == "is":
            kept.append(replace(token, text="==", kind="sign"))
        else:
            kept.append(token)
    for token in kept:
        if token.written == "is" and token.kind == "sign":
            report.add(place_of(token), phrases.not_of_the_language(token.written), phrases.write(token.text))
    return kept


_SPELLERS: Final[dict[str, Callable[[Token, Report], Token | None]]] = {
    "text": _text,
    "open": _open,
    "date": _date,
    "number": _number,
    "sign": _sign,
    "odd": _odd,
}
