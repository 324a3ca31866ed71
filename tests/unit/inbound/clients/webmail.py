"""Gmail, Yahoo and Lark (Feishu)."""

import textwrap
from html import escape
from random import Random
from typing import Final

from tests.unit.inbound.clients.dates import DAYS, WHOLE_DAYS, chinese_clock, chinese_day, clock, english_day, weekday
from tests.unit.inbound.clients.story import Story, story
from tests.unit.inbound.clients.writing import Written, coded, divs, prefixed


def _said(told: Story, rng: Random) -> str:
    at, who = told.at, told.asker.shown if told.asker.name else f"<{told.asker.address}>"
    if told.language == "zh":
        time = rng.choice((f"{at:%H:%M}", chinese_clock(at)))
        return f"{who} 于{chinese_day(at)}周{weekday(at)} {time}写道："
    if told.language == "tw":
        return f"{who} 於 {chinese_day(at)} 週{weekday(at)} {chinese_clock(at)}寫道："
    time, space = clock(at), rng.choice((" ", "\N{NARROW NO-BREAK SPACE}"))
    return rng.choice((
        f"On {DAYS[at.weekday()]}, {english_day(at)} at {time.replace(' ', space)} {who} wrote:",
        f"On {DAYS[at.weekday()]}, {english_day(at)}, {time.replace(' ', space)} {who} wrote:",
        f"On {DAYS[at.weekday()]}, {at.day} {english_day(at).split()[0]} {at.year} at {at:%H:%M}, {who} wrote:",
    ))  # fmt: skip


def gmail(rng: Random) -> Written:
    """The plain text is wrapped, so that an attribution may take three lines; the quote has `> `."""
    told = story(rng, rng.choice(("zh", "zh", "tw", "en")))
    said = _said(told, rng)
    wrapped = "\n".join(textwrap.wrap(said, rng.choice((40, 60, 76)), break_long_words=False, break_on_hyphens=False))
    plain = f"{told.answer}\n\n{wrapped}\n\n{prefixed(told.body)}\n"
    html = (
        f'<div dir="ltr">{divs(told.answer)}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" '
        f'class="gmail_attr">{escape(said, quote=False)}<br></div><blockquote class="gmail_quote" '
        f'style="margin:0px 0px 0px 0.8ex">{divs(told.body)}</blockquote></div>\n'
    )
    return _from(told, "Gmail", f"{told.language}, {wrapped.count(chr(10)) + 1} lines", plain, html, rng)


def gmail_signed(rng: Random) -> Written:
    """With the writer's signature below `-- `, under the quote or over it."""
    told = story(rng, rng.choice(("zh", "en")))
    said, signature = _said(told, rng), f"{told.writer.name or 'W'}\n信息安全部\n+86 10 5555 0100"
    above = rng.random() < 0.5
    quote = f"{said}\n\n{prefixed(told.body)}\n"
    plain = f"{told.answer}\n\n" + (f"-- \n{signature}\n\n\n{quote}" if above else f"{quote}\n\n-- \n{signature}\n")
    return _from(told, "Gmail", f"signature {'above' if above else 'below'}", plain, None, rng, signature)


def gmail_old(rng: Random) -> Written:
    """Before 2016 the Chinese attribution was a time, its zone, the name and a colon."""
    told = story(rng, "zh")
    said = f"{told.at:%Y-%m-%d %H:%M} GMT+08:00 {told.asker.shown if told.asker.name else f'<{told.asker.address}>'}:"
    plain = f"{told.answer}\n\n{said}\n\n{prefixed(told.body)}\n"
    return _from(told, "Gmail", "old", plain, None, rng)


def yahoo_phone(rng: Random) -> Written:
    """The quote begins in the line of the attribution; nothing marks it."""
    told = story(rng, rng.choice(("zh", "en")))
    signature = "Sent from Yahoo Mail on Android" if told.language == "en" else "从雅虎邮箱 Android 版发送"
    who = told.asker.shown.replace(" <", "<")
    said = f"On {DAYS[told.at.weekday()]}, {told.at.day} {english_day(told.at).split()[0]} {told.at.year} at {told.at:%H:%M}, {who} wrote: "
    plain = f"{told.answer}\n\n{signature} \n \n  {said}  {told.body}\n  \n"
    html = (
        f"{told.answer.replace(chr(10), '<br>')}<br><br><div id='ymail_android_signature'><a href='https://go.example/x'>"
        f"{signature}</a></div> <br> <blockquote style='margin: 0 0 20px 0;'> <div style='color:#6D00F6;'> <div>"
        f"{escape(said[: said.rindex(who)] + who.partition('<')[0])}</div><div>&lt;{told.asker.address}&gt; wrote:</div> </div> "
        f"<div style='padding: 10px 0 0 20px;'> {divs(told.body)}</div> </blockquote>"
    )
    return _from(told, "Yahoo", f"phone, {told.language}", plain, html, rng, signature)


def yahoo_web(rng: Random) -> Written:
    """Indented attribution with a zone; the quote is indented by one space or not at all."""
    told = story(rng, rng.choice(("zh", "en")))
    at, who = told.at, told.asker.shown if told.asker.name else f"<{told.asker.address}>"
    if told.language == "zh":
        said = f"在 {chinese_day(at)}星期{weekday(at)} GMT+8 {chinese_clock(at)}:{at:%S}， {who} 写道： "
    else:
        said = f"On {WHOLE_DAYS[at.weekday()]}, {english_day(at)}, {at:%I:%M:%S} {clock(at)[-2:]} GMT+8, {who} wrote:  "
    plain = f"{told.answer}\n\n\n\n    {said}\n \n {told.body}  "
    html = (
        f"<div class='ydp-yahoo-style-wrap'>{divs(told.answer, ' dir=ltr data-setdir=false')}<div><br></div></div>"
        "<div id='ydpyahoo_quoted_1' class='ydpyahoo_quoted'>\n            <div style='color:#26282a;'>\n                \n"
        f"                <div>\n                    {escape(said, quote=False)}\n                </div>\n"
        f"                <div><br></div>\n                <div>{divs(told.body)}</div>\n            </div>\n        </div>"
    )
    return _from(told, "Yahoo", f"web, {told.language}", plain, html, rng)


def lark(rng: Random) -> Written:
    """Fields in a grey box; in its plain text no empty line is above them."""
    told = story(rng, rng.choice(("zh", "en")))
    labels = (
        ("发件人", "时间", "主题", "收件人", "抄送")
        if told.language == "zh"
        else ("From", "Date", "Subject", "To", "Cc")
    )
    when = f"{chinese_day(told.at)} (周{weekday(told.at)}) {told.at:%H:%M}"
    who = f'"{told.asker.name}"<{told.asker.address}>' if told.asker.name else f"<{told.asker.address}>"
    copied = ", ".join(f'"{one.name}"<{one.address}>' for one in told.others)
    rows = [
        row for row in zip(labels, (who, when, told.subject, f"<{told.writer.address}>", copied), strict=True) if row[1]
    ]
    head = "\n".join(f"{label}: {value}" for label, value in rows)
    signature = rng.choice(("", "", "发自飞书邮箱" if told.language == "zh" else "Sent from Lark Mail"))
    plain = f"{told.answer}{f'{chr(10)}{signature}' if signature else ''}\n{head}\n{told.body}\n"
    html = (
        f"<html><head></head><body><div id='editor_version_1.18.0_Z9XGVj71' style='word-break:break-word'>{divs(told.answer)}"
        f"{f'<div>{signature}</div>' if signature else ''}</div><div class='history-quote-wrapper' id='lark-mail-quote-1748'>"
        "<div class='adit-html-block adit-html-block--collapsed'><div><div class='adit-html-block__attr' style='padding:12px'>"
        + "".join(
            f"<div><span style='white-space:nowrap'>{label}: </span> <span>{escape(value)}</span></div>"
            for label, value in rows
        )
        + f"</div><div>{divs(told.body)}</div></div></div></div></body></html>"
    )
    return _from(told, "Lark", told.language, plain, html, rng, signature)


def _from(
    told: Story, client: str, variation: str, plain: str, html: str | None, rng: Random, signature: str = ""
) -> Written:
    written = Written(
        client, variation, plain, html, told.answer, signature, subject=f"Re: {told.subject}", sender=told.writer
    )
    charsets = ("big5", "utf-8") if told.language == "tw" else ("utf-8",)
    return coded(written, rng, charsets)


CLIENTS: Final = (gmail, gmail_signed, gmail_old, yahoo_phone, yahoo_web, lark)
