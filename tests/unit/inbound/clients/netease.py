"""NetEase (163, 126, for companies), its Mail Master, and Coremail, which universities and the state use."""

from dataclasses import replace
from html import escape
from random import Random
from typing import Final

from tests.unit.inbound.clients.dates import chinese_day, weekday
from tests.unit.inbound.clients.story import Person, Story, story
from tests.unit.inbound.clients.writing import Written, coded, divs, people, prefixed

CHARSETS: Final = ("gbk", "utf-8")


def _quoted(person: Person) -> str:
    return f'"{person.name}" <{person.address}>' if person.name else person.address


def web(rng: Random) -> Written:
    """The web page: an attribution in the writer's language, a quote with `>` that no space follows."""
    told = story(rng, rng.choice(("zh", "en")))
    when = f"{told.at:%Y-%m-%d %H:%M:%S}"
    said = rng.choice((
        f"在 {when}，{_quoted(told.asker)} 写道：", f"在 {when}，{_quoted(told.asker)} 写道：", f"At {when}, {_quoted(told.asker)} wrote:",
    ))  # fmt: skip
    plain = f"{told.answer}\n\n\n\n\n\n\n\n\n\n{said}\n{prefixed(told.body, '>')}"
    html = (
        '<div style="line-height:1.7;color:#000000;font-size:14px;font-family:Arial">'
        f"{divs(told.answer)}<p style='margin:0;'><br></p><div style='position:relative;zoom:1'></div>"
        f'<div id="divNeteaseMailCard"></div><p style="margin: 0;"><br></p><p>{escape(said, quote=False)}</p>'
        f'<blockquote id="isReplyContent" style="PADDING-LEFT: 1ex; MARGIN: 0px 0px 0px 0.8ex; BORDER-LEFT: #ccc 1px solid">'
        f"{divs(told.body)}</blockquote></div>"
    )
    return _from(
        told, "NetEase", f"web, {said[:2].strip()}", plain, html, rng, "Coremail Webmail Server XT5.0.14 163com"
    )


def web_old(rng: Random) -> Written:
    """Before 2012 the pages quoted nothing with `>` in a plain text."""
    told = story(rng, "zh")
    said = f"在{told.at:%Y-%m-%d %H:%M:%S}，{_quoted(told.asker)} 写道："
    plain = f"{told.answer}\n\n\n\n{said}\n{told.body}"
    return _from(told, "NetEase", "old web", plain, None, rng, "Coremail Webmail Server")


def master(rng: Random) -> Written:
    """Mail Master: a table with the writer's card, a line in dashes, a table with the fields."""
    told = story(rng, rng.choice(("zh", "en")))
    chinese = told.language == "zh"
    name = told.writer.name or told.writer.address.split("@", maxsplit=1)[0]
    card = rng.choice((
        "",
        f"| |\n{name}\n|\n|\n{'邮箱：' if chinese else ''}{told.writer.address}\n|\n\n",
        f"| |\n{name}\n|\n|\n邮箱：{told.writer.address}\n|\n\n签名由 网易邮箱大师 定制\n\n",
        f"| | {name} |\n| {told.writer.address} |\n\n",
    ))  # fmt: skip
    line = f"---- {'回复的原邮件' if chinese else 'Replied Message'} ----"
    labels = ("发件人", "发送日期" if rng.random() < 0.5 else "日期", "收件人", "抄送至", "主题")
    if not chinese:
        labels = ("From", "Date", "To", "Cc", "Subject")
    when = f"{told.at:%Y年%m月%d日 %H:%M}" if chinese else f"{told.at:%m/%d/%Y %H:%M}"
    copied = "、".join(one.shown.replace(" <", "<") for one in told.others)
    values = (told.asker.shown.replace(" <", "<"), when, f"{told.writer.shown} ", copied, told.subject)
    rows = [row for row in zip(labels, values, strict=True) if row[1]]
    table = "\n".join(f"| {label} | {value} |" for label, value in rows)
    plain = f"{told.answer}\n\n\n{card}{line}\n{table}\n{told.body}"
    html = (
        f"<div id='contentDescription'>{divs(told.answer)}</div><div id='ntes-pcmail-signature'></div>"
        f"<div class='J-reply ntes-mailmaster-quote' style='padding-top: 1px'><div style='margin-top: 2em'>{line}</div>"
        "<div><table width='100%' cellpadding='0' cellspacing='9' border='0'><tbody>"
        + "".join(
            f"<tr><td valign='top' style='width: 4.25em;'><span>{label}</span></td>"
            f"<td valign='top'><span>{escape(value)}</span></td></tr>"
            for label, value in rows
        )
        + f"</tbody></table></div><div>{divs(told.body)}</div></div>"
    )
    shown = f"{'with' if card else 'without'} card, {told.language}"
    written = _from(told, "Mail Master", shown, plain, html, rng, "MailMasterPC/4.15.6.1016 (Windows 10 20H2)")
    return replace(written, signature=None) if card else written


def master_old(rng: Random) -> Written:
    """Mail Master 4: HTML alone, an attribution with full-width marks and without spaces."""
    told = story(rng, rng.choice(("zh", "en")))
    who = told.asker.shown.replace(" <", "<")
    chinese = f"在{told.at:%Y年%m月%d日 %H:%M}，{who} 写道：" + " "
    english = f"On {told.at.month}/{told.at.day}/{told.at.year} {told.at:%H:%M}，{who} wrote： "
    said = chinese if told.language == "zh" else english
    html = (
        "<html>\n<head>\n    <meta http-equiv='Content-Type' content='text/html; charset=UTF-8'>\n</head>\n<body>\n"
        "<style>\n    font{\n        line-height: 1.6;\n    }\n</style>\n<div style='font-size:14px; line-height:1.6;'>\n"
        f"    <div ><div>\n    {divs(told.answer)}<div>\n    </div>\n    <div id='ntes-pcmac-signature'>\n        \n    </div>\n"
        f"</div></div><div class='J-reply' style='margin-top:45px'>\n    <div style='font-size:12px'>{escape(said)}</div>\n</div>\n"
        f"<blockquote id='ntes-pcmail-quote' style='margin: 0; padding: 0;'>\n{divs(told.body)}</blockquote><!--x-->\n</div>\n"
        "</body>\n</html>"
    )
    return _from(told, "Mail Master", f"4, {told.language}", None, html, rng, "MailMasterPC/4.15.6.1012 (Windows 7)")


def coremail(rng: Random) -> Written:
    """Five dashes; the time has no space before it and its weekday in brackets; half of them quote with `>`."""
    told = story(rng, rng.choice(("zh", "zh", "en")))
    when = f"{told.at:%Y-%m-%d %H:%M:%S} (星期{weekday(told.at)})"
    if rng.random() < 0.3:
        when = f"{chinese_day(told.at)} 星期{weekday(told.at)}"
    rows = [f"发件人: {_quoted(told.asker)}", f"发送时间:{when}", f"收件人: {', '.join(map(_quoted, people(told)))}"]
    if told.others:
        rows.append(f"抄送: {', '.join(map(_quoted, told.others))}")
    head = "\n".join([*rows, f"主题: {told.subject}"])
    quote = f"-----原始邮件-----\n{head}\n\n{told.body}"
    marked = rng.random() < 0.5
    plain = f"{told.answer}\n\n\n{prefixed(quote) if marked else quote}"
    html = (
        f"{divs(told.answer)}<br><br><blockquote name='replyContent' class='ReferenceQuote' style='padding-left:5px'>"
        "-----原始邮件-----<br>" + "<br>".join(f"<b>{row.split(':')[0]}:</b>{escape(row.partition(':')[2])}" for row in head.split("\n"))
        + f"<br><br>{divs(told.body)}</blockquote>"
    )  # fmt: skip
    return _from(told, "Coremail", "with >" if marked else "bare", plain, html, rng, "Coremail Webmail Server XT6")


def _from(
    told: Story, client: str, variation: str, plain: str | None, html: str | None, rng: Random, mailer: str
) -> Written:
    written = Written(
        client, variation, plain, html, told.answer, subject=f"Re:{told.subject}", sender=told.writer, mailer=mailer
    )
    return coded(written, rng, CHARSETS)


CLIENTS: Final = (web, web_old, master, master_old, coremail)
