"""Attributions: 「在 …，张三 写道：」, `On …, X wrote:`, over up to five lines.

A sentence of a person may end in 写道 or wrote, too. So an attribution has a date and a time or an address in the
order in which clients write them; or else quoted lines follow it at once.
"""

import re
from typing import Final

from notifications.inbound.replies.lines import Line, next_said

MOST_LINES: Final = 5
_LONGEST: Final = 500
_CLOSING: Final = re.compile(r"(?:\bwrote|写道|寫道) ?[:：]?$|>:$", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[<(\[](?:mailto:)?[^\s<>()\[\]@]{1,100}@[^\s<>()\[\]@]{1,200}[>)\]]")
_TIME: Final = re.compile(r"\d{1,2}[:：.]\d{2}")
_DATE: Final = re.compile(
    r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
    r"|\b\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.?,? \d{4}|\b[A-Z][a-z]{2,8}\.? ?\d{1,2},? ?\d{4}"
)
_ENGLISH: Final = re.compile(r"(?:On|At) (?=[A-Z\d])")
_CHINESE: Final = re.compile(r"(?:在|于|於)? ?\d{4} ?[年/.-]")
_BY: Final = re.compile(r"[>)\]] ?(?:在|于|於) ?\d{4}")
_BY_SOMEBODY: Final = re.compile(
    r"[^。！？]{1,120}(?:在|于|於) ?\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日[^，。,]{0,20}\d{1,2}:\d{2} ?[写寫]道 ?[:：]?"
)
# What stands between a date and 写道 if a person tells of a mail.
_TOLD: Final = re.compile(r"邮件[中里]|信[中里]|的(?:邮件|信|公告|报告|通知|文章)|公告|文中")
_INLINE: Final = re.compile(r"(?:On|At) (?=[A-Z\d])[^<>]{5,200}[<\s][^\s<>@]{1,100}@[^\s<>@]{1,200}>? wrote: ")
# The time is the last thing: the name, and perhaps more, stands in the line above.
_NAMELESS: Final = re.compile(r"\d ?[写寫]道 ?[:：]?$")


def attributions(lines: list[Line]) -> dict[int, int]:
    """Where attributions begin, and where the text behind them does."""
    found: dict[int, int] = {}
    for at, line in enumerate(lines):
        if line.quoted or line.blank:
            continue
        if _CLOSING.search(line.bare[-20:]):
            start = _start(lines, at)
            if start is not None:
                found[start] = at + 1
        elif line.bare.startswith(("On ", "At ")) and _INLINE.match(line.bare):
            # Yahoo's phones: the quote goes on in the line of the attribution.
            found[at] = at + 1
    return found


def _start(lines: list[Line], end: int) -> int | None:
    """Where the attribution begins that ends in this line."""
    texts = _upwards(lines, end)
    dated = next((at for at, text in texts if _dated(text)), None)
    if dated is not None and not _NAMELESS.search(texts[0][1]):
        return dated
    for at, text in texts:
        if _named(text):
            return at - 1 if text.startswith("<") and _is_name(lines, at - 1) else at
    if dated is not None:
        return dated
    following = next_said(lines, end + 1)
    return end if len(lines[end].bare) < 100 and following and following.quoted else None


def _upwards(lines: list[Line], end: int) -> list[tuple[int, str]]:
    """The last line, the last two in one, and so on, each with the place where it begins."""
    texts: list[tuple[int, str]] = []
    joined = ""
    for at in range(end, max(end - MOST_LINES, -1), -1):
        line = lines[at]
        if line.blank or line.quoted or len(joined) + len(line.bare) > _LONGEST:
            break
        joined = f"{line.bare} {joined}".rstrip()
        texts.append((at, joined))
    return texts


def _dated(text: str) -> bool:
    """A date first: On Tue, Mar 10, 2026 at 10:00 X <a@b> wrote; 在 2026年3月10日，10:00，张三 写道."""
    if not (_ENGLISH.match(text) or _CHINESE.match(text)) or _TOLD.search(text):
        return False
    return bool(_DATE.search(text) and (_TIME.search(text) or _ADDRESS.search(text)))


def _named(text: str) -> bool:
    """A name first: 张三 <a@b> 于2026年3月10日周二 10:00写道; X <a@b> wrote."""
    if not _ADDRESS.search(text):
        return _BY_SOMEBODY.fullmatch(text) is not None
    return bool(_BY.search(text)) or (len(text) < 200 and text.endswith(("wrote:", "写道:", "写道：")) and "<" in text)


def _is_name(lines: list[Line], at: int) -> bool:
    line = lines[at] if at >= 0 else None
    return line is not None and 0 < len(line.bare) < 60 and not re.search(r"[。！？!?：:]", line.bare)
