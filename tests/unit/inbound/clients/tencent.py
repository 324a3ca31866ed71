"""QQ Mail (old and new web, phone), Tencent's mail for companies and WeCom."""

from dataclasses import replace
from html import escape
from random import Random
from typing import Final

from tests.unit.inbound.clients.dates import DAYS, chinese_clock, chinese_day, english_day, weekday
from tests.unit.inbound.clients.story import Person, Story, story
from tests.unit.inbound.clients.writing import SPACE, Written, answered, bold, chosen, divs, people, rows_of

CHARSETS: Final = ("gb18030", "utf-8", "gbk")
PHONES: Final = ("发自我的iPhone", "发自我的企业微信", "发自我的华为手机", "发自我的iPad", "")


def _box(person: Person) -> str:
    return f'"{person.name}"<{person.address}>;' if person.name else f"<{person.address}>;"


def qq_web(rng: Random) -> Written:
    """The line with 原始邮件 in dashes; its plain text keeps `&nbsp;` and `&gt;` as they stand in the HTML."""
    told = story(rng, "zh")
    when = f"{chinese_day(told.at)}(星期{weekday(told.at)}) {chinese_clock(told.at)}"
    sender = " " * rng.choice((1, 60)) + _box(told.asker)
    values = (sender, when, _box(told.writer), "".join(map(_box, told.others)), told.subject)
    rows = rows_of(("发件人", "发送时间", "收件人", "抄送", "主题"), values)
    space = chosen(rng, " ", SPACE, "&nbsp;")
    greater = "&gt;" if space == "&nbsp;" else ">"
    head = "\n".join(f"{label}:{space}{value.replace('>', greater)}" for label, value in rows)
    line = f"------------------{space}原始邮件{space}------------------"
    plain = f"{told.answer}\n\n\n\n\n{line}\n{head}\n\n\n\n{told.body}"
    html = (
        f"{divs(told.answer)}<div><br></div><div><br></div><div style='font-size: 12px;padding:2px 0 2px 0;'>"
        "------------------&nbsp;原始邮件&nbsp;------------------</div><div style='background:#efefef;padding:8px;'>"
        f"{bold(rows, ':')}</div><div><br></div>{divs(told.body)}<style></style>"
    )
    return _sent(told, f"web, {space!r}", plain, html)


def qq_new(rng: Random) -> Written:
    """Since 2024: the word alone, indented, above fields without a space behind the colon."""
    told = story(rng, rng.choice(("zh", "en")))
    word, labels = "Original", ("From:", "Sent Time:", "To:", "Subject:")
    when = f"{english_day(told.at)} {told.at:%H:%M}"
    if told.language == "zh":
        word, labels = "原始邮件", ("发件人：", "发件时间：", "收件人：", "主题：")
        when = f"{chinese_day(told.at)} {told.at:%H:%M}"
    values = (told.asker.shown.replace(" <", "<"), when, told.writer.shown, told.subject)
    rows = rows_of(labels, values)[: rng.choice((2, 4))]
    head = "\n".join(label + value for label, value in rows)
    plain = f"{told.answer}\n\n         {word}\n         \n       \n{head}\n\n{told.body}"
    table = "".join(f"<div><span>{label}</span><span>{escape(value)}</span></div>" for label, value in rows)
    html = (
        f"{divs(told.answer)}<div><br></div><article><div style='display:flex' contenteditable='false'>\n"
        f"        <div style='color:#959DA6'>{word}</div>\n        <hr style='flex-grow:1'>\n      </div>"
        f"<table data-uneditable='true'><tbody><tr><td>{table}</td></tr></tbody></table><div><br></div>"
        f"{divs(told.body)}</article>"
    )
    return _sent(told, "new web", plain, html)


def qq_phone(rng: Random) -> Written:
    """Three dashes, and the phone's line above them."""
    told = story(rng, "zh")
    signature = rng.choice(PHONES)
    when = f"{chinese_day(told.at)}(周{weekday(told.at)}) {chinese_clock(told.at)}"
    head = f"发件人: {_box(told.asker)}\n发送时间: {when}\n收件人: {_box(told.writer)}\n主题: {told.subject}"
    under = f"\n\n{signature}" if signature else ""
    plain = f"{told.answer}{under}\n\n\n\n---原始邮件---\n{head}\n\n\n{told.body}"
    html = (
        f"{divs(told.answer)}<div id='QQMailSignature'><div><br></div>{signature}</div><div id='original-content'>"
        f"<div>---原始邮件---</div>{divs(head)}<br><div>{divs(told.body)}</div></div>"
    )
    return replace(_sent(told, "phone", plain, html), signature=signature)


def company(rng: Random) -> Written:
    """Tencent's mail for companies in English, as many have it also with Chinese text."""
    told = story(rng, rng.choice(("zh", "en")))
    when = f"{DAYS[told.at.weekday()]}, {english_day(told.at)} {told.at:%I:%M %p}"
    to, copied = ("".join(f"{_box(one)} " for one in some) for some in (people(told), told.others))
    rows = rows_of(("From", "Date", "To", "Cc", "Subject"), (_box(told.asker), when, to, copied, told.subject))
    head = "\n".join(f"{label}:  {value}" for label, value in rows)
    line = "------------------ Original ------------------"
    plain = f"{told.answer}\n\n{SPACE}\n{line}\n{head}\n\n{SPACE}\n{told.body}"
    html = (
        f"{divs(told.answer)}<div>&nbsp;</div><div><includetail><!--<![endif]--></includetail></div>"
        f"<div>{line.replace(' ', '&nbsp;')}</div><div style='background:#efefef;'>{bold(rows, ': ')}</div>"
        f"<div>&nbsp;</div><div>{divs(told.body)}</div>"
    )
    return replace(_sent(told, "companies", plain, html), client="Tencent for companies")


def wecom(rng: Random) -> Written:
    """WeCom on a phone: a hidden line, then an attribution, and a quote that nothing marks."""
    told = story(rng, rng.choice(("zh", "en")))
    at, who = told.at, told.asker.shown
    said = f"On {DAYS[at.weekday()]},{english_day(at).replace(', ', ',')} {at:%H:%M %p} {who} wrote:"
    if told.language == "zh" and rng.random() < 0.5:
        said = f"{who} 在 {chinese_day(at)} 周{weekday(at)} {at:%H:%M} 写道："
    line = "----------Reply to Message----------" if told.language == "en" else "----------回复的邮件----------"
    plain = f"{told.answer}\n\n\n发自我的企业微信 \n\n{line}\n{said}\n{told.body}"
    html = (
        f"{divs(told.answer)}<div id='QQMailSignature'><hr><div><a href='https://work.weixin.qq.com/x'>发自我的企业微信"
        f"</a>&nbsp;</div></div><br><div id='original-content'><div style='height: 0px; display: none;'>{line}</div>"
        f"<div>{escape(said)}</div><div style='border-left: 3px solid #EAEAEA;'>{divs(told.body)}</div></div>"
    )
    return replace(_sent(told, "phone", plain, html), client="WeCom", signature="发自我的企业微信")


def _sent(told: Story, variation: str, plain: str, html: str) -> Written:
    return replace(answered(told, "QQ", variation, plain, html), charsets=CHARSETS, mailer="QQMail 2.x")


CLIENTS: Final = (qq_web, qq_new, qq_phone, company, wecom)
