"""QQ Mail (old and new web, phone), Tencent's mail for companies and WeCom."""

from html import escape
from random import Random
from typing import Final

from tests.unit.inbound.clients.dates import DAYS, chinese_clock, chinese_day, english_day, weekday
from tests.unit.inbound.clients.story import Person, Story, story
from tests.unit.inbound.clients.writing import SPACE, Written, coded, divs, people

CHARSETS: Final = ("gb18030", "utf-8", "gbk")
PHONES: Final = ("发自我的iPhone", "发自我的企业微信", "发自我的华为手机", "发自我的iPad")


def _box(person: Person) -> str:
    return f'"{person.name}"<{person.address}>;' if person.name else f"<{person.address}>;"


def qq_web(rng: Random) -> Written:
    """The line with 原始邮件 in dashes; its plain text keeps `&nbsp;` and `&gt;` as they stand in the HTML."""
    told = story(rng, "zh")
    when = f"{chinese_day(told.at)}(星期{weekday(told.at)}) {chinese_clock(told.at)}"
    fields = [
        ("发件人", " " * rng.choice((1, 60)) + _box(told.asker)), ("发送时间", when),
        ("收件人", "".join(_box(person) for person in people(told)[:1])),
        *([("抄送", "".join(map(_box, told.others)))] if told.others else []), ("主题", told.subject),
    ]  # fmt: skip
    space = rng.choice((" ", SPACE, "&nbsp;"))
    greater = "&gt;" if space == "&nbsp;" else ">"
    head = "\n".join(f"{label}:{space}{value.replace('>', greater)}" for label, value in fields)
    plain = (
        f"{told.answer}\n\n\n\n\n------------------{space}原始邮件{space}------------------\n{head}\n\n\n\n{told.body}"
    )
    rows = "".join(f"<div><b>{label}:</b>&nbsp;{escape(value, quote=False)}</div>" for label, value in fields)
    html = (
        f"{divs(told.answer)}<div><br></div><div><br></div><div style='font-size: 12px;padding:2px 0 2px 0;'>"
        f"------------------&nbsp;原始邮件&nbsp;------------------</div><div style='background:#efefef;padding:8px;'>"
        f"{rows}</div><div><br></div>{divs(told.body)}<style></style>"
    )
    return _from(told, "QQ", f"web, {space!r}", plain, html, rng, "QQMail 2.x")


def qq_new(rng: Random) -> Written:
    """Since 2024: the word alone, indented, above fields without a space behind the colon."""
    told = story(rng, rng.choice(("zh", "en")))
    chinese = told.language == "zh"
    word = "原始邮件" if chinese else "Original"
    labels = ("发件人：", "发件时间：", "收件人：", "主题：") if chinese else ("From:", "Sent Time:", "To:", "Subject:")
    clock = f"{told.at:%H:%M}"
    when = f"{chinese_day(told.at)} {clock}" if chinese else f"{english_day(told.at)} {clock}"
    values = (told.asker.shown.replace(" <", "<"), when, told.writer.shown, told.subject)
    rows = list(zip(labels, values, strict=True))[: rng.choice((2, 4))]
    head = "\n".join(label + value for label, value in rows)
    plain = f"{told.answer}\n\n         {word}\n         \n       \n{head}\n\n{told.body}"
    table = "".join(f"<div><span>{label}</span><span>{escape(value)}</span></div>" for label, value in rows)
    html = (
        f"{divs(told.answer)}<div><br></div><article><div style='display:flex' contenteditable='false'>\n"
        f"        <div style='color:#959DA6'>{word}</div>\n        <hr style='flex-grow:1'>\n      </div>"
        f"<table data-uneditable='true'><tbody><tr><td>{table}</td></tr></tbody></table><div><br></div>{divs(told.body)}"
        "</article>"
    )
    return _from(told, "QQ", f"new web, {told.language}", plain, html, rng, "QQMail 2.x")


def qq_phone(rng: Random) -> Written:
    """Three dashes, and the phone's line above them."""
    told = story(rng, "zh")
    signature = rng.choice((*PHONES, ""))
    when = f"{chinese_day(told.at)}(周{weekday(told.at)}) {chinese_clock(told.at)}"
    head = f"发件人: {_box(told.asker)}\n发送时间: {when}\n收件人: {_box(told.writer)}\n主题: {told.subject}"
    under = f"\n\n{signature}" if signature else ""
    plain = f"{told.answer}{under}\n\n\n\n---原始邮件---\n{head}\n\n\n{told.body}"
    html = (
        f"{divs(told.answer)}<div id='QQMailSignature'><div><br></div>{signature}</div><div id='original-content'>"
        f"<div>---原始邮件---</div>{divs(head)}<br><div>{divs(told.body)}</div></div>"
    )
    return _from(told, "QQ", "phone", plain, html, rng, "QQMail 2.x", signature=signature)


def company(rng: Random) -> Written:
    """Tencent's mail for companies in English, as many have it also with Chinese text."""
    told = story(rng, rng.choice(("zh", "en")))
    when = f"{DAYS[told.at.weekday()]}, {english_day(told.at)} {told.at:%I:%M %p}"
    rows = [
        ("From", _box(told.asker)),
        ("Date", when),
        ("To", "; ".join(_box(one)[:-1] for one in people(told)) + "; "),
    ]
    if told.others:
        rows.append(("Cc", "".join(_box(one) + " " for one in told.others)))
    rows.append(("Subject", told.subject))
    head = "\n".join(f"{label}:  {value}" for label, value in rows)
    line = "------------------ Original ------------------"
    plain = f"{told.answer}\n\n{SPACE}\n{line}\n{head}\n\n{SPACE}\n{told.body}"
    html = (
        f"{divs(told.answer)}<div>&nbsp;</div><div><includetail><!--<![endif]--></includetail></div>"
        f"<div>{line.replace(' ', '&nbsp;')}</div><div style='background:#efefef;'>"
        + "".join(f"<div><b>{label}: </b>&nbsp;{escape(value)}</div>" for label, value in rows)
        + f"</div><div>&nbsp;</div><div>{divs(told.body)}</div>"
    )
    return _from(told, "Tencent for companies", told.language, plain, html, rng, "QQMail 2.x")


def wecom(rng: Random) -> Written:
    """WeCom on a phone: a hidden line, then an attribution, and a quote that nothing marks."""
    told = story(rng, rng.choice(("zh", "en")))
    day = told.at
    if told.language == "zh" and rng.random() < 0.5:
        said = f"{told.asker.shown} 在 {chinese_day(day)} 周{weekday(day)} {day:%H:%M} 写道："
    else:
        said = (
            f"On {DAYS[day.weekday()]},{english_day(day).replace(', ', ',')} {day:%H:%M %p} {told.asker.shown} wrote:"
        )
    line = "----------Reply to Message----------" if told.language == "en" else "----------回复的邮件----------"
    signature = "发自我的企业微信 "
    plain = f"{told.answer}\n\n\n{signature}\n\n{line}\n{said}\n{told.body}"
    html = (
        f"{divs(told.answer)}<div id='QQMailSignature'><hr><div><a href='https://work.weixin.qq.com/x'>发自我的企业微信</a>"
        f"&nbsp;</div></div><br><div id='original-content'><div style='height: 0px; display: none;'>{line}</div>"
        f"<div>{escape(said)}</div><div style='border-left: 3px solid #EAEAEA;'>{divs(told.body)}</div></div>"
    )
    return _from(told, "WeCom", told.language, plain, html, rng, "QQMail 2.x", signature=signature.strip())


def _from(
    told: Story, client: str, variation: str, plain: str, html: str, rng: Random, mailer: str, signature: str = ""
) -> Written:  # fmt: skip
    written = Written(
        client, variation, plain, html, told.answer, signature, subject=f"回复：{told.subject}", sender=told.writer,
        mailer=mailer,
    )  # fmt: skip
    return coded(written, rng, CHARSETS)


CLIENTS: Final = (qq_web, qq_new, qq_phone, company, wecom)
