"""Problem, one thing that is wrong in a file: where, what, and what to do about it."""

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

_LONGEST_QUOTE: Final = 600

Severity = Literal["error", "warning"]


class Words(NamedTuple):
    """A text in the languages of our messages."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding; sorts by file, then by position.

    `line` and `column` count from 1, columns in characters, as editors do.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    remedy: str
    severity: Severity = "error"
    message_zh: str = ""
    remedy_zh: str = ""

    def __str__(self) -> str:
        """`path:line:column RULE message` and the remedy below, Chinese before English."""
        mark = " 警告 warning:" if self.severity == "warning" else ""
        head = f"{self.path}:{self.line}:{self.column} {self.rule}{mark}"
        if not self.message_zh:
            return f"{head} {self.message}\n  → {self.remedy}"
        return f"{head} {self.message_zh}\n    {self.message}\n  → {self.remedy_zh or self.remedy}\n    {self.remedy}"


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed texts of one kind of problem; `{name}` in them is filled in when it is found.

    Keeping them as data lets a reader see all messages of a room on one page, both languages
    side by side. Only these templates are formatted, never an author's text.
    """

    rule: str
    message: Words
    remedy: Words
    severity: Severity = "error"

    def at(self, path: str, line: int, column: int, **values: object) -> Problem:
        """The problem at a place (both numbers from 1); what is quoted in it is cut to a readable length."""
        short = {key: _shorten(value) for key, value in values.items()}
        return Problem(
            path=path,
            line=line,
            column=column,
            rule=self.rule,
            message=self.message.en.format_map(short).strip(),
            remedy=self.remedy.en.format_map(short).strip(),
            severity=self.severity,
            message_zh=self.message.zh.format_map(short).strip(),
            remedy_zh=self.remedy.zh.format_map(short).strip(),
        )


def _shorten(value: object) -> str:
    text = " ".join(str(value).splitlines())
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
