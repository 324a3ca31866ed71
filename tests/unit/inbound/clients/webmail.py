"""Gmail, Yahoo and Lark (Feishu)."""

import textwrap
from dataclasses import replace
from html import escape
from random import Random
from typing import Final

from tests.unit.inbound.clients.dates import (
    DAYS,
    WHOLE_DAYS,
    chinese_clock,
    chinese_day,
    clock,
    day_and_month,
    english_day,
    weekday,
)
from tests.unit.inbound.clients.story import Story, story
from tests.unit.inbound.clients.writing import Written, answered, chosen, divs, prefixed, rows_of


def _who(told: Story) -> str:
    return told.asker.shown if told.asker.name else f"<{told.asker.address}>"


def _said(told: Story, rng: Random) -> str:
    at, who = told.at, _who(told)
    if told.language == "zh":
        return f"{who} 于{chinese_day(at)}周{weekday(at)} {chosen(rng, f'{at:%H:%M}', chinese_clock(at))}写道："
    if told.language == "tw":
        return f"{who} 於 {chinese_day(at)} 週{weekday(at)} {chinese_clock(at)}寫道："
    day, time = DAYS[at.weekday()], clock(at).replace(" ", chosen(rng, " ", "\N{NARROW NO-BREAK SPACE}"))
    return chosen(
        rng, f"On {day}, {english_day(at)} at {time} {who} wrote:", f"On {day}, {english_day(at)}, {time} {who} wrote:",
        f"On {day}, {day_and_month(at)} {at.year} at {at:%H:%M}, {who} wrote:",
    )  # fmt: skip


def gmail(rng: Random) -> Written:
    """The plain text is wrapped, so that an attribution may take three lines; the quote has `> `."""
    told = story(rng, rng.choice(("zh", "zh", "tw", "en")))
    said = _said(told, rng)
    lines = textwrap.wrap(said, rng.choice((40, 60, 76)), break_long_words=False, break_on_hyphens=False)
    plain = f"{told.answer}\n\n{chr(10).join(lines)}\n\n{prefixed(told.body)}\n"
    html = (
        f'<div dir="ltr">{divs(told.answer)}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" '
        f'class="gmail_attr">{escape(said, quote=False)}<br></div><blockquote class="gmail_quote" '
        f'style="margin:0px 0px 0px 0.8ex">{divs(told.body)}</blockquote></div>\n'
    )
    written = answered(told, "Gmail", f"{len(lines)} lines", plain, html)
    return replace(written, charsets=("big5", "utf-8") if told.language == "tw" else ("utf-8",))


def gmail_signed(rng: Random) -> Written:
    """With the writer's signature below `-- `, under the quote or over it."""
    told = story(rng, rng.choice(("zh", "en")))
    said, signature = _said(told, rng), f"{told.writer.name or 'W'}\n信息安全部\n+86 10 5555 0100"
    above = rng.random() < 0.5
    quote = f"{said}\n\n{prefixed(told.body)}\n"
    plain = f"{told.answer}\n\n" + (f"-- \n{signature}\n\n\n{quote}" if above else f"{quote}\n\n-- \n{signature}\n")
    written = answered(told, "Gmail", f"signature {'above' if above else 'below'}", plain)
    return replace(written, signature=signature)


def gmail_old(rng: Random) -> Written:
    """Before 2016 the Chinese attribution was a time, its zone, the name and a colon."""
    told = story(rng, "zh")
    said = f"{told.at:%Y-%m-%d %H:%M} GMT+08:00 {_who(told)}:"
    return answered(told, "Gmail", "old", f"{told.answer}\n\n{said}\n\n{prefixed(told.body)}\n")


def yahoo_phone(rng: Random) -> Written:
    """The quote begins in the line of the attribution; nothing marks it."""
    told = story(rng, rng.choice(("zh", "en")))
    signature = "Sent from Yahoo Mail on Android" if told.language == "en" else "从雅虎邮箱 Android 版发送"
    when = f"On {DAYS[told.at.weekday()]}, {day_and_month(told.at)} {told.at.year} at {told.at:%H:%M}, "
    said = f"{when}{told.asker.shown.replace(' <', '<')} wrote: "
    plain = f"{told.answer}\n\n{signature} \n \n  {said}  {told.body}\n  \n"
    html = (
        f"{told.answer.replace(chr(10), '<br>')}<br><br><div id='ymail_android_signature'><a href='https://go.example/x'>"
        f"{signature}</a></div> <br> <blockquote style='margin: 0 0 20px 0;'> <div style='color:#6D00F6;'> <div>"
        f"{escape(when + told.asker.name)}</div><div>&lt;{told.asker.address}&gt; wrote:</div> </div> "
        f"<div style='padding: 10px 0 0 20px;'> {divs(told.body)}</div> </blockquote>"
    )
    return replace(answered(told, "Yahoo", "phone", plain, html), signature=signature)


def yahoo_web(rng: Random) -> Written:
    """Indented attribution with a zone; the quote is indented by one space or not at all."""
    told = story(rng, rng.choice(("zh", "en")))
    at, who = told.at, _who(told)
    said = f"在 {chinese_day(at)}星期{weekday(at)} GMT+8 {chinese_clock(at)}:{at:%S}， {who} 写道： "
    if told.language == "en":
        said = f"On {WHOLE_DAYS[at.weekday()]}, {english_day(at)}, {at:%I:%M:%S %p} GMT+8, {who} wrote:  "
    plain = f"{told.answer}\n\n\n\n    {said}\n \n {told.body}  "
    inside = "\n                "
    html = (
        f"<div class='ydp-yahoo-style-wrap'>{divs(told.answer, ' dir=ltr data-setdir=false')}<div><br></div></div>"
        f"<div id='ydpyahoo_quoted_1' class='ydpyahoo_quoted'>\n            <div style='color:#26282a;'>{inside}\n"
        f"{inside}<div>{inside}    {escape(said, quote=False)}{inside}</div>{inside}<div><br></div>{inside}"
        f"<div>{divs(told.body)}</div>\n            </div>\n        </div>"
    )
    return answered(told, "Yahoo", "web", plain, html)


def lark(rng: Random) -> Written:
    """Fields in a grey box; in its plain text no empty line is above them."""
    told = story(rng, rng.choice(("zh", "en")))
    labels, signature = ("From", "Date", "Subject", "To", "Cc"), chosen(rng, "", "", "Sent from Lark Mail")
    if told.language == "zh":
        labels, signature = ("发件人", "时间", "主题", "收件人", "抄送"), chosen(rng, "", "", "发自飞书邮箱")
    when = f"{chinese_day(told.at)} (周{weekday(told.at)}) {told.at:%H:%M}"
    sender = f'"{told.asker.name}"<{told.asker.address}>' if told.asker.name else f"<{told.asker.address}>"
    copied = ", ".join(f'"{one.name}"<{one.address}>' for one in told.others)
    rows = rows_of(labels, (sender, when, told.subject, f"<{told.writer.address}>", copied))
    head = "\n".join(f"{label}: {value}" for label, value in rows)
    plain = f"{told.answer}\n{signature and signature + chr(10)}{head}\n{told.body}\n"
    row = "<div><span style='white-space:nowrap'>{}: </span> <span>{}</span></div>"
    html = (
        f"<html><head></head><body><div id='editor_version_1.18.0' style='word-break:break-word'>{divs(told.answer)}"
        f"<div>{signature}</div></div><div class='history-quote-wrapper' id='lark-mail-quote-1748'>"
        "<div class='adit-html-block adit-html-block--collapsed'><div><div class='adit-html-block__attr'>"
        + "".join(row.format(label, escape(value)) for label, value in rows)
        + f"</div><div>{divs(told.body)}</div></div></div></div></body></html>"
    )
    return replace(answered(told, "Lark", "app", plain, html), signature=signature)


CLIENTS: Final = (gmail, gmail_signed, gmail_old, yahoo_phone, yahoo_web, lark)
