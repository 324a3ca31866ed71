"""Spelling: replaces wrong signs and words by the ones they stand for, and reports each.

The repaired tokens are read on, so that one full-width sign does not hide the
other mistakes of the expression. What cannot be repaired ends the reading.
"""

import keyword
import re
from collections.abc import Callable, Container
from dataclasses import replace
from typing import Final

from models.expressions.characters import (
    FOREIGN_SIGNS,
    PLAIN,
    REPLACED_SIGNS,
    REPLACED_WORDS,
    describe_character,
    is_invisible,
)
from models.expressions.flaws import Place, Report
from models.expressions.tokens import Token

GRAMMAR_WORDS: Final = frozenset({"and", "or", "not", "in", "is", "if", "else", "for", "True", "False", "None"})
_CONSTANTS: Final = {"true": "True", "false": "False"}
_NUMBER: Final = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")
_UNITS: Final = re.compile(r"([0-9.]+)(m|min|minutes?|h|hours?|d|days?|分钟|小时|天)")
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
        report.add(place_of(token), f"`{token.written}` is not a name", "use letters, Chinese characters, digits and _")
        return None
    if before != "." and token.text in _CONSTANTS:
        return replace(token, text=_CONSTANTS[token.text])
    if keyword.iskeyword(token.text) and (token.text not in GRAMMAR_WORDS or before == "."):
        report.add(
            place_of(token), f"`{token.written}` is a reserved word and cannot be read as a name", "rename the field"
        )
        return None
    word = REPLACED_WORDS.get(token.text)
    if word is None or before == "." or token.text in names:
        return token
    report.add(place_of(token), f"`{token.written}` is not a word of the expression language", f"write `{word}`")
    return replace(token, text=word, kind="name" if word.isalpha() else "sign")


def _text(token: Token, report: Report) -> Token:
    invisible = next((character for character in token.written if is_invisible(character)), None)
    if invisible is not None:
        report.add(
            place_of(token),
            f"the text holds a character that nobody can see (U+{ord(invisible):04X})",
            "type the text again, without copying it",
        )
    if token.written[0] not in "'\"":
        mark = token.written[0]
        report.add(
            place_of(token), f"`{mark}` is {describe_character(mark)}", f"use straight ones: `{_shortened(token.text)}`"
        )
    return token


def _open(token: Token, report: Report) -> None:
    mark, rest = token.written[0], token.written[1:]
    closing = next((character for character in rest if PLAIN.get(character) == token.text[0]), None)
    remedy = f"close it with `{token.text[0]}` on the same line"
    if mark != token.text[0]:
        remedy = f"`{mark}` is {describe_character(mark)}: write `{token.text[0]}` on both sides"
    elif closing is not None:
        remedy = f"`{closing}` is {describe_character(closing)}: close it with `{mark}`"
    report.add(place_of(token), f"the text that begins with `{mark}` has no end", remedy)


def _number(token: Token, report: Report) -> Token | None:
    if token.written != token.text:
        wide = next(character for character in token.written if character in PLAIN)
        report.add(place_of(token), f"`{wide}` is {describe_character(wide)}", f"write `{token.text}`")
    if _NUMBER.fullmatch(token.text):
        return token
    report.add(place_of(token), f"`{_shortened(token.text)}` is not a number", _number_remedy(token.text))
    return None


def _number_remedy(text: str) -> str:
    unit = _UNITS.fullmatch(text)
    if unit is not None:
        return f"write `{_UNIT_FUNCTIONS[unit[2][0]]}({unit[1]})` for a length of time"
    if text.isdecimal():
        return "write it without leading zeros" if text[0] == "0" else "use at most 15 digits"
    return "write plain digits such as `3` or `0.5`; put a text in quotes"


def _date(token: Token, report: Report) -> None:
    day, *time = re.split("[ T]+", token.text)
    digits = [int(part) for part in re.split("[-/]", day)]
    written = "{:04}-{:02}-{:02}".format(*digits)
    remedy = f"write `moment('{written} {time[0]:0>5}')`" if time else f"write `date('{written}')`"
    report.add(place_of(token), f"`{token.written}` is a date without quotes", remedy)


def _sign(token: Token, report: Report) -> Token | None:
    meant = REPLACED_SIGNS.get(token.text, token.text)
    foreign = FOREIGN_SIGNS.get(token.text)
    wide = next((character for character in token.written if character in PLAIN), None)
    if foreign is not None:
        kind = "" if wide is None else f"{describe_character(wide)}; "
        report.add(place_of(token), f"`{token.written}` cannot stand here: {kind}{foreign[0]}", foreign[1])
        return None
    if wide is not None:
        report.add(place_of(token), f"`{token.written}` is {describe_character(wide)}", f"write `{meant}`")
    elif meant != token.text:
        report.add(place_of(token), f"`{token.written}` is not a sign of the expression language", f"write `{meant}`")
    return replace(token, text=meant, kind="name" if meant.isalpha() else "sign")


def _odd(token: Token, report: Report) -> None:
    shown = f"U+{ord(token.written):04X}" if is_invisible(token.written) else f"`{token.written}`"
    kind = "a character that nobody can see" if is_invisible(token.written) else "not part of the expression language"
    report.add(place_of(token), f"{shown} is {kind}", "delete it; texts stand in quotes")


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
            report.add(place_of(token), "`is` is not a word of the expression language", f"write `{token.text}`")
    return kept


def _shortened(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:27]}..."


_SPELLERS: Final[dict[str, Callable[[Token, Report], Token | None]]] = {
    "text": _text,
    "open": _open,
    "date": _date,
    "number": _number,
    "sign": _sign,
    "odd": _odd,
}
