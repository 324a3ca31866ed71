"""Beginnings of subjects: what programs put there. Only the beginning counts: people write about anything.

All are in lower case; a full-width colon counts as a plain one.
"""

from typing import Final

REPLIES: Final = (
    "自动回复",
    "自动答复",
    "自动应答",
    "自動回覆",
    "自動回復",
    "自動回應",
    "休假自动回复",
    "外出自动回复",
    "邮件自动回复",
    "out of office",
    "out of the office",
    "out-of-office",
    "out of office autoreply",
    "out of office reply",
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto response",
    "auto-response",
    "autoresponse",
    "autorespons",
    "automated reply",
    "automated response",
    "vacation reply",
    "abwesenheit",
    "abwesenheitsnotiz",
    "automatische antwort",
    "réponse automatique",
    "respuesta automática",
    "resposta automática",
    "risposta automatica",
    "automatisch antwoord",
    "自動返信",
    "不在通知",
    "자동 회신",
    "автоответ",
    "автоматический ответ",
)
AWAY: Final = ("休假", "休假中", "外出", "外出中", "出差", "出差中", "不在办公室", "on vacation", "on leave", "away")
"""These open people's mails as well, e.g. an application for leave."""
RECEIPTS: Final = (
    "已读",
    "已读回执",
    "未读",
    "未读已删除",
    "read",
    "read receipt",
    "not read",
    "return receipt",
    "disposition notification",
    "gelesen",
    "ungelesen",
)
INVITATIONS: Final = (
    "已接受",
    "已拒绝",
    "已谢绝",
    "暂定",
    "accepted",
    "declined",
    "tentative",
    "tentatively accepted",
)
ANSWERS: Final = ("re:", "fw:", "fwd:", "aw:", "wg:", "回复:", "答复:", "回覆:", "答覆:", "转发:", "轉寄:")
OPENING: Final = "[(（【「<《\"'“ "
CLOSING: Final = frozenset(":-—–|/])）】」>》\"'”")


def is_automatic_reply(subject: str) -> bool:
    """Whether a program for people who are away wrote this subject.

    `自动回复：…` and `[自动回复] …` say so; `自动回复功能不能用`, `自动回复 关不掉` and `关于自动回复功能的投诉` do
    not: a mark or the end must follow.
    """
    return _begins(subject, REPLIES)


def is_away(subject: str) -> bool:
    """Whether it begins like a note that somebody is away; people begin mails so too."""
    return _begins(subject, AWAY)


def is_receipt(subject: str) -> bool:
    """Whether it begins like a mail client's note that a mail was read or deleted; people begin mails so too."""
    return _begins(subject, RECEIPTS)


def is_invitation_reply(subject: str) -> bool:
    """Whether it begins like a calendar's answer to an invitation; people begin mails so too."""
    return _begins(subject, INVITATIONS)


def is_answer(subject: str) -> bool:
    """Whether it begins like an answer or a forwarded mail, e.g. `Re:`, `回复：`."""
    return _plain(subject).startswith(ANSWERS)


def _begins(subject: str, beginnings: tuple[str, ...]) -> bool:
    opened = _plain(subject).lstrip(OPENING)
    rests = (opened[len(words) :].lstrip() for words in beginnings if opened.startswith(words))
    return any(not rest or rest[0] in CLOSING for rest in rests)


def _plain(subject: str) -> str:
    return subject.strip().lower().replace("：", ":")
