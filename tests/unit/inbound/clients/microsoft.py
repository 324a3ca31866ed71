"""Outlook: Windows, the web, phones; in Chinese, Taiwan's Chinese and English."""

from dataclasses import replace
from html import escape
from random import Random
from typing import Final

from tests.unit.inbound.clients.dates import WHOLE_DAYS, chinese_clock, chinese_day, clock, english_day
from tests.unit.inbound.clients.story import Language, Person, Story, story
from tests.unit.inbound.clients.writing import (
    SPACE,
    Written,
    answered,
    chosen,
    divs,
    paragraphs,
    people,
    prefixed,
    rows_of,
)

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "tw", "en")
CHARSETS: Final[dict[Language, tuple[str, ...]]] = {
    "zh": ("utf-8", "gb2312", "gb18030"), "tw": ("big5", "utf-8"), "en": ("us-ascii", "utf-8"),
}  # fmt: skip
LABELS: Final[dict[Language, tuple[str, ...]]] = {
    "zh": ("发件人", "发送时间", "收件人", "抄送", "主题"),
    "tw": ("寄件者", "寄件日期", "收件者", "副本", "主旨"),
    "en": ("From", "Sent", "To", "Cc", "Subject"),
}
LINES: Final[dict[Language, str]] = {
    "zh": "-----邮件原件-----", "tw": "-----原始郵件-----", "en": "-----Original Message-----",
}  # fmt: skip
SIGNATURES: Final[dict[Language, tuple[str, ...]]] = {
    "zh": (
        "获取 Outlook for iOS<https://aka.ms/o0ukef>", "获取适用于 Android 的 Outlook<https://aka.ms/AAb9ysg>",
        "发自我的 iPhone",
    ),
    "tw": ("取得 Android 版 Outlook<https://aka.ms/AAb9ysg>", "從我的 iPhone 傳送"),
    "en": (
        "Get Outlook for iOS<https://aka.ms/o0ukef>", "Sent from Outlook for Android",
        "Sent from Mail<https://go.microsoft.com/fwlink/?LinkId=550986> for Windows",
    ),
}  # fmt: skip
RULE: Final = "_" * 32


def _when(told: Story) -> str:
    if told.language == "en":
        return f"{WHOLE_DAYS[told.at.weekday()]}, {english_day(told.at)} {clock(told.at)}"
    return f"{chinese_day(told.at)} {chinese_clock(told.at) if told.language == 'tw' else f'{told.at:%H:%M}'}"


def _fields(told: Story, named: bool = False) -> list[tuple[str, str]]:
    def shown(one: Person) -> str:
        return (one.name or one.address) if named else one.shown

    to, copied = ("; ".join(map(shown, some)) for some in (people(told), told.others))
    return rows_of(LABELS[told.language], (shown(told.asker), _when(told), to, copied, told.subject))


def _bold(rows: list[tuple[str, str]], colon: str = ":") -> str:
    return "<br>\n".join(f"<b>{label}{colon}</b> {escape(value)}" for label, value in rows)


def desktop(rng: Random) -> Written:
    """Outlook for Windows: fields in bold below a border, which the plain text does not have."""
    told = story(rng, rng.choice(LANGUAGES))
    rows = _fields(told, named=rng.random() < 0.3)
    colon = chosen(rng, ": ", ": ", "： ", ":" + SPACE)
    head = "\n".join(f"{label}{colon}{value}" + chosen(rng, "", " ") for label, value in rows)
    plain = f"{told.answer}\n\n{head}\n\n{told.body}\n"
    html = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><!--[if !mso]><style>v {}</style><![endif]-->'
        "<style>p.MsoNormal {margin:0cm}</style></head><body lang=ZH-CN><div class=WordSection1>"
        f"{paragraphs(told.answer)}<p class=MsoNormal><span><o:p>&nbsp;</o:p></span></p>"
        "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>"
        f"{_bold(rows, colon.strip(' '))}<o:p></o:p></p></div></div>\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        f"{paragraphs(told.body)}</div></body></html>"
    )
    return _sent(told, "Windows", plain, html)


def text_only(rng: Random) -> Written:
    """Outlook in plain text: 邮件原件 or Original Message; perhaps each line with `> `."""
    told = story(rng, rng.choice(LANGUAGES))
    head = "\n".join(f"{label}: {value} " for label, value in _fields(told))
    quote = f"{LINES[told.language]}\n{head}\n\n{told.body}"
    marked = rng.random() < 0.3
    plain = f"{told.answer}\n\n{prefixed(quote) if marked else quote}\n"
    return _sent(told, "text, >" if marked else "text", plain, None)


def on_the_web(rng: Random) -> Written:
    """Outlook on the web: a rule of underscores above the fields."""
    told = story(rng, rng.choice(LANGUAGES))
    rows = _fields(told)
    head = "\n".join(f"{label}: {value}" for label, value in rows)
    plain = f"{told.answer}\n\n{RULE}\n{head}\n\n{told.body}\n"
    html = (
        "<html><head><style type='text/css'> P {margin-top:0;margin-bottom:0;} </style></head><body dir='ltr'>"
        f"{divs(told.answer, ' class=elementToProof')}<div id='appendonsend'></div>"
        "<hr style='display:inline-block;width:98%' tabindex='-1'><div id='divRplyFwdMsg' dir='ltr'>"
        f"<font face='Calibri'>{_bold(rows)}</font><div>&nbsp;</div></div>{divs(told.body)}</body></html>"
    )
    return _sent(told, "web", plain, html)


def phone(rng: Random) -> Written:
    """Outlook on a phone: where to get it, the rule, the fields."""
    told = story(rng, rng.choice(LANGUAGES))
    signature = rng.choice(SIGNATURES[told.language])
    rows = _fields(told)
    head = "\n".join(f"{label}: {value}" for label, value in rows)
    plain = f"{told.answer}\n\n{signature}\n{RULE}\n{head}\n\n{told.body}\n"
    shown = escape(signature.split("<")[0]) + escape(signature.partition(">")[2])
    html = (
        f"<html><body><div dir='auto'>{divs(told.answer)}</div><div id='ms-outlook-mobile-signature'><div><br></div>"
        f"<a href='https://aka.ms/o0ukef'>{shown}</a></div><hr style='width:98%'>"
        f"<div id='divRplyFwdMsg'>{_bold(rows)}</div>{divs(told.body)}</body></html>"
    )
    return replace(_sent(told, "phone", plain, html), signature=signature)


def _sent(told: Story, variation: str, plain: str, html: str | None) -> Written:
    written = answered(told, "Outlook", variation, plain, html)
    return replace(written, charsets=CHARSETS[told.language], mailer="Microsoft Outlook 16.0")


CLIENTS: Final = (desktop, text_only, on_the_web, phone)
