"""Dividers: words between dashes with which a client begins the mail that is answered or passed on."""

from enum import Enum
from typing import Final

from notifications.inbound.replies.fields import Kind, field
from notifications.inbound.replies.lines import RULES, SHORTEST_RULE, Line


class Quote(Enum):
    """What begins in a line."""

    ANSWERED = "answered"
    """The mail that is answered, and nothing else."""
    EITHER = "either"
    """The mail that is answered or passed on: many clients write the same for both."""
    PASSED_ON = "passed on"
    """A mail that is passed on."""


def _words(texts: str) -> frozenset[str]:
    return frozenset(texts.replace(" ", "").casefold().split(","))


_ANSWERED: Final = _words("回复的原邮件, 回复的邮件, 回覆的郵件, Replied Message, Reply Message, Reply to Message")
_EITHER: Final = _words(
    "原始邮件, 原始郵件, 原始信息, 原始消息, 原始訊息, 原邮件, 原邮件信息, 邮件原件,"
    "Original, Original Message, Original Mail, Original Email, Original E-mail"
)
_PASSED_ON: Final = _words(
    "转发邮件, 转发的邮件, 转发邮件信息, 以下是转发邮件信息, 转发信息, 转发消息, 转发的消息, 转发的信件,"
    "轉寄郵件, 轉寄的郵件, 轉寄訊息,"
    "Forwarded Message, Forwarded Mail, Forwarded Email, Forward Message, Forwarded Conversation"
)
# Apple writes a sentence instead.
_SENTENCES: Final = _words(
    "Begin forwarded message:, 下面是被转发的邮件:, 以下是转发的邮件:, 开始转发邮件:,開始轉寄郵件:,以下是被轉寄的郵件:"
)
_LONGEST: Final = 120
_NEAR: Final = 6


def divider(lines: list[Line], at: int) -> Quote | None:
    """What the line at this place begins, if it is a divider."""
    bare = lines[at].bare
    if not bare or len(bare) > _LONGEST:
        return None
    words = bare.strip(RULES + " ").replace(" ", "").casefold()
    if words.replace("：", ":") in _SENTENCES:
        return Quote.PASSED_ON
    # QQ Mail since 2024 writes the words alone, but then always the sender right below.
    if not _between_dashes(bare) and not (words in _EITHER and _sender_follows(lines, at + 1)):
        return None
    if words in _ANSWERED:
        return Quote.ANSWERED
    if words in _PASSED_ON:
        return Quote.PASSED_ON
    return Quote.EITHER if words in _EITHER else None


def _between_dashes(bare: str) -> bool:
    return not bare[:2].strip(RULES) and not bare[-2:].strip(RULES)


def _sender_follows(lines: list[Line], at: int) -> bool:
    near = (line for line in lines[at : at + _NEAR] if not line.blank and not line.is_rule(SHORTEST_RULE))
    following = next(near, None)
    found = field(following) if following else None
    return found is not None and found.kind is Kind.SENDER
