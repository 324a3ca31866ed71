"""Foxmail and Aliyun's mail: fields without any word above them."""

from dataclasses import replace
from html import escape
from random import Random
from typing import Final

from tests.unit.inbound.clients.dates import chinese_day, weekday
from tests.unit.inbound.clients.story import Language, Person, story
from tests.unit.inbound.clients.writing import SPACE, Written, answered, bold, chosen, divs, people, rows_of

CHARSETS: Final = ("gb2312", "utf-8", "gbk")
LABELS: Final[dict[Language, tuple[str, ...]]] = {
    "zh": ("发件人", "发送时间", "收件人", "抄送", "主题"), "en": ("From", "Date", "To", "CC", "Subject"),
}  # fmt: skip
SIGN: Final = "_" * 32


def _name(person: Person) -> str:
    return person.name or person.address


def foxmail(rng: Random) -> Written:
    """Version 7: a line with one space, then the fields; names link to addresses, so the text has names alone."""
    told = story(rng, rng.choice(("zh", "zh", "en")))
    colon, gap = ("：", SPACE) if told.language == "zh" else (":", chosen(rng, " ", SPACE))
    shown = rng.choice((_name, lambda one: one.shown))
    when, copied = f"{told.at:%Y-%m-%d}{SPACE}{told.at:%H:%M}", "; ".join(map(shown, told.others))
    values = (shown(told.asker), when, shown(told.writer), copied, told.subject)
    rows = rows_of(LABELS[told.language], values)
    head = "\n".join(f"{label}{colon}{gap}{value}" for label, value in rows)
    own = rng.choice(("", told.writer.address))
    plain = told.answer + (f"\n\n\n{SIGN}\n{own}" if own else "") + f"\n{SPACE}\n{head}\n{told.body}\n"
    html = (
        f"<html><head><style>body {{ line-height: 1.5; }}</style></head><body>\n{divs(told.answer)}\n"
        + (f'<hr style="width: 210px; height: 1px;"><div><span>{own}</span></div>' if own else "")
        + '<blockquote style="margin-Top: 0px; margin-Left: 0.5em"><div>&nbsp;</div><div style="border:none;'
        f'border-top:solid #B5C4DF 1.0pt"><div style="FONT-SIZE: 12px">{bold(rows, colon)}</div></div>'
        f'<div><div class="FoxDiv">{divs(told.body)}</div></div></blockquote>\n</body></html>'
    )
    written = answered(told, "Foxmail", "7", plain, html)
    return replace(written, signature=own, charsets=CHARSETS, mailer="Foxmail 7.2.25.254[cn]")


def foxmail_old(rng: Random) -> Written:
    """Version 6: the day, a rule, the name, another rule, and two spaces in the time."""
    told = story(rng, "zh")
    copied, name = "; ".join(map(_name, told.others)), _name(told.writer)
    values = (_name(told.asker), f"{told.at:%Y-%m-%d  %H:%M:%S}", name, copied, told.subject)
    head = "\n".join(f"{label}： {value}" for label, value in zip(LABELS["zh"], values, strict=True))
    day = f"{told.at:%Y-%m-%d}"
    plain = f"{told.answer}\n\n{day}\n{SIGN}\n{name}\n{SIGN}\n{head}\n{told.body}\n"
    written = answered(told, "Foxmail", "6", plain)
    return replace(written, signature=f"{day}\n{name}", charsets=CHARSETS, mailer="Foxmail 6, 15, 201, 22[cn]")


def aliyun(rng: Random) -> Written:
    """A rule, and labels made equally long with a full-width space."""
    told = story(rng, "zh")
    day = f"{chinese_day(told.at)}(星期{weekday(told.at)}) {told.at:%H:%M}"
    dated, when = rng.choice((("日　期", f"{told.at:%Y年%m月%d日 %H:%M:%S}"), ("发送时间", day)))
    sender = told.asker.shown.replace(" <", chosen(rng, "<", " <"))
    to, copied = ("; ".join(one.shown for one in some) for some in (people(told), told.others))
    rows = rows_of(("发件人", dated, "收件人", "抄　送", "主　题"), (sender, when, to, copied, told.subject))
    lines = ["-" * 66, *(f"{label}：{value}" for label, value in rows)]
    plain = f"{told.answer}\n\n{chr(10).join(lines)}\n\n{told.body}"
    row = '<div style="clear:both;"><span style="font-family:Tahoma;">{}</span></div>'
    html = (
        f'<div class="__aliyun_email_body_block">{divs(told.answer, " style=clear:both;")}'
        '<blockquote style="margin-right:0;margin-top:0;margin-bottom:0;">'
        + "".join(row.format(escape(line)) for line in lines)
        + f'<div style="clear:both;"><br></div>{divs(told.body)}</blockquote></div>'
    )
    written = answered(told, "Aliyun", dated, plain, html)
    return replace(written, charsets=("utf-8", "gb18030"), mailer="[Alimail-Mailagent][W4_0.2.3][null][Chrome]")


CLIENTS: Final = (foxmail, foxmail_old, aliyun)
