"""Tokens: cutting the text of an expression into words, texts, numbers and signs.

Python's own tokenizer stops at the first character it does not know and says
"invalid character". Ours goes on, so that every such character is named, and it
leaves nothing for Python to interpret: no escapes, prefixes, exponents or comments.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models.expressions.characters import FOREIGN_SIGNS, PLAIN, REPLACED_SIGNS, SIGNS


@dataclass(frozen=True, slots=True)
class Token:
    """One piece: `written` as it stands in the text from `start` to `end`, `text` as it is meant.

    `kind` is text, open (a text never closed), date, number, name, sign or odd.
    """

    kind: str
    text: str
    start: int
    end: int
    written: str


_QUOTED: Final = re.compile(
    r"""'[^'\n]*'|"[^"\n]*"|["“”＂][^"“”＂\n]*["“”＂]|['‘’＇][^'‘’＇\n]*['‘’＇]|「[^」\n]*」|『[^』\n]*』"""
)
_SIGN: Final = "|".join(re.escape(sign) for sign in sorted({*SIGNS, *REPLACED_SIGNS, *FOREIGN_SIGNS}, key=len)[::-1])
# Not part of the language, but one token, so that one message can say how to write it.
_DATE: Final = r"[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}(?:[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?(?![\w.])"
_TOKEN: Final = re.compile(
    rf"""(?P<text>'[^'\n]*'|"[^"\n]*")|(?P<open>['"][^\n]*)|(?P<date>{_DATE})|(?P<number>[0-9][\w.]*)|(?P<name>[^\W\d]\w*)"""
    rf"""|(?P<sign>{_SIGN})|(?P<space>[ \t\r\n\xa0\u2002-\u200a\u3000]+)|(?P<odd>.)""",
    re.DOTALL,
)


def tokenize(text: str) -> list[Token]:
    """Cut the text into tokens without spaces; every character is in one of them or is a space."""
    plain = _plain(text)
    return [
        Token(match.lastgroup or "odd", match[0], match.start(), match.end(), text[match.start() : match.end()])
        for match in _TOKEN.finditer(plain)
        if match.lastgroup != "space"
    ]


def _plain(text: str) -> str:
    """Write wide and Chinese signs as the plain ones, one character for one, but not inside quotes."""
    return text if text.isascii() else "".join(_plain_pieces(text))


def _plain_pieces(text: str) -> Iterator[str]:
    done = 0
    for match in _QUOTED.finditer(text):
        yield from (PLAIN.get(character, character) for character in text[done : match.start()])
        quote = '"' if "'" in match[0][1:-1] else "'"
        yield match[0] if match[0][0] == match[0][-1] in "'\"" else quote + match[0][1:-1] + quote
        done = match.end()
    yield from (PLAIN.get(character, character) for character in text[done:])
