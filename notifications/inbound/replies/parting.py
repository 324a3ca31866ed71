"""Parting a mail: what its writer wrote, what they quoted, what a client signed, what they passed on.

The rules, in the order in which they matter:

1. Lines with `>` are quoted, wherever they stand, so answers between and below them are kept. An attribution above
   them goes with them.
2. Where a quote begins that nothing marks line by line (a divider, a block of fields, an attribution without `>`
   below it, our own `MARKER`), it ends with the mail: the text above is what is new.
3. A mail that is passed on is what its sender wants to be seen, so it is never cut off, whatever stands above it.
   It is known by its divider; or, as Outlook, QQ Mail and Foxmail write the same for both, by the subject; or because
   nothing stands above it and our marker not in it.
4. An unmarked quote which the writer announces (「答复见下方红字」, 「收到可疑邮件如下：」) is kept: their answers
   stand in it, or it is what they report, and nobody can tell the lines apart. Not so with our marker in it.
5. In doubt about whose words they are, words of others are not taken for the writer's: an answer of which nothing is
   left is empty. The original is kept anyway.
"""

import re
from dataclasses import dataclass
from typing import Final

from notifications.inbound.replies.dividers import Quote
from notifications.inbound.replies.finding import GAP, Parts, parts_of
from notifications.inbound.replies.lines import Line, lines_of, without_rule
from notifications.inbound.replies.signatures import split_signature, trimmed

_PASSED_ON: Final = re.compile(r"\s{0,9}(?:fwd?|转发|轉寄|转)\s{0,9}[:：]", re.IGNORECASE)
_ANNOUNCED: Final = re.compile(
    r"红字|紅字|见下[方文面]|看下[方文面]|邮件如下|\binline\b|\bsee below\b|\banswers below\b", re.IGNORECASE
)
_LONGEST_ANNOUNCEMENT: Final = 300


@dataclass(frozen=True, slots=True)
class NewPart:
    """What is new in a mail."""

    text: str
    """What the writer wrote, and what they passed on; lines end with `\\n`, no blank ones at either end."""
    quoted: bool
    """Whether something was cut off that stands in a mail before this one."""
    signature: str = ""
    """What stood under the text: of the client, or the writer's own below `-- `, a long rule or in a card."""
    forwarded: bool = False
    """Whether `text` also holds words of others, e.g. a mail that is passed on: they are not the sender's."""


def new_part(text: str, subject: str = "") -> NewPart:
    """The new part of a mail, in time proportional to its length.

    Args:
        text: the readable text of the mail.
        subject: of the mail, if known: it tells passing on from answering where a client writes the same for both.
    """
    parts = parts_of(lines_of(text))
    own, signed = split_signature(without_rule(parts.own) if parts.rest else parts.own)
    signature = _joined([*parts.signed, *signed])
    if _keeps_all(parts, own, subject):
        return NewPart(_joined([*own, GAP, *parts.rest]), parts.quoted, signature, forwarded=True)
    return NewPart(_joined(own), parts.quoted or bool(parts.rest), signature)


def _keeps_all(parts: Parts, own: list[Line], subject: str) -> bool:
    """Whether the unmarked quote stays in the text: rules 3 and 4."""
    if parts.quote is None or parts.quote is Quote.PASSED_ON or parts.ours:
        return parts.quote is Quote.PASSED_ON
    if parts.quote is Quote.EITHER and (_PASSED_ON.match(subject) or not (own or parts.quoted)):
        return True
    return _announces(own)


def _announces(own: list[Line]) -> bool:
    if not own or sum(len(line.bare) for line in own) > _LONGEST_ANNOUNCEMENT:
        return False
    return own[-1].bare.endswith((":", "：")) or any(_ANNOUNCED.search(line.bare) for line in own)


def _joined(lines: list[Line]) -> str:
    """Lines as a text; where some were left out, one blank line stands."""
    said: list[str] = []
    gap = False
    for line in trimmed(lines):
        gap = line.blank and (gap or line is GAP)
        while gap and said and not said[-1]:
            said.pop()
        said.append("" if line.blank else line.said)
    return "\n".join(said)
