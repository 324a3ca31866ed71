"""Foxmail and Aliyun's mail: fields without any word above them."""

from html import escape
from random import Random
from typing import Final

from tests.unit.inbound.clients.dates import chinese_day, weekday
from tests.unit.inbound.clients.story import Person, story
from tests.unit.inbound.clients.writing import SPACE, Written, coded, divs, people

CHARSETS: Final = ("gb2312", "utf-8", "gbk")
SIGN: Final = "_" * 32


def foxmail(rng: Random) -> Written:
    """Version 7: a line with one space, then the fields; names link to addresses, so the text has names alone."""
    told = story(rng, rng.choice(("zh", "zh", "en")))
    colon, gap = (("：", SPACE) if told.language == "zh" else (":", rng.choice((" ", SPACE))))  # fmt: skip
    labels = (
        ("发件人", "发送时间", "收件人", "抄送", "主题")
        if told.language == "zh"
        else ("From", "Date", "To", "CC", "Subject")
    )
    names = rng.choice((_name, lambda one: one.shown))
    values = (
        names(told.asker), f"{told.at:%Y-%m-%d}{SPACE}{told.at:%H:%M}", names(told.writer),
        "; ".join(names(one) for one in told.others), told.subject,
    )  # fmt: skip
    rows = [row for row in zip(labels, values, strict=True) if row[1]]
    head = "\n".join(f"{label}{colon}{gap}{value}" for label, value in rows)
    own = rng.choice(("", f"\n\n\n{SIGN}\n{told.writer.address}"))
    plain = f"{told.answer}{own}\n{SPACE}\n{head}\n{told.body}\n"
    html = (
        "<html><head><style>body { line-height: 1.5; }</style></head><body>\n"
        f"{divs(told.answer)}\n{_sign(told.writer.address) if own else ''}"
        '<blockquote style="margin-Top: 0px; margin-Left: 0.5em"><div>&nbsp;</div>'
        '<div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div style="FONT-SIZE: 12px">'
        + "".join(f"<div><b>{label}{colon}</b>&nbsp;{escape(value)}</div>" for label, value in rows)
        + f'</div></div><div><div class="FoxDiv">{divs(told.body)}</div></div></blockquote>\n</body></html>'
    )
    written = Written(
        "Foxmail", f"7, {told.language}", plain, html, told.answer, told.writer.address if own else "",
        subject=f"回复: {told.subject}", sender=told.writer, mailer="Foxmail 7.2.25.254[cn]",
    )  # fmt: skip
    return coded(written, rng, CHARSETS)


def _name(person: Person) -> str:
    return person.name or person.address


def _sign(address: str) -> str:
    return f'<hr style="width: 210px; height: 1px;"><div><span>{address}</span></div>'


def foxmail_old(rng: Random) -> Written:
    """Version 6: the day, a rule, the name, another rule, and two spaces in the time."""
    told = story(rng, "zh")
    head = (
        f"发件人： {_name(told.asker)}\n发送时间： {told.at:%Y-%m-%d  %H:%M:%S}\n收件人： {_name(told.writer)}\n"
        f"抄送： {'; '.join(map(_name, told.others))}\n主题： {told.subject}"
    )
    day, name = f"{told.at:%Y-%m-%d}", _name(told.writer)
    plain = f"{told.answer}\n\n{day}\n{SIGN}\n{name}\n{SIGN}\n{head}\n{told.body}\n"
    written = Written(
        "Foxmail", "6", plain, None, told.answer, f"{day}\n{name}", subject=f"Re: {told.subject}", sender=told.writer,
        mailer="Foxmail 6, 15, 201, 22[cn]",
    )  # fmt: skip
    return coded(written, rng, CHARSETS)


def aliyun(rng: Random) -> Written:
    """A rule, and labels made equally long with a full-width space."""
    told = story(rng, "zh")
    day = f"{chinese_day(told.at)}(星期{weekday(told.at)}) {told.at:%H:%M}"
    date, rule = rng.choice((("日　期", f"{told.at:%Y年%m月%d日 %H:%M:%S}"), ("发送时间", day))), "-" * 66
    rows = [
        ("发件人", told.asker.shown.replace(" <", rng.choice(("<", " <")))), date,
        ("收件人", "; ".join(one.shown for one in people(told))),
        *([("抄　送", "; ".join(one.shown for one in told.others))] if told.others else []), ("主　题", told.subject),
    ]  # fmt: skip
    head = "\n".join(f"{label}：{value}" for label, value in rows)
    plain = f"{told.answer}\n\n{rule}\n{head}\n\n{told.body}"
    row = '<div style="clear:both;"><span style="font-family:Tahoma;">{}</span></div>'
    html = (
        f'<div class="__aliyun_email_body_block">{divs(told.answer, " style=clear:both;")}'
        f'<blockquote style="margin-right:0;margin-top:0;margin-bottom:0;">{row.format(rule)}'
        + "".join(row.format(f"{label}：{escape(value)}") for label, value in rows)
        + f'<div style="clear:both;"><br></div>{divs(told.body)}</blockquote></div>'
    )
    written = Written(
        "Aliyun", date[0], plain, html, told.answer, subject=f"回复：{told.subject}", sender=told.writer,
        mailer="[Alimail-Mailagent][W4_0.2.3][null][Chrome]",
    )  # fmt: skip
    return coded(written, rng, ("utf-8", "gb18030"))


CLIENTS: Final = (foxmail, foxmail_old, aliyun)
