"""Lines of a mail: as they are shown, and as they are recognised.

Everything here takes time in proportion to the length of the text, whatever stands in it: a line is looked at up to
`MOST_LOOKED_AT` characters, and nothing looks further than a fixed number of lines around.
"""

import re
from dataclasses import dataclass
from typing import Final

MOST_LOOKED_AT: Final = 600
"""Characters of a line that are looked at; the longest of interest are lists of recipients."""

RULES: Final = "-_=*~\u2013\u2014\u2015\u2500\u2501\u2550"
"""Characters of which clients draw lines."""

SHORTEST_RULE: Final = 4

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
# QQ Mail makes its plain text of its HTML and leaves these as they are.
_LEFT_OVER: Final = (("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'))
_LINE_END: Final = re.compile(r"\r\n?|\n|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a mail."""

    said: str
    """As it is shown, without spaces at its end."""
    bare: str
    """To be recognised: without invisible characters, with plain single spaces, at most `MOST_LOOKED_AT` characters."""

    @property
    def blank(self) -> bool:
        """Nothing can be seen."""
        return not self.bare

    @property
    def quoted(self) -> bool:
        """Marked with `>`."""
        return self.bare.startswith((">", "\N{FULLWIDTH GREATER-THAN SIGN}"))

    def is_rule(self, least: int) -> bool:
        """Drawn by a client from one side to the other, with so many characters at least."""
        return len(self.bare) >= least and not self.bare.strip(RULES)


BLANK: Final = Line("", "")


def lines_of(text: str) -> list[Line]:
    """The lines of a text with any of the usual line ends."""
    return [Line(said.rstrip(), _bare(said)) if said else BLANK for said in _LINE_END.split(text)]


def _bare(said: str) -> str:
    start = said[:MOST_LOOKED_AT].translate(_INVISIBLE)
    if "&" in start:
        for left_over, character in _LEFT_OVER:
            start = start.replace(left_over, character)
    # str.split knows every kind of space, also no-break and full-width ones.
    return " ".join(start.split())


def without_rule(lines: list[Line]) -> list[Line]:
    """Without the blank lines and the rules at the end, which a client draws above a quote or a signature."""
    end = len(lines)
    while end and (lines[end - 1].blank or lines[end - 1].is_rule(SHORTEST_RULE)):
        end -= 1
    return lines[:end]


def next_said(lines: list[Line], start: int, within: int = 4) -> Line | None:
    """The first line that is not blank from there on, if it is near."""
    return next((line for line in lines[start : start + within] if not line.blank), None)
