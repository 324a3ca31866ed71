"""Finding the parts of a mail, line by line from above."""

import re
from dataclasses import dataclass, field
from typing import Final

from notifications.inbound.replies.attributions import attributions
from notifications.inbound.replies.dividers import Quote, divider
from notifications.inbound.replies.fields import is_block
from notifications.inbound.replies.lines import RULES, SHORTEST_RULE, Line, next_said
from notifications.inbound.replies.marker import is_marker
from notifications.inbound.replies.signatures import is_client_line

GAP: Final = Line("", "")
"""Stands where lines were left out."""

_COMPARISON: Final = re.compile(r"[>＞] ?=? ?[\d￥¥$]")


@dataclass(slots=True)
class Parts:
    """What is in a mail."""

    own: list[Line] = field(default_factory=list)
    """Lines outside of any quote."""
    signed: list[Line] = field(default_factory=list)
    """Lines of the client above a marked quote."""
    quoted: bool = False
    """Whether marked lines were left out."""
    rest: list[Line] = field(default_factory=list)
    """From where a quote begins that ends with the mail."""
    quote: Quote | None = None
    """What begins there."""
    ruled: bool = False
    """Whether the last line that says something is a rule."""

    def keep(self, line: Line) -> None:
        """This line belongs to no quote."""
        self.own.append(line)
        if not line.blank:
            self.ruled = line.is_rule(SHORTEST_RULE)

    @property
    def ours(self) -> bool:
        """Whether the rest is a mail of ours."""
        return any(is_marker(line) for line in self.rest)


def parts_of(lines: list[Line]) -> Parts:
    """The parts of a mail."""
    parts, said_by = Parts(), attributions(lines)
    at = 0
    while at < len(lines) and not parts.rest:
        end = said_by.get(at) or _end_of_quoted(lines, at)
        if at in said_by and not _is_quoted(lines, end):
            parts.quote, parts.rest = Quote.ANSWERED, lines[at:]
        elif end > at and not _is_comparison(lines, at, end, parts):
            _leave_out(parts)
            at = end
        elif quote := _begins(lines, at, parts):
            parts.quote, parts.rest = quote, lines[at:]
        else:
            parts.keep(lines[at])
            at += 1
    return parts


def _end_of_quoted(lines: list[Line], at: int) -> int:
    while at < len(lines) and lines[at].quoted:
        at += 1
    return at


def _is_quoted(lines: list[Line], at: int) -> bool:
    following = next_said(lines, at)
    return following is not None and following.quoted


def _is_comparison(lines: list[Line], at: int, end: int, parts: Parts) -> bool:
    """「> 5000 元的采购需要审批吗？」 is no quote, if it is the only line of its kind."""
    return end == at + 1 and not parts.quoted and _COMPARISON.match(lines[at].bare) is not None


def _leave_out(parts: Parts) -> None:
    parts.quoted = True
    own, signed = parts.own, list[Line]()
    while own and (own[-1].blank or is_client_line(own[-1])):
        line = own.pop()
        if not line.blank:
            signed.append(line)
    parts.signed += reversed(signed)
    own.append(GAP)


def _begins(lines: list[Line], at: int, parts: Parts) -> Quote | None:
    """What begins here and ends with the mail."""
    if lines[at].blank:
        return None
    if is_marker(lines[at]):
        _forget_unknown_attribution(parts.own)
        return Quote.ANSWERED
    return divider(lines, at) or (Quote.EITHER if is_block(lines, at, parts.ruled) else None)


def _forget_unknown_attribution(own: list[Line]) -> None:
    """Above our marker stands what a client says of our mail, in a language or a form that we may not know."""
    while own and own[-1].blank:
        own.pop()
    bare = own[-1].bare if own else ""
    told = bare.endswith((":", "：")) and any(character.isdigit() or character == "@" for character in bare)
    if told or (len(bare) > 4 and not bare[:2].strip(RULES) and not bare[-2:].strip(RULES)):
        own.pop()
