"""Refusals in words people read: what the engine turns down, said in Chinese with what to do."""

from typing import Final

from engine.errors import (
    AlreadyDecided,
    CaseClosed,
    Held,
    InvalidAnswer,
    NotAsked,
    NotOpen,
    NotPermitted,
    OutdatedFacts,
    Refusal,
    UnknownName,
    WrongTime,
)

_WORDS: Final[tuple[tuple[type[Refusal], str], ...]] = (
    (AlreadyDecided, "此事已由他人办理，您的操作未生效。无需再做任何事。"),
    (OutdatedFacts, "您看到的内容已经变更，本次操作未生效。请按最新邮件重新办理。"),
    (NotAsked, "此事现在不由您办理，操作未生效。可能已转交他人，或您已办理过。"),
    (CaseClosed, "事项已经结束，不能再办理。如同一事情再次发生，请联系事项负责人重新开启。"),
    (NotOpen, "这一步现在不能办理，操作未生效。请在事项页查看进展。"),
    (NotPermitted, "按规程不允许这样办理，操作未生效。请另选人员，或联系事项负责人。"),
    (UnknownName, "所选人员、步骤或事项不存在。请返回后重新选择。"),
    (WrongTime, "时间填写有误：不能是将来，也不能早于事项发生。请改正后重新提交。"),
)


def in_chinese(refusal: Refusal) -> str:
    """A refusal for the person it is addressed to; what a procedure's author wrote is shown as written."""
    if isinstance(refusal, Held) or (isinstance(refusal, InvalidAnswer) and _is_chinese(refusal.message)):
        return f"{refusal.message.rstrip('。')}。"
    for kind, words in _WORDS:
        if isinstance(refusal, kind):
            return words
    return "填写的内容不符合要求，未能提交。请对照每一项的说明检查后重试。"


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text[:4])
