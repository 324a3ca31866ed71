"""Habits of people, whatever the client: answers below or between, passing on, writing nothing, writing like a mail."""

from dataclasses import replace
from random import Random
from typing import Final

from tests.unit.inbound.clients.dates import chinese_day, weekday
from tests.unit.inbound.clients.story import story
from tests.unit.inbound.clients.writing import Written, coded, divs, prefixed

CHARSETS: Final = ("utf-8", "gb18030")
MARKER: Final = "请在此线以上回复 / Reply above this line"


def _plain(variation: str, plain: str, new: str, rng: Random, **more: object) -> Written:
    return replace(coded(Written("Habit", variation, plain, None, new), rng, CHARSETS), **more)  # type: ignore[arg-type]


def between(rng: Random) -> Written:
    """Answers between the quoted lines."""
    told = story(rng, "zh")
    said = f"在 {told.at:%Y/%m/%d %H:%M}, {told.asker.name or told.asker.address} 写道:"
    first, second = prefixed("1. 范围是什么？\n   请写清楚。"), prefixed(">> 谁负责？\n> 谁复核？", ">")
    plain = f"您好：\n\n{said}\n{first}\n\n全部服务器。\n\n{second}\n张三负责。\n\n> 谢谢\n\n{told.answer}\n"
    return _plain("between", plain, f"您好：\n全部服务器。\n张三负责。\n{told.answer}", rng)


def above_and_below(rng: Random) -> Written:
    """An answer above the quote and a postscript below it."""
    told = story(rng, "en")
    said = f"On {told.at:%d/%m/%Y %H:%M}, {told.asker.shown} wrote:"
    plain = f"{told.answer}\n\n{said}\n{prefixed(told.body)}\n\nPS: I am away tomorrow.\n"
    return _plain("above and below", plain, f"{told.answer}\nPS: I am away tomorrow.", rng)


def passed_on(rng: Random) -> Written:
    """A mail passed on with the client's own line for it: its content is the content, with or without a word."""
    told = story(rng, "zh")
    word = rng.choice(("", "", "请处理\n\n", "FYI\n\n", "请处理\n\n发自我的iPhone\n\n"))
    who, when = told.asker, f"{told.at:%Y-%m-%d %H:%M:%S}"
    head = f'发件人："{who.name}" <{who.address}>\n发送日期：{when}\n收件人："" <x@163.example>\n主题：{told.subject}'
    quote = rng.choice((
        f"-------- 转发邮件信息 --------\n{head}\n\n{told.body}",
        f"---------- Forwarded message ---------\n发件人： {who.shown}\nDate: {chinese_day(told.at)}周{weekday(told.at)} {told.at:%H:%M}\nSubject: {told.subject}\nTo: <x@qq.example>\n\n\n{told.body}",
        f"-----转发邮件-----\n{head}\n\n{told.body}",
        f"下面是被转发的邮件：\n\n{prefixed(f'发件人: {who.shown}{chr(10)}主题: {told.subject}{chr(10)}日期: {chinese_day(told.at)} GMT+8 14:44:02{chr(10)}收件人: x@qq.example{chr(10)}{chr(10)}{told.body}')}",
        f"---- 转发的邮件 ----\n| 发件人 | {who.shown} |\n| 日期 | {when} |\n| 收件人 |  |\n| 主题 | {told.subject} |\n{told.body}",
        f"--------- 转发消息 ---------\n发件人: {who.shown}\n时间: {when}\n主题: {told.subject}\n收件人: x@a.example\n{told.body}",
        f"Begin forwarded message:\n\n{prefixed(f'From: {who.shown}{chr(10)}Subject: {told.subject}{chr(10)}Date: 10 Mar 2026 at 10:00:00 GMT+8{chr(10)}To: x@a.example{chr(10)}{chr(10)}{told.body}')}",
    ))  # fmt: skip
    new = word.replace("发自我的iPhone", "") + quote
    return _plain("passed on", word + quote, new, rng, quoted=False, signature=None, subject=f"Fw:{told.subject}")


def passed_on_silently(rng: Random) -> Written:
    """Outlook and QQ pass on with the same fields as in an answer: the subject tells, or that nothing stands above."""
    told = story(rng, "zh")
    told = replace(told, body=told.body.replace(MARKER, ""))
    head = f"发件人: {told.asker.shown}\n发送时间: {chinese_day(told.at)} {told.at:%H:%M}\n收件人: {told.writer.shown}\n主题: {told.subject}"
    line = rng.choice(("", "------------------ 原始邮件 ------------------\n", "-----邮件原件-----\n", "_" * 32 + "\n"))
    word, subject = rng.choice(
        (
            ("", "转发: x"),
            ("", "x"),
            ("请处理，谢谢\n\n", "转发: x"),
            ("见附\n\n", "Fw: x"),
            ("请开单\n\n", "FW: 答复: x"),
        )
    )
    plain = f"{word}{line}{head}\n\n{told.body}\n"
    new = f"{word}{'' if line.startswith('_') else line}{head}\n{told.body}"
    return _plain("passed on silently", plain, new, rng, quoted=False, signature=None, subject=subject)


def nothing(rng: Random) -> Written:
    """An answer without a word: to our own mail, or with an attribution; nothing is taken for the writer's."""
    told = story(rng, "zh")
    ours = f"{MARKER}\n\n{told.body}"
    head = f"发件人: {told.asker.shown}\n发送时间: {chinese_day(told.at)}\n收件人: {told.writer.shown}\n主题: {told.subject}"
    plain = rng.choice((
        f"\n\n------------------ 原始邮件 ------------------\n{head}\n\n{ours}",
        f"\n{head}\n\n{ours}",
        f"\n发自我的iPhone\n\n在 {chinese_day(told.at)}，10:00，{told.asker.shown} 写道：\n\n{prefixed(told.body)}",
        f"\n\n\n---- 回复的原邮件 ----\n| 发件人 | {told.asker.shown} |\n{told.body}",
        prefixed(told.body),
    ))  # fmt: skip
    return _plain("nothing", plain, "", rng, signature=None)


def marked(rng: Random) -> Written:
    """A client that nobody knows, but our own line stands in what it quotes."""
    told = story(rng, "zh")
    said = rng.choice((
        "Duly <duly@mingchuan.example> escribió el 10/3/2026 a las 10:00:", "---- Duly ha scritto 10/3/26 ----",
        "Am 10.03.26 um 10:00 schrieb Duly:", "发信：Duly（2026-03-10）", "",
    ))  # fmt: skip
    line = rng.choice((MARKER, f"———— {MARKER} ————", f"{MARKER} ", f"-- {MARKER} --"))
    plain = f"{told.answer}\n\n{said}\n\n{line}\n\n{told.body}"
    written = _plain("marked", plain, told.answer, rng)
    # What neither ends with a colon nor stands between dashes may be the writer's.
    return replace(written, new=f"{told.answer}\n{said}") if said.startswith("发信") else written


def no_quote(rng: Random) -> Written:
    """Texts that look like a quote and are none: they are reports of mails, minutes, comparisons."""
    text = rng.choice((
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
    ))  # fmt: skip
    return _plain("no quote", text, text, rng, quoted=False, signature=None)


def red_letters(rng: Random) -> Written:
    """Answers written into an unmarked quote, as the writer says: it cannot be told apart, so all of it is kept."""
    told = story(rng, "zh")
    told = replace(told, body=told.body.replace(MARKER, ""))
    word = rng.choice(
        ("您好，\n答复见下方红字。", "请看下文，谢谢", "收到可疑邮件如下：", "See my answers inline below.")
    )
    head = f"发件人: {told.asker.shown}\n发送时间: {chinese_day(told.at)} 10:00\n收件人: {told.writer.shown}\n主题: {told.subject}"
    plain = f"{word}\n\n{head}\n\n{told.body}\n【红字】周五完成"
    return _plain("red letters", plain, plain, rng, quoted=False, signature=None)


def html_habit(rng: Random) -> Written:
    """The answer below a quote, in HTML alone: what the reader of mails makes of `blockquote` decides."""
    told = story(rng, "zh")
    html = f"<div class='moz-cite-prefix'>在 {told.at:%Y/%m/%d %H:%M}, 李四 写道:<br></div><blockquote type='cite'>{divs(told.body)}</blockquote>{divs(told.answer)}"
    return coded(Written("Habit", "below, HTML alone", None, html, told.answer), rng, CHARSETS)


CLIENTS: Final = (between, above_and_below, passed_on, passed_on_silently, nothing, marked, no_quote, red_letters)
