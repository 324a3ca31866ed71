"""The words of mail servers that do not speak RFC 3464. A new dialect is a row.

Words count only in a mail that a program sent (see telling.py); so they may be as plain as servers' words are.
All are in lower case, with one blank between words, a plain colon for a full-width one, and a `|` between
phrases.
"""

from typing import Final, Literal, NamedTuple

Verdict = Literal["failed", "delayed"]


def _phrases(*lines: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for line in lines for phrase in line.split("|"))


class Dialect(NamedTuple):
    """How one server, or many alike, say that a mail did not arrive: in the subject or in the text."""

    name: str
    failed: tuple[str, ...]
    """It has given up."""
    delayed: tuple[str, ...] = ()
    """It goes on trying."""


DIALECTS: Final = (
    Dialect(
        "qmail", _phrases("failure notice | this is the qmail-send program | i wasn't able to deliver your message")
    ),
    Dialect(
        "Exim",
        _phrases(
            "mail failure | a message that you sent could not be delivered | could not be delivered to one or more"
        ),
        _phrases("has not been delivered to all of its recipients yet | message is still in the queue"),
    ),
    Dialect(
        "Sendmail",
        _phrases(
            "returned mail: | had permanent fatal errors | had permanent delivery errors | had delivery problems",
            "had delivery errors | ----- transcript of session follows",
        ),
        _phrases("had transient non-fatal errors | could not send message for past | could not send mail for past"),
    ),
    Dialect(
        "Postfix",
        _phrases(
            "undelivered mail returned to sender | this is the postfix program at | postfix smtp server: errors from"
        ),
        _phrases("delayed mail (still being retried) | this is a warning only"),
    ),
    Dialect(
        "Exchange, Outlook.com",
        _phrases(
            "undeliverable: | your message did not reach | did not reach the following recipient",
            "could not be reached | delivery has failed to | couldn't be delivered | wasn't delivered to",
            "未送达: | 无法传递: | 传递失败 | 未传递 | 未能送达",
            "无法将您的邮件传递 | 您的邮件未到达 | 您的邮件没有到达",
        ),
        _phrases(
            "delivery delayed: | delivery to these recipients or groups is delayed | 传递已延迟 | 已延迟:",
            "尚未将您的邮件传递",
        ),
    ),
    Dialect(
        "Notes, Domino", _phrases("delivery failure: | undeliverable message | failure reasons | was not delivered to")
    ),
    Dialect(
        "Gmail",
        _phrases(
            "delivery status notification (failure) | failed permanently | address not found | message not delivered",
            "message blocked | 找不到地址 | 邮件被屏蔽 | 邮件未送达",
        ),
        _phrases("delivery status notification (delay) | delivery incomplete | 邮件递送未完成"),
    ),
    Dialect("Yahoo", _phrases("failure delivery | unable to deliver message to | unable to deliver your message")),
    Dialect(
        "QQ, Tencent",
        _phrases("退信通知 | 您的邮件被退回 | 你的邮件被退回 | 邮件被退回 | 您的邮件无法 | 你的邮件无法 | 无法发送到"),
        _phrases("邮件发送延迟 | 邮件延迟"),
    ),
    Dialect(
        "NetEase, Coremail",
        _phrases("系统退信 | 退信原因 | 被退回来了 | the email is returned | your mail is returned | 被退回"),
        _phrases("系统延迟通知 | 延迟投递 | 仍在尝试投递"),
    ),
    Dialect(
        "Aliyun, Lark",
        _phrases("邮件退信 | 退信提醒 | 投递失败 | 发送失败 | 送达失败 | 无法投递 | 未能投递 | 无法送达 | 未成功送达"),
        _phrases("投递延迟 | 暂时无法投递 | 将继续尝试 | 会继续尝试 | 系统将重试 | 尚未投递"),
    ),
    Dialect("DragonFly", _phrases("there was an error delivering your mail")),
    Dialect(
        "OpenSMTPD",
        _phrases("delivery status notification: error | an error has occurred while attempting to deliver"),
        _phrases("delivery status notification: warning | a message is delayed for more than"),
    ),
    Dialect("Amazon", _phrases('"notificationtype":"bounce"')),
    Dialect(
        "carriers",
        _phrases("mail system error | error: invalid user address | message could not be delivered to mobile"),
    ),
    Dialect("Russian", _phrases("не доставлено | не может быть доставлено")),
    Dialect("Japanese", _phrases("メッセージを配信できません | 送信できませんでした | 配信できませんでした")),
    Dialect(
        "German, French, Spanish",
        _phrases("unzustellbar | nicht zustellbar | non remis | non délivré | no se pudo entregar"),
    ),
    Dialect(
        "many",
        _phrases(
            "delivery failure | delivery failed | delivery has failed | failed delivery | mail failed",
            "delivery status | undeliverable | undelivered | non-delivery | nondeliverable | not deliverable",
            "bounce notification | returned to sender | returning to sender | returning message to sender",
            "mail you sent was rejected | could not be delivered | cannot be delivered | can't be delivered",
            "was not delivered | not been delivered | unable to deliver | not able to deliver | failed to deliver",
            "cannot deliver | could not deliver | error sending your mail | trouble delivering your message",
            "unknown user | user unknown | mailbox is full | message has been rejected | error message",
        ),
        _phrases(
            "warning: message | warning--could not send | message delayed | has been delayed | is delayed",
            "will be retried | still being retried | will continue to try | will keep trying",
            "not yet been delivered | temporarily delayed",
        ),
    ),
)

GIVEN_UP: Final = _phrases(
    "permanent error | permanently | permanent failure | permanent fatal | given up | giving up | no further attempts",
    "no longer be retried | not going to try again | will not be retried | will not try to redeliver",
    "retry timeout exceeded | 不再尝试 | 不再重试 | 已停止投递",
)
"""These outweigh words of delay: a report tells both where the last attempt was put off once more."""

LABELS: Final = _phrases(
    "rcpt to | recipient | delivered to | deliver to | delivering | deliver message to | destination",
    "target mail address | emailaddress | errors: | user | mailbox | undeliverable | to: | userid | attempts: | failed",
    "收件人 | 收信人 | 收件地址 | 接收人 | 发送到 | 发送至 | 投递到 | 投递至 | 传递给 | 发往 | 地址 | 宛先",
)
"""Words before the address of a recipient on its line."""

CHALLENGES: Final = _phrases(
    "confirm | whitelist | verify that you | click the link | challenge | 点击链接 | 验证您 | 确认您",
)
"""Somebody's filter asks the sender to prove to be a person: no bounce, although nothing was delivered yet."""


def verdict(text: str) -> Verdict | None:
    """What the words say of the mail, or None where they say nothing; `text` in lower case, of bounded length."""
    if any(phrase in text for dialect in DIALECTS for phrase in dialect.delayed):
        return "failed" if any(phrase in text for phrase in GIVEN_UP) else "delayed"
    return "failed" if any(phrase in text for dialect in DIALECTS for phrase in dialect.failed) else None
