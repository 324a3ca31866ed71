"""Signatures: what a client puts under a text (「发自我的iPhone」), and what the writer lets it put there."""

import re
from typing import Final

from notifications.inbound.replies.lines import Line, without_rule

_LINK: Final = re.compile(r" ?[<(\[]https?://[^\s<>()\[\]]{1,500}[>)\]]")
_WORD: Final = r"[^,.!?;:，。！？；：、]"
_CLIENT: Final = (
    r"(?:iphone|ipad|android|harmony|huawei|xiaomi|redmi|honor|samsung|galaxy|oppo|vivo|oneplus|pixel|blackberry|phone"
    r"|outlook|mail|spark|lark|foxmail|windows|yahoo|gmail|mac\b|tablet|mobile|wecom|dingtalk|手机|手機|平板|邮箱|郵箱|邮件|郵件|信箱"
    r"|企业微信|微信|飞书|钉钉|华为|小米|红米|荣耀|三星|大师|客户端)"
)
_CLIENT_LINES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"发自我的(?!内心|真心|心|肺腑){_WORD}{{1,30}}",
        rf"(?:发自|發自|来自|來自|寄自)(?={_WORD}{{0,30}}{_CLIENT}){_WORD}{{1,40}}",
        rf"(?:从|從)(?={_WORD}{{0,30}}{_CLIENT}){_WORD}{{1,40}}(?:发送|發送|傳送|发出|寄出)",
        rf"(?:获取|獲取|取得|下载|下載){_WORD}{{0,20}}outlook{_WORD}{{0,20}}",
        rf"签名由{_WORD}{{1,30}}定制",
        rf"sent (?:from|via|with) (?:my|(?={_WORD}{{0,40}}{_CLIENT})){_WORD}{{1,50}}\.?",
        rf"get outlook for {_WORD}{{1,30}}",
    )
)
_DAY: Final = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_LONGEST: Final = 160
_MOST_SIGNATURES: Final = 6
_CARD_LINES: Final = 12
_BELOW_DASHES: Final = 15
_BELOW_RULE: Final = 6
_FOXMAIL: Final = "_" * 32
_SHORT_RULE: Final = 10
_SHORT: Final = 60
_REACHED_AT: Final = re.compile(r"\w@\w|\d(?:[ -]?\d){6}")


def is_client_line(line: Line) -> bool:
    """Whether a client wrote this line, perhaps with a link to itself."""
    if line.blank or len(line.bare) > _LONGEST:
        return False
    words = _LINK.sub("", line.bare).strip(" -—–|()（）[]【】")
    return any(pattern.fullmatch(words) for pattern in _CLIENT_LINES)


def split_signature(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The text, and the signature below it without blank lines and rules."""
    text, signature = trimmed(lines), list[Line]()
    for _ in range(_MOST_SIGNATURES):
        start = _signature_start(text) if text else None
        if start is None:
            break
        signature = text[start:] + signature
        text = trimmed(without_rule(text[:start]))
    return text, [line for line in signature if not line.blank and not line.is_rule(2)]


def trimmed(lines: list[Line]) -> list[Line]:
    """Without blank lines at both ends."""
    start, end = 0, len(lines)
    while start < end and lines[start].blank:
        start += 1
    while end > start and lines[end - 1].blank:
        end -= 1
    return lines[start:end]


def _signature_start(lines: list[Line]) -> int | None:
    # A link that a client wrapped into a line of its own.
    linked = len(lines) > 1 and " " not in lines[-1].bare and lines[-1].bare.startswith(("<http", "(http", "http"))
    if is_client_line(lines[-2 if linked else -1]):
        return len(lines) - (2 if linked else 1)
    for find in (_below_dashes, _card, _below_rule):
        start = find(lines)
        if start is not None:
            return start
    return None


def _below_dashes(lines: list[Line]) -> int | None:
    """RFC 3676, 4.3: a line of two dashes (and a space, which is often lost)."""
    for at in range(len(lines) - 1, max(len(lines) - 1 - _BELOW_DASHES, 0), -1):
        if lines[at].bare == "--":
            return at
    return None


def _card(lines: list[Line]) -> int | None:
    """The card of NetEase's Mail Master: a table of cells with little in them, `| |` first."""
    if not lines[-1].bare.endswith("|"):
        return None
    for at in range(len(lines) - 1, max(len(lines) - 1 - _CARD_LINES, -1), -1):
        if lines[at].bare.startswith("| |"):
            return at if any("@" in line.bare for line in lines[at:]) else None
    return None


def _below_rule(lines: list[Line]) -> int | None:
    """A rule and a few short lines, as Foxmail writes them (its older versions with the day above).

    People draw rules, too. So below any but a long one of underscores an address or a telephone number must stand.
    """
    for at in range(len(lines) - 2, max(len(lines) - 2 - _BELOW_RULE, 0), -1):
        if lines[at].is_rule(_SHORT_RULE):
            below = lines[at + 1 :]
            if any(len(line.bare) > _SHORT for line in below):
                return None
            if lines[at].bare != _FOXMAIL and not any(_REACHED_AT.search(line.bare) for line in below):
                return None
            return at - 1 if _DAY.fullmatch(lines[at - 1].bare) else at
    return None
