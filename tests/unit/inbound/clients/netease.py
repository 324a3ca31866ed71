"""NetEase (163, 126, for companies), its Mail Master, and Coremail, which universities and the state use."""

from dataclasses import replace
from html import escape
from random import Random
from typing import Final

from tests.unit.inbound.clients.dates import chinese_day, weekday
from tests.unit.inbound.clients.story import Language, Person, Story, story
from tests.unit.inbound.clients.writing import Written, answered, chosen, divs, people, prefixed, rows_of

CHARSETS: Final = ("gbk", "utf-8")
LABELS: Final[dict[Language, tuple[str, ...]]] = {
    "zh": ("发件人", "日期", "收件人", "抄送至", "主题"), "en": ("From", "Date", "To", "Cc", "Subject"),
}  # fmt: skip


def _quoted(person: Person) -> str:
    return f'"{person.name}" <{person.address}>' if person.name else person.address


def web(rng: Random) -> Written:
    """The web page: an attribution in the writer's language, a quote with `>` that no space follows."""
    told = story(rng, rng.choice(("zh", "en")))
    when, who = f"{told.at:%Y-%m-%d %H:%M:%S}", _quoted(told.asker)
    said = chosen(rng, f"在 {when}，{who} 写道：", f"在 {when}，{who} 写道：", f"At {when}, {who} wrote:")
    plain = f"{told.answer}\n\n\n\n\n\n\n\n\n\n{said}\n{prefixed(told.body, '>')}"
    html = (
        '<div style="line-height:1.7;color:#000000;font-size:14px;font-family:Arial">'
        f"{divs(told.answer)}<p style='margin:0;'><br></p><div style='position:relative;zoom:1'></div>"
        '<div id="divNeteaseMailCard"></div><p style="margin: 0;"><br></p>'
        f'<p>{escape(said, quote=False)}</p><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex">'
        f"{divs(told.body)}</blockquote></div>"
    )
    return _sent(told, f"web, {said[:2].strip()}", plain, html)


def web_old(rng: Random) -> Written:
    """Before 2012 the pages quoted nothing with `>` in a plain text."""
    told = story(rng, "zh")
    said = f"在{told.at:%Y-%m-%d %H:%M:%S}，{_quoted(told.asker)} 写道："
    return _sent(told, "old web", f"{told.answer}\n\n\n\n{said}\n{told.body}", None)


def master(rng: Random) -> Written:
    """Mail Master: a table with the writer's card, a line in dashes, a table with the fields."""
    told = story(rng, rng.choice(("zh", "en")))
    card = _card(told, rng)
    line = f"---- {'回复的原邮件' if told.language == 'zh' else 'Replied Message'} ----"
    when = f"{told.at:%Y年%m月%d日 %H:%M}" if told.language == "zh" else f"{told.at:%m/%d/%Y %H:%M}"
    copied = "、".join(one.shown.replace(" <", "<") for one in told.others)
    values = (told.asker.shown.replace(" <", "<"), when, f"{told.writer.shown} ", copied, told.subject)
    rows = rows_of(LABELS[told.language], values)
    table = "\n".join(f"| {label} | {value} |" for label, value in rows)
    plain = f"{told.answer}\n\n\n{card}{line}\n{table}\n{told.body}"
    row = "<tr><td valign='top' style='width: 4.25em;'><span>{}</span></td><td valign='top'><span>{}</span></td></tr>"
    html = (
        f"<div id='contentDescription'>{divs(told.answer)}</div><div id='ntes-pcmail-signature'></div>"
        f"<div class='J-reply ntes-mailmaster-quote' style='padding-top: 1px'><div style='margin-top: 2em'>{line}</div>"
        "<div><table width='100%' cellpadding='0' cellspacing='9' border='0'><tbody>"
        + "".join(row.format(label, escape(value)) for label, value in rows)
        + f"</tbody></table></div><div>{divs(told.body)}</div></div>"
    )
    written = _sent(told, f"{'with' if card else 'without'} card", plain, html)
    return replace(written, client="Mail Master", mailer="MailMasterPC/4.15.6", signature=None if card else "")


def _card(told: Story, rng: Random) -> str:
    address = told.writer.address
    name = told.writer.name or address.split("@", maxsplit=1)[0]
    return chosen(
        rng, "", f"| |\n{name}\n|\n|\n邮箱：{address}\n|\n\n", f"| |\n{name}\n|\n|\n{address}\n|\n\n",
        f"| |\n{name}\n|\n|\n邮箱：{address}\n|\n\n签名由 网易邮箱大师 定制\n\n", f"| | {name} |\n| {address} |\n\n",
    )  # fmt: skip


def master_old(rng: Random) -> Written:
    """Mail Master 4: HTML alone, an attribution with full-width marks and without spaces."""
    told = story(rng, rng.choice(("zh", "en")))
    who = told.asker.shown.replace(" <", "<")
    said = f"在{told.at:%Y年%m月%d日 %H:%M}，{who} 写道： "
    if told.language == "en":
        said = f"On {told.at.month}/{told.at.day}/{told.at.year} {told.at:%H:%M}，{who} wrote： "
    html = (
        "<html>\n<head>\n    <meta http-equiv='Content-Type' content='text/html; charset=UTF-8'>\n</head>\n<body>\n"
        "<style>\n    font{\n        line-height: 1.6;\n    }\n</style>\n<div style='font-size:14px;'>\n    <div ><div>"
        f"\n    {divs(told.answer)}<div>\n    </div>\n    <div id='ntes-pcmac-signature'>\n        \n    </div>\n</div>"
        f"</div><div class='J-reply'>\n    <div style='font-size:12px'>{escape(said)}</div>\n</div>\n"
        f"<blockquote id='ntes-pcmail-quote' style='margin: 0; padding: 0;'>\n{divs(told.body)}</blockquote><!--x-->\n"
        "</div>\n</body>\n</html>"
    )
    return replace(_sent(told, "4", None, html), client="Mail Master", mailer="MailMasterPC/4.15.6.1012 (Windows 7)")


def coremail(rng: Random) -> Written:
    """Five dashes; the time has no space before it and its weekday in brackets; half of them quote with `>`."""
    told = story(rng, rng.choice(("zh", "zh", "en")))
    day = weekday(told.at)
    when = chosen(rng, f"{told.at:%Y-%m-%d %H:%M:%S} (星期{day})", f"{chinese_day(told.at)} 星期{day}")
    to, copied = (", ".join(map(_quoted, some)) for some in (people(told), told.others))
    values = (f" {_quoted(told.asker)}", when, f" {to}", copied and f" {copied}", f" {told.subject}")
    rows = rows_of(("发件人", "发送时间", "收件人", "抄送", "主题"), values)
    head = "\n".join(f"{label}:{value}" for label, value in rows)
    quote = f"-----原始邮件-----\n{head}\n\n{told.body}"
    marked = rng.random() < 0.5
    plain = f"{told.answer}\n\n\n{prefixed(quote) if marked else quote}"
    html = (
        f"{divs(told.answer)}<br><br><blockquote name='replyContent' class='ReferenceQuote' style='padding-left:5px'>"
        "-----原始邮件-----<br>"
        + "<br>".join(f"<b>{label}:</b>{escape(value)}" for label, value in rows)
        + f"<br><br>{divs(told.body)}</blockquote>"
    )
    return replace(_sent(told, "with >" if marked else "bare", plain, html), client="Coremail")


def _sent(told: Story, variation: str, plain: str | None, html: str | None) -> Written:
    written = answered(told, "NetEase", variation, plain, html)
    return replace(written, charsets=CHARSETS, mailer="Coremail Webmail Server Version XT5.0.14 163com")


CLIENTS: Final = (web, web_old, master, master_old, coremail)
