"""Habits of people, whatever the client: answers below or between, nothing at all, texts that look like a quote."""

from dataclasses import replace
from random import Random
from typing import Final

from notifications.inbound.replies import MARKER
from tests.unit.inbound.clients.dates import chinese_day
from tests.unit.inbound.clients.story import Story, story
from tests.unit.inbound.clients.writing import Written, answered, chosen, divs, prefixed

CHARSETS: Final = ("utf-8", "gb18030")
NO_QUOTES: Final = (
    "我今天收到一封可疑邮件，\n发件人：hr@evil.example\n主题：工资补贴\n时间：今天上午\n请核查，我没有点链接。",
    "发件人不认识，主题是“工资补贴”。\n收件人有很多。\n> 5000 元的采购需要审批吗？\n谢谢",
    "他在邮件中写道：数据已经删除。\n我们不相信。",
    "会议纪要\n时间：2026年3月10日 10:00\n地点：二楼\n参加：张三、李四\n张三写道：\n（无）",
    "2026年3月10日的公告里，公司写道：\n“禁止外发。”\n请解释。",
    "On 10 March the auditor wrote:\nno findings.\nIs that right?",
    "From: the office\nTo: the bank\nwe have three ways to go.",
    "---\n第一部分\n---\n第二部分\n________\n签字",
    "From Monday on, please use the new form.\nSent from my side, nothing else.",
    "发自我的内心，感谢大家。",
    "原始邮件\n已经删除了，找不回来。",
    "Original\nand copy are both in the safe.",
    "-- 第一点\n说明\n-- 第二点\n说明",
    "| 系统 | 负责人 |\n| OA | 张三 |\n| 邮件 | 李四 |",
    "请把这封邮件转发给法务。\n转发邮件时不要改主题。",
)
UNKNOWN: Final = (
    "Duly <duly@mingchuan.example> escribió el 10/3/2026 a las 10:00:", "---- Duly ha scritto 10/3/26 ----",
    "Am 10.03.26 um 10:00 schrieb Duly:", "",
)  # fmt: skip


def between(rng: Random) -> Written:
    """Answers between the quoted lines."""
    told = story(rng, "zh")
    said = f"在 {told.at:%Y/%m/%d %H:%M}, {told.asker.name or told.asker.address} 写道:"
    first, second = prefixed("1. 范围是什么？\n   请写清楚。"), prefixed(">> 谁负责？\n> 谁复核？", ">")
    plain = f"您好：\n\n{said}\n{first}\n\n全部服务器。\n\n{second}\n张三负责。\n\n> 谢谢\n\n{told.answer}\n"
    return _habit(told, "between", plain, f"您好：\n全部服务器。\n张三负责。\n{told.answer}")


def above_and_below(rng: Random) -> Written:
    """An answer above the quote and a postscript below it."""
    told = story(rng, "en")
    said = f"On {told.at:%d/%m/%Y %H:%M}, {told.asker.shown} wrote:"
    plain = f"{told.answer}\n\n{said}\n{prefixed(told.body)}\n\nPS: I am away tomorrow.\n"
    return _habit(told, "above and below", plain, f"{told.answer}\nPS: I am away tomorrow.")


def below_in_html(rng: Random) -> Written:
    """The answer below a quote, in HTML alone."""
    told = story(rng, "zh")
    html = (
        f"<div class='moz-cite-prefix'>在 {told.at:%Y/%m/%d %H:%M}, 李四 写道:<br></div><blockquote type='cite'>"
        f"{divs(told.body)}</blockquote>{divs(told.answer)}"
    )
    return replace(_habit(told, "below, HTML alone", None, told.answer), html=html)


def nothing(rng: Random) -> Written:
    """An answer without a word: to our own mail, or with an attribution; nothing is taken for the writer's."""
    told = story(rng, "zh")
    ours, day = f"{MARKER}\n\n{told.body}", chinese_day(told.at)
    head = f"发件人: {told.asker.shown}\n发送时间: {day}\n收件人: {told.writer.shown}\n主题: {told.subject}"
    said = f"在 {day}，10:00，{told.asker.shown} 写道：\n\n{prefixed(told.body)}"
    plain = chosen(
        rng, f"\n\n------------------ 原始邮件 ------------------\n{head}\n\n{ours}", f"\n{head}\n\n{ours}",
        f"\n发自我的iPhone\n\n{said}", f"\n\n\n---- 回复的原邮件 ----\n| 发件人 | {told.asker.shown} |\n{told.body}",
        prefixed(told.body),
    )  # fmt: skip
    return replace(_habit(told, "nothing", plain, ""), signature=None)


def marked(rng: Random) -> Written:
    """A client that nobody knows, but our own line stands in what it quotes."""
    told = story(rng, "zh")
    line = chosen(rng, MARKER, f"———— {MARKER} ————", f"{MARKER} ", f"-- {MARKER} --")
    plain = f"{told.answer}\n\n{rng.choice(UNKNOWN)}\n\n{line}\n\n{told.body}"
    return _habit(told, "marked", plain, told.answer)


def no_quote(rng: Random) -> Written:
    """Texts that look like a quote and are none: reports of mails, minutes, comparisons."""
    told, text = story(rng, "zh"), rng.choice(NO_QUOTES)
    return replace(_habit(told, "no quote", text, text), quoted=False, signature=None)


def red_letters(rng: Random) -> Written:
    """Answers written into an unmarked quote, as the writer says: it cannot be told apart, so all of it is kept."""
    told = story(rng, "zh")
    word = chosen(
        rng, "您好，\n答复见下方红字。", "请看下文，谢谢", "收到可疑邮件如下：", "See my answers inline below."
    )
    when = f"{chinese_day(told.at)} 10:00"
    head = f"发件人: {told.asker.shown}\n发送时间: {when}\n收件人: {told.writer.shown}\n主题: {told.subject}"
    plain = f"{word}\n\n{head}\n\n{told.body.replace(MARKER, '')}\n【红字】周五完成"
    return replace(_habit(told, "red letters", plain, plain), quoted=False, signature=None)


def _habit(told: Story, variation: str, plain: str | None, new: str) -> Written:
    return replace(answered(told, "Habit", variation, plain), new=new, charsets=CHARSETS)


CLIENTS: Final = (between, above_and_below, below_in_html, nothing, marked, no_quote, red_letters)
