"""Fields: a block of sender, date and recipients that stands above a quoted mail, e.g. of Outlook, Foxmail, Aliyun.

People write such lines too, e.g. 发件人 and 主题 in a report of a suspicious mail. So a block needs the sender, a date
with digits, and the recipients, whom a person hardly lists; with a rule above, as some clients draw it, the subject
is enough in place of the recipients.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from notifications.inbound.replies.lines import Line


class Kind(Enum):
    """What a field tells."""

    SENDER = "sender"
    DATE = "date"
    TO = "to"
    SUBJECT = "subject"
    MORE = "more"


_LABELS: Final[dict[str, Kind]] = {
    label: kind
    for kind, labels in {
        Kind.SENDER: "发件人 发信人 发送人 寄件者 寄件人 發件人 from",
        Kind.DATE: "发送时间 发件时间 发送日期 日期 时间 寄件日期 傳送時間 日期時間 date sent senttime sentat",
        Kind.TO: "收件人 收件者 收信人 接收人 to",
        Kind.SUBJECT: "主题 主旨 主題 标题 subject",
        Kind.MORE: "抄送 抄送人 抄送至 副本 密送 密件抄送 附件 重要性 优先级 cc bcc attachments importance reply-to",
    }.items()
    for label in labels.split()
}
_LONGEST_LABEL: Final = 16
_MOST_LINES: Final = 80


@dataclass(frozen=True, slots=True)
class Field:
    """A line `label: value`."""

    kind: Kind
    value: str


def field(line: Line) -> Field | None:
    """The field in a line. Labels may be spaced out (主　题) and bold in a text made of HTML (`*主题:*`)."""
    start = line.bare.lstrip("*|> ")[:_LONGEST_LABEL]
    end = min((at for at in (start.find(":"), start.find("：")) if at >= 0), default=-1)
    if end <= 0:
        return None
    kind = _LABELS.get(start[:end].replace(" ", "").rstrip("*").casefold())
    return Field(kind, line.bare.lstrip("*|> ")[end + 1 :].strip(" *|")) if kind else None


def is_block(lines: list[Line], at: int, ruled: bool) -> bool:
    """Whether the fields above a quoted mail begin here; `ruled` if a client's rule stands right above."""
    first = field(lines[at])
    if first is None or first.kind is Kind.MORE or (first.kind is not Kind.SENDER and not ruled):
        return False
    kinds = set()
    for found in _fields(lines, at):
        if found.kind is Kind.DATE and not any(character.isdigit() for character in found.value):
            continue
        kinds.add(found.kind)
    return {Kind.SENDER, Kind.DATE} <= kinds and (Kind.TO in kinds or (ruled and Kind.SUBJECT in kinds))


def _fields(lines: list[Line], at: int) -> Iterator[Field]:
    """Fields in a row: blank lines may stand between them, and further lines of a list of recipients or a subject."""
    seen: set[Kind] = set()
    blanks = strange = 0
    for line in lines[at : at + _MOST_LINES]:
        found = field(line)
        if line.blank:
            blanks += 1
        elif found:
            if found.kind in seen and found.kind is not Kind.MORE:
                return
            seen.add(found.kind)
            blanks = strange = 0
            yield found
        elif not blanks and ("@" in line.bare or line.bare.endswith((";", ","))):
            continue
        else:
            strange += 1
        if blanks > 2 or strange > 1 or (strange and blanks):
            return
