"""Apple Mail, Thunderbird, Evolution, and the mail programs of phones: Huawei, Xiaomi, Samsung, 139."""

from html import escape
from random import Random
from typing import Final

from tests.unit.inbound.clients.dates import DAYS, chinese_clock, chinese_day, clock, english_day, weekday
from tests.unit.inbound.clients.story import Story, story
from tests.unit.inbound.clients.writing import SPACE, Written, coded, divs, prefixed


def apple(rng: Random) -> Written:
    """On a Mac: an attribution in the language of the system, which newer versions put into the quote."""
    told = story(rng, rng.choice(("zh", "en")))
    at, who, inside = told.at, told.asker.shown, rng.random() < 0.5
    if told.language == "zh":
        time = rng.choice((chinese_clock(at), f"{at:%H:%M}"))
        said = rng.choice((
            f"在 {chinese_day(at)}，{time}，{who} 写道：", f"{chinese_day(at)} {time}，{who} 写道：", f"于 {chinese_day(at)}，{time}，{who} 写道：",
        ))  # fmt: skip
    else:
        month, day, year = english_day(at).split()
        said = rng.choice((
            f"On {day[:-1]} {month} {year}, at {at:%H:%M}, {who} wrote:", f"On {month} {day} {year}, at {clock(at)}, {who} wrote:",
        ))  # fmt: skip
    quote = f"{prefixed(said)}\n> \n{prefixed(told.body)}" if inside else f"{said}\n\n{prefixed(told.body)}"
    plain = f"{told.answer}\n\n{quote}\n\n"
    html = (
        '<html><head></head><body style="overflow-wrap: break-word;">'
        f'{divs(told.answer)}<div><br><blockquote type="cite"><div>{escape(said, quote=False)}</div>'
        f'<br class="Apple-interchange-newline"><div>{divs(told.body)}</div></blockquote></div><br></body></html>'
    )
    return _from(told, "Apple", f"Mac, {told.language}{', inside' if inside else ''}", plain, html, rng)


def iphone(rng: Random) -> Written:
    """The phone's line, the attribution, and everything in HTML alone with some settings."""
    told = story(rng, rng.choice(("zh", "en")))
    at, who = told.at, told.asker.shown
    signature = rng.choice(("发自我的iPhone", "发自我的 iPhone")) if told.language == "zh" else "Sent from my iPhone"
    if told.language == "zh":
        said = rng.choice(
            (
                f"在 {chinese_day(at)}，{at:%H:%M}，{who} 写道：",
                f"在 {chinese_day(at)}，{chinese_clock(at)}，{who} 写道：",
            )
        )
    else:
        said = f"On {english_day(at)}, at {clock(at)}, {who} wrote:"
    quote = prefixed(f"{said}\n\n{told.body}") if rng.random() < 0.5 else f"{said}\n\n{prefixed(told.body)}"
    plain = f"{told.answer}\n\n{signature}\n\n{quote}\n"
    html = (
        f'<html><body dir="auto">{divs(told.answer)}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">{signature}</div>'
        f'<div dir="ltr"><br><blockquote type="cite">{escape(said, quote=False)}<br><br></blockquote></div>'
        f'<blockquote type="cite"><div dir="ltr">\N{ZERO WIDTH NO-BREAK SPACE}{divs(told.body)}</div></blockquote></body></html>'
    )
    return _from(told, "Apple", f"iPhone, {told.language}", plain, html, rng, signature)


def thunderbird(rng: Random) -> Written:
    """Dates with slashes, no address; the answer above or (its default) below the quote."""
    told = story(rng, rng.choice(("zh", "zh", "en")))
    at, who = told.at, told.asker.name or told.asker.address
    if told.language == "zh":
        said = rng.choice((
            f"在 {at.year}/{at.month}/{at.day} {at:%H:%M}, {who} 写道:", f"在 {at:%Y/%m/%d} 星期{weekday(at)} {at:%H:%M}, {who} 写道:",
            f"在 {at.year}/{at.month}/{at.day} {chinese_clock(at)}, {who} 写道:", f"于 {at:%Y/%m/%d} {at:%H:%M}, {who} 写道:",
        ))  # fmt: skip
    else:
        said = rng.choice((
            f"On {at.month}/{at.day}/{at:%y} {clock(at)}, {who} wrote:", f"On {at:%d/%m/%Y} {at:%H:%M}, {who} wrote:",
            f"On {at:%Y-%m-%d %H:%M}, {who} wrote:",
        ))  # fmt: skip
    below = rng.random() < 0.5
    quote = f"{said}\n{prefixed(told.body)}"
    signature = rng.choice(("", "", f"{told.writer.name or 'Mail'}\n信息安全部"))
    under = f"\n\n-- \n{signature}\n" if signature else "\n"
    plain = f"{quote}\n\n{told.answer}{under}" if below else f"{told.answer}\n\n{quote}{under}"
    return _from(told, "Thunderbird", f"{told.language}, {'below' if below else 'above'}", plain, None, rng, signature)


def evolution(rng: Random) -> Written:
    """Evolution: the zone in the attribution, which Chinese does not have translated everywhere."""
    told = story(rng, rng.choice(("zh", "en")))
    at, who = told.at, told.asker.name or told.asker.address
    english, chinese = (
        f"On {DAYS[at.weekday()]}, {at:%Y-%m-%d} at {at:%H:%M} +0800, {who} wrote:",
        f"在 {at:%Y-%m-%d}星期{weekday(at)}的 {at:%H:%M} +0800，{who}写道：",
    )
    plain = f"{told.answer}\n\n{rng.choice((english, chinese)) if told.language == 'zh' else english}\n{prefixed(told.body)}\n"
    return _from(told, "Evolution", told.language, plain, None, rng)


def handset(rng: Random) -> Written:
    """Huawei, Honor, Xiaomi, Samsung: eight dashes or none, 日期 or 发送时间, full-width colons."""
    told = story(rng, rng.choice(("zh", "zh", "en")))
    at = told.at
    if told.language == "zh":
        signature = rng.choice(
            (
                "发自我的华为手机",
                "从我的华为手机发送",
                "发自我的荣耀手机",
                "发自我的小米手机",
                "发自我的 vivo 手机",
                "从我的 Galaxy 发送",
                "",
            )
        )
        line = rng.choice(
            (
                "-------- 原始邮件 --------",
                "-------- 原始信息 --------",
                "-----原始邮件-----",
                f"--------{SPACE}原始邮件{SPACE}--------",
            )
        )
        labels = ("发件人", rng.choice(("日期", "发送时间", "时间")), "收件人", "主题")
        when = f"{chinese_day(at)}周{weekday(at)} {chinese_clock(at)}"
    else:
        signature = rng.choice(("Sent from my Huawei phone", "Sent from my Galaxy", "Sent from my Xiaomi", ""))
        line, labels = "-------- Original message --------", ("From", "Date", "To", "Subject")
        when = f"{at.month}/{at.day}/{at:%y} {at:%H:%M} (GMT+08:00)"
    colon = "：" if told.language == "zh" and rng.random() < 0.5 else ": "
    values = (told.asker.shown, when, told.writer.shown, told.subject)
    rows = list(zip(labels, values, strict=True))
    rows = rng.sample(rows, 4) if rng.random() < 0.2 else rows
    head = "\n".join(f"{label}{colon}{value}" for label, value in rows)
    between = rng.choice(("\n\n", "\n"))
    plain = f"{told.answer}\n\n{signature}\n\n{line}{between}{head}\n\n{told.body}"
    html = (
        f"<p dir='auto'>{told.answer.replace(chr(10), '<br>')}</p><div id='signature'>{signature}</div><br>"
        f"<div class='gmail_quote'>{line.replace(' ', '&nbsp;')}<br>"
        + "<br>".join(f"<b>{label}</b>{colon}{escape(value)}" for label, value in rows)
        + f"<blockquote class='quote'>{divs(told.body)}</blockquote></div>"
    )
    return _from(told, "Phone", f"{told.language}, {line}", plain, html, rng, signature)


def mail139(rng: Random) -> Written:
    """China Mobile's web page."""
    told = story(rng, "zh")
    head = f"发件人: {told.asker.shown}\n时间: {chinese_day(told.at)} 星期{weekday(told.at)} {told.at:%H:%M}\n收件人: {told.writer.shown}\n主题: {told.subject}"
    plain = f"{told.answer}\n\n\n------------------{SPACE}原始邮件{SPACE}------------------\n{head}\n\n{told.body}"
    html = (
        f"{divs(told.answer)}<div id='signContainer'></div><hr id='replySplit'><div id='reply139content'><div id='mainReplyContent'>"
        f"<div>------------------&nbsp;原始邮件&nbsp;------------------</div>{divs(head)}<br>{divs(told.body)}</div></div>"
    )
    return _from(told, "139", "web", plain, html, rng)


def _from(
    told: Story, client: str, variation: str, plain: str, html: str | None, rng: Random, signature: str = ""
) -> Written:
    written = Written(
        client, variation, plain, html, told.answer, signature, subject=f"回复：{told.subject}", sender=told.writer
    )
    return coded(written, rng, ("utf-8", "gb2312", "us-ascii") if client == "Apple" else ("utf-8", "gbk"))


CLIENTS: Final = (apple, iphone, thunderbird, evolution, handset, mail139)
