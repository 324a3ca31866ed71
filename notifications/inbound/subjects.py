"""Beginnings of subjects: what programs put there. Only the beginning counts: people write about anything."""

from typing import Final

REPLIES: Final = (
    "自动回复",
    "自动答复",
    "自動回覆",
    "自動回應",
    "自动应答",
    "休假自动回复",
    "外出自动回复",
    "不在办公室",
    "out of office",
    "out of the office",
    "out-of-office",
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto response",
    "auto-response",
    "autoresponse",
    "autorespon",
    "automated reply",
    "automated response",
    "vacation reply",
    "on vacation",
    "away from",
    "abwesenheit",
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
ANSWERS: Final = (
    "re:",
    "re：",
    "fw:",
    "fwd:",
    "fw：",
    "fwd：",
    "回复:",
    "回复：",
    "答复:",
    "答复：",
    "转发:",
    "转发：",
    "aw:",
    "wg:",
)
RECEIPTS: Final = (
    "已读:",
    "已读：",
    "已读回执",
    "未读:",
    "未读：",
    "未读已删除",
    "read:",
    "read receipt",
    "not read:",
    "return receipt",
    "disposition notification",
    "gelesen:",
    "ungelesen:",
    "lu :",
)
INVITATIONS: Final = (
    "已接受:",
    "已接受：",
    "已拒绝:",
    "已拒绝：",
    "已谢绝:",
    "已谢绝：",
    "暂定:",
    "暂定：",
    "accepted:",
    "declined:",
    "tentative:",
    "tentatively accepted:",
)
PUNCTUATION: Final = frozenset(':：-—–,，.。!！()（）[]【】<>《》"“”/|… ')


def is_automatic_reply(subject: str) -> bool:
    """Whether a program for people who are away wrote this subject.

    `自动回复：…` and `自动回复` are; `自动回复功能不能用` and `关于自动回复功能的投诉` are written by people. So a mark or the
    end must follow, or a blank where the words are of letters with blanks between them.
    """
    plain = subject.strip().lower()
    return any(_begins(plain, words) for words in REPLIES)


def is_answer(subject: str) -> bool:
    """Whether it begins like an answer or a forwarded mail, e.g. `Re:`, `回复：`."""
    return subject.strip().lower().startswith(ANSWERS)


def is_receipt(subject: str) -> bool:
    """Whether it begins like a mail client's note that a mail was read or deleted, e.g. `已读：`."""
    return subject.strip().lower().startswith(RECEIPTS)


def is_invitation_reply(subject: str) -> bool:
    """Whether it begins like a calendar's answer to an invitation, e.g. `已接受：`."""
    return subject.strip().lower().startswith(INVITATIONS)


def _begins(subject: str, words: str) -> bool:
    opened = subject.lstrip("".join(PUNCTUATION))
    if not opened.startswith(words):
        return False
    rest = opened[len(words) :]
    return not rest or rest[0] in PUNCTUATION
