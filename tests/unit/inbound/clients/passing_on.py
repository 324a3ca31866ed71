"""Mails that are passed on: what their sender wants to be seen is the mail in them."""

from dataclasses import replace
from random import Random
from typing import Final

from notifications.inbound.replies import MARKER
from tests.unit.inbound.clients.dates import chinese_day, weekday
from tests.unit.inbound.clients.story import Story, story
from tests.unit.inbound.clients.writing import Written, answered, prefixed

WORDS: Final = (
    "",
    "",
    "请处理\n\n",
    "FYI\n\n",
    "请处理\n\n发自我的iPhone\n\n",
    "请法务和信息安全部一起看，周五前答复。\n\n张三\n",
)
SILENT_LINES: Final = (
    "", "------------------ 原始邮件 ------------------\n", "-----邮件原件-----\n", "_" * 32 + "\n",
)  # fmt: skip
SILENT_WORDS: Final = (
    ("", "转发: x"), ("", "x"), ("请处理，谢谢\n\n", "转发: x"), ("见附\n\n", "Fw: x"), ("请开单\n\n", "FW: 答复: x"),
)  # fmt: skip


def with_a_line(rng: Random) -> Written:
    """With the client's own line for it, with or without a word of one's own."""
    told = story(rng, "zh")
    make = rng.choice((netease, gmail, outlook_text, apple_chinese, apple_english, master, lark))
    word, quote = rng.choice(WORDS), make(told)
    written = _passed_on(told, make.__name__, word + quote, word.replace("发自我的iPhone", "") + quote)
    return replace(written, subject=f"Fw:{told.subject}")


def silently(rng: Random) -> Written:
    """Outlook and QQ write the same fields as in an answer: the subject tells, or that nothing stands above them."""
    told = story(rng, "zh")
    when = f"{chinese_day(told.at)} {told.at:%H:%M}"
    head = f"发件人: {told.asker.shown}\n发送时间: {when}\n收件人: {told.writer.shown}\n主题: {told.subject}"
    line, (word, subject) = rng.choice(SILENT_LINES), rng.choice(SILENT_WORDS)
    body = f"{head}\n\n{told.body.replace(MARKER, '')}\n"
    new = f"{word}{'' if line.startswith('_') else line}{body}"
    return replace(_passed_on(told, "silently", f"{word}{line}{body}", new), subject=subject)


def netease(told: Story) -> str:
    """163's web page."""
    return f"-------- 转发邮件信息 --------\n{_fields(told)}\n\n{told.body}"


def outlook_text(told: Story) -> str:
    """Five dashes."""
    return f"-----转发邮件-----\n{_fields(told)}\n\n{told.body}"


def gmail(told: Story) -> str:
    """Half in English."""
    when = f"{chinese_day(told.at)}周{weekday(told.at)} {told.at:%H:%M}"
    head = f"发件人： {told.asker.shown}\nDate: {when}\nSubject: {told.subject}\nTo: <x@qq.example>"
    return f"---------- Forwarded message ---------\n{head}\n\n\n{told.body}"


def apple_chinese(told: Story) -> str:
    """A sentence, and everything marked with `>`."""
    when = f"{chinese_day(told.at)} GMT+8 14:44:02"
    head = f"发件人: {told.asker.shown}\n主题: {told.subject}\n日期: {when}\n收件人: x@qq.example"
    return f"下面是被转发的邮件：\n\n{prefixed(f'{head}{chr(10)}{chr(10)}{told.body}')}"


def apple_english(told: Story) -> str:
    """The same in English."""
    head = f"From: {told.asker.shown}\nSubject: {told.subject}\nDate: 10 March 2026 at 10:00:00 GMT+8\nTo: x@a.example"
    return f"Begin forwarded message:\n\n{prefixed(f'{head}{chr(10)}{chr(10)}{told.body}')}"


def master(told: Story) -> str:
    """NetEase's Mail Master: a table."""
    rows = f"| 发件人 | {told.asker.shown} |\n| 日期 | {told.at:%Y-%m-%d} |\n| 收件人 |  |\n| 主题 | {told.subject} |"
    return f"---- 转发的邮件 ----\n{rows}\n{told.body}"


def lark(told: Story) -> str:
    """Nine dashes, no empty line below the fields."""
    head = f"发件人: {told.asker.shown}\n时间: {told.at:%Y-%m-%d}\n主题: {told.subject}\n收件人: x@a.example"
    return f"--------- 转发消息 ---------\n{head}\n{told.body}"


def _fields(told: Story) -> str:
    sender, when = f'"{told.asker.name}" <{told.asker.address}>', f"{told.at:%Y-%m-%d %H:%M:%S}"
    return f'发件人：{sender}\n发送日期：{when}\n收件人："" <x@163.example>\n主题：{told.subject}'


def _passed_on(told: Story, variation: str, plain: str, new: str) -> Written:
    written = answered(told, "Passed on", variation, plain)
    return replace(written, new=new, quoted=False, signature=None, charsets=("utf-8", "gb18030"))


CLIENTS: Final = (with_a_line, silently)
