"""Apple Mail, Thunderbird, Evolution, and the mail programs of phones: Huawei, Xiaomi, Samsung, 139."""

from dataclasses import replace
from html import escape
from random import Random
from typing import Final

from tests.unit.inbound.clients.dates import (
    DAYS,
    chinese_clock,
    chinese_day,
    clock,
    day_and_month,
    english_day,
    weekday,
)
from tests.unit.inbound.clients.story import story
from tests.unit.inbound.clients.writing import SPACE, Written, answered, bold, chosen, divs, prefixed

APPLE: Final = ("utf-8", "gb2312", "us-ascii")
PHONES: Final = (
    "发自我的华为手机", "从我的华为手机发送", "发自我的荣耀手机", "发自我的小米手机", "发自我的 vivo 手机",
    "从我的 Galaxy 发送", "",
)  # fmt: skip


def apple(rng: Random) -> Written:
    """On a Mac: an attribution in the language of the system, which newer versions put into the quote."""
    told = story(rng, rng.choice(("zh", "en")))
    at, who, inside = told.at, told.asker.shown, rng.random() < 0.5
    said = chosen(
        rng, f"On {day_and_month(at)} {at.year}, at {at:%H:%M}, {who} wrote:",
        f"On {english_day(at)}, at {clock(at)}, {who} wrote:",
    )  # fmt: skip
    if told.language == "zh":
        day, time = chinese_day(at), chosen(rng, chinese_clock(at), f"{at:%H:%M}")
        said = f"{chosen(rng, f'在 {day}，', f'{day} ', f'于 {day}，')}{time}，{who} 写道："
    quote = f"{prefixed(said)}\n> \n{prefixed(told.body)}" if inside else f"{said}\n\n{prefixed(told.body)}"
    html = (
        f'<html><head></head><body style="overflow-wrap: break-word;">{divs(told.answer)}<div><br>'
        f'<blockquote type="cite"><div>{escape(said, quote=False)}</div><br class="Apple-interchange-newline">'
        f"<div>{divs(told.body)}</div></blockquote></div><br></body></html>"
    )
    written = answered(told, "Apple", "Mac, inside" if inside else "Mac", f"{told.answer}\n\n{quote}\n\n", html)
    return replace(written, charsets=APPLE, mailer="Apple Mail (2.3601.0.10)")


def iphone(rng: Random) -> Written:
    """The phone's line, the attribution, both marked as quoted or none of them."""
    told = story(rng, rng.choice(("zh", "en")))
    at, who = told.at, told.asker.shown
    signature, said = "Sent from my iPhone", f"On {english_day(at)}, at {clock(at)}, {who} wrote:"
    if told.language == "zh":
        signature = chosen(rng, "发自我的iPhone", "发自我的 iPhone")
        said = f"在 {chinese_day(at)}，{chosen(rng, chinese_clock(at), f'{at:%H:%M}')}，{who} 写道："
    marked, bare = prefixed(f"{said}\n\n{told.body}"), f"{said}\n\n{prefixed(told.body)}"
    plain = f"{told.answer}\n\n{signature}\n\n{chosen(rng, marked, bare)}\n"
    html = (
        f'<html><body dir="auto">{divs(told.answer)}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">{signature}'
        f'</div><div dir="ltr"><br><blockquote type="cite">{escape(said, quote=False)}<br><br></blockquote></div>'
        f'<blockquote type="cite"><div dir="ltr">\N{ZERO WIDTH NO-BREAK SPACE}{divs(told.body)}</div></blockquote>'
    )
    written = answered(told, "Apple", "iPhone", plain, html)
    return replace(written, signature=signature, charsets=APPLE, mailer="iPhone Mail (18G82)")


def thunderbird(rng: Random) -> Written:
    """Dates with slashes, no address; the answer above or (its default) below the quote."""
    told = story(rng, rng.choice(("zh", "zh", "en")))
    at, who = told.at, told.asker.name or told.asker.address
    short, long = f"{at.year}/{at.month}/{at.day}", f"{at:%Y/%m/%d}"
    said = chosen(
        rng, f"在 {short} {at:%H:%M}, {who} 写道:", f"在 {long} 星期{weekday(at)} {at:%H:%M}, {who} 写道:",
        f"在 {short} {chinese_clock(at)}, {who} 写道:", f"于 {long} {at:%H:%M}, {who} 写道:",
    )  # fmt: skip
    if told.language == "en":
        short = f"{at.month}/{at.day}/{at:%y} {clock(at)}"
        said = f"On {chosen(rng, short, f'{at:%d/%m/%Y %H:%M}', f'{at:%Y-%m-%d %H:%M}')}, {who} wrote:"
    below, signature = rng.random() < 0.5, chosen(rng, "", "", f"{told.writer.name or 'Mail'}\n信息安全部")
    quote, under = f"{said}\n{prefixed(told.body)}", f"\n\n-- \n{signature}\n" if signature else "\n"
    plain = f"{quote}\n\n{told.answer}{under}" if below else f"{told.answer}\n\n{quote}{under}"
    return replace(answered(told, "Thunderbird", "below" if below else "above", plain), signature=signature)


def evolution(rng: Random) -> Written:
    """Evolution: the zone in the attribution, which is not translated everywhere."""
    told = story(rng, rng.choice(("zh", "en")))
    at, who = told.at, told.asker.name or told.asker.address
    said = f"On {DAYS[at.weekday()]}, {at:%Y-%m-%d} at {at:%H:%M} +0800, {who} wrote:"
    if told.language == "zh" and rng.random() < 0.5:
        said = f"在 {at:%Y-%m-%d}星期{weekday(at)}的 {at:%H:%M} +0800，{who}写道："
    return answered(told, "Evolution", "3", f"{told.answer}\n\n{said}\n{prefixed(told.body)}\n")


def handset(rng: Random) -> Written:
    """Huawei, Honor, Xiaomi, Samsung: eight dashes, 日期 or 发送时间, full-width colons."""
    told = story(rng, rng.choice(("zh", "zh", "en")))
    at = told.at
    signature = chosen(rng, "Sent from my Huawei phone", "Sent from my Galaxy", "Sent from my Xiaomi", "")
    line, labels, colon = "-------- Original message --------", ("From", "Date", "To", "Subject"), ": "
    when = f"{at.month}/{at.day}/{at:%y} {at:%H:%M} (GMT+08:00)"
    if told.language == "zh":
        signature, colon = rng.choice(PHONES), chosen(rng, ": ", "：")
        line = f"--------{chosen(rng, ' ', SPACE)}{chosen(rng, '原始邮件', '原始信息')} --------"
        labels = ("发件人", chosen(rng, "日期", "发送时间", "时间"), "收件人", "主题")
        when = f"{chinese_day(at)}周{weekday(at)} {chinese_clock(at)}"
    rows = list(zip(labels, (told.asker.shown, when, told.writer.shown, told.subject), strict=True))
    head = "\n".join(f"{label}{colon}{value}" for label, value in (rng.sample(rows, 4) if rng.random() < 0.2 else rows))
    plain = f"{told.answer}\n\n{signature}\n\n{line}\n{chosen(rng, '', chr(10))}{head}\n\n{told.body}"
    html = (
        f"<p dir='auto'>{told.answer.replace(chr(10), '<br>')}</p><div id='signature'>{signature}</div><br>"
        f"<div class='gmail_quote'>{line.replace(' ', '&nbsp;')}<br>{bold(rows, colon)}"
        f"<blockquote class='quote'>{divs(told.body)}</blockquote></div>"
    )
    written = answered(told, "Phone", line, plain, html)
    return replace(written, signature=signature, charsets=("utf-8", "gbk"))


def mail139(rng: Random) -> Written:
    """China Mobile's web page."""
    told = story(rng, "zh")
    when = f"{chinese_day(told.at)} 星期{weekday(told.at)} {told.at:%H:%M}"
    head = f"发件人: {told.asker.shown}\n时间: {when}\n收件人: {told.writer.shown}\n主题: {told.subject}"
    line = f"------------------{SPACE}原始邮件{SPACE}------------------"
    plain = f"{told.answer}\n\n\n{line}\n{head}\n\n{told.body}"
    html = (
        f"{divs(told.answer)}<div id='signContainer'></div><hr id='replySplit'><div id='reply139content'>"
        f"<div id='mainReplyContent'><div>{line}</div>{divs(head)}<br>{divs(told.body)}</div></div>"
    )
    return replace(answered(told, "139", "web", plain, html), charsets=("utf-8", "gbk"))


CLIENTS: Final = (apple, iphone, thunderbird, evolution, handset, mail139)
