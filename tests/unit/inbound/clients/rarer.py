"""Clients that fewer people have; written after the patterns, and before they were tried on these."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Final

from tests.unit.inbound.clients.dates import (
    DAYS,
    WHOLE_DAYS,
    chinese_clock,
    chinese_day,
    clock,
    day_and_month,
    english_day,
    weekday,
)
from tests.unit.inbound.clients.story import Language, Person, Story, story
from tests.unit.inbound.clients.writing import Written, answered, chosen, people, prefixed

Making = Callable[[Story, Random], tuple[str, str]]
"""Plain text and signature."""


def _chinese_fields(told: Story, labels: str, when: str, colon: str = ": ") -> str:
    values = (told.asker.shown, when, "; ".join(one.shown for one in people(told)), told.subject)
    named = dict(zip(("from", "date", "to", "subject"), values, strict=True))
    return "\n".join(f"{label}{colon}{named[name]}" for label, name in (pair.split("=") for pair in labels.split(" ")))


def uos(told: Story, _rng: Random) -> tuple[str, str]:
    """The mail program of UOS and Kylin: the subject first, bold, below four dashes."""
    fields = _chinese_fields(
        told, "*主　题=subject *日　期=date *发件人=from *收件人=to", f"{told.at:%Y-%m-%d %H:%M}", "：*"
    )
    return f"{told.answer}\n\n----\n\n\n\n\n\n\n\n{fields}\n\n{told.body}", ""


def outlook_mac(told: Story, _rng: Random) -> tuple[str, str]:
    """日期 in place of 发送时间, in the order sender, date, recipients."""
    when = f"{chinese_day(told.at)} 星期{weekday(told.at)} {told.at:%H:%M}"
    fields = _chinese_fields(told, "发件人=from 日期=date 收件人=to 主题=subject", when)
    return f"{told.answer}\n\n\n\n{fields}\n\n{told.body}", ""


def windows_mail(told: Story, _rng: Random) -> tuple[str, str]:
    """The mail program of Windows 10."""
    fields = _chinese_fields(
        told, "发件人=from 发送时间=date 收件人=to 主题=subject", f"{chinese_day(told.at)} {told.at:%H:%M}"
    )
    return f"{told.answer}\n\n从 Windows 版邮件发送\n\n{fields}\n\n{told.body}", "从 Windows 版邮件发送"


def sina(told: Story, _rng: Random) -> tuple[str, str]:
    """Sina: the date last, with 点 and 分."""
    fields = _chinese_fields(
        told, "发件人=from 收件人=to 主题=subject 日期=date", f"{told.at:%Y年%m月%d日 %H点%M分}", "："
    )
    return f"{told.answer}\n----- 原始邮件 -----\n{fields}\n\n{told.body}", ""


def notes(told: Story, _rng: Random) -> tuple[str, str]:
    """Lotus Notes: labels, tabs, no divider."""
    fields = _chinese_fields(told, "发件人=from 收件人=to 日期=date 主题=subject", f"{told.at:%Y-%m-%d %H:%M}", ":\t")
    return f"{told.answer}\n\n\n\n{fields}\n\n\n\n{told.body}", ""


def roundcube(told: Story, _rng: Random) -> tuple[str, str]:
    """Roundcube in Chinese."""
    said = f"在 {told.at:%Y-%m-%d %H:%M}，{told.asker.name or told.asker.address} 写道："
    return f"{told.answer}\n\n{said}\n{prefixed(told.body)}", ""


def gmail_phone(told: Story, _rng: Random) -> tuple[str, str]:
    """Gmail's app leaves spaces out."""
    who = told.asker.shown if told.asker.name else f"<{told.asker.address}>"
    said = f"{who}于{chinese_day(told.at)} 周{weekday(told.at)}{told.at:%H:%M}写道："
    return f"{told.answer}\n\n{said}\n\n{prefixed(told.body)}\n", ""


def lingxi(told: Story, _rng: Random) -> tuple[str, str]:
    """NetEase's suite for companies."""
    line = f"| 发件人 | {told.asker.shown} |\n| 发送日期 | {told.at:%Y年%m月%d日 %H:%M} |\n| 主题 | {told.subject} |"
    return f"{told.answer}\n\n发自网易邮箱大师\n\n---- 回复的原邮件 ----\n{line}\n{told.body}", "发自网易邮箱大师"


def harmony(told: Story, _rng: Random) -> tuple[str, str]:
    """A phone named by its model."""
    fields = _chinese_fields(
        told, "发件人=from 日期=date 收件人=to 主题=subject", f"{chinese_day(told.at)} {chinese_clock(told.at)}", "："
    )
    return (
        f"{told.answer}\n发自我的HUAWEI Mate 60 Pro\n-------- 原始邮件 --------\n{fields}\n{told.body}",
        "发自我的HUAWEI Mate 60 Pro",
    )


def spark(told: Story, rng: Random) -> tuple[str, str]:
    """Spark: a comma before the verb."""
    at, who = told.at, told.asker.shown
    said = f"On {day_and_month(at)} {at.year} at {at:%H:%M} +0800, {who}, wrote:"
    if told.language == "zh":
        said = f"在 {chinese_day(at)} +0800 {at:%H:%M}，{who}，写道："
    signature = rng.choice(("Sent from Spark", ""))
    return f"{told.answer}\n\n{signature}\n{said}\n{prefixed(told.body)}\n", signature


def proton(told: Story, rng: Random) -> tuple[str, str]:
    """Proton: a divider and an attribution; or the attribution alone."""
    at = told.at
    day = f"{WHOLE_DAYS[at.weekday()]}, {english_day(at).split()[0]} {at.day}th, {at.year}"
    said = f"On {day} at {clock(at)}, {told.asker.shown} wrote:"
    line = rng.choice(("------- Original Message -------\n", ""))
    signature = "Sent with Proton Mail secure email."
    return f"{told.answer}\n\n{signature}\n\n{line}{said}\n\n{prefixed(told.body)}\n", signature


def mutt(told: Story, _rng: Random) -> tuple[str, str]:
    """Seconds, no space before AM, a zone."""
    at = told.at
    who = told.asker.name or told.asker.address
    said = f"On {DAYS[at.weekday()]}, {english_day(at)} at {at:%I:%M:%S%p} +0800, {who} wrote:"
    return f"{said}\n{prefixed(told.body)}\n\n{told.answer}\n", ""


def k9(told: Story, _rng: Random) -> tuple[str, str]:
    """K-9 and FairEmail."""
    at = told.at
    said = f"On {english_day(at)} {at:%I:%M:%S %p} GMT+08:00, {told.asker.shown} wrote:"
    return f"{told.answer}\n\n\n{said}\n{prefixed(told.body, '>')}\n", ""


def outlook_mac_english(told: Story, _rng: Random) -> tuple[str, str]:
    """English fields with Date, and a weekday."""
    at = told.at
    when = f"{WHOLE_DAYS[at.weekday()]}, {day_and_month(at)} {at.year} at {at:%H:%M}"
    rows = f"From: {told.asker.shown}\nDate: {when}\nTo: {told.writer.shown}\nSubject: {told.subject}"
    return f"{told.answer}\n\n\n\n{rows}\n\n{told.body}\n", ""


def many_recipients(told: Story, _rng: Random) -> tuple[str, str]:
    """Fields of Outlook in a text that was wrapped, with a list of recipients over many lines."""
    listed = ";\n".join(Person(f"Member {number}", f"member{number}@mingchuan.example").shown for number in range(25))
    when = f"{english_day(told.at)} {clock(told.at)}"
    rows = f"From: {told.asker.shown}\nSent: {when}\nTo: {listed}\nSubject: {told.subject}"
    return f"{told.answer}\n\n{rows}\n\n{told.body}\n", ""


def named_below(told: Story, _rng: Random) -> tuple[str, str]:
    """The attribution of a web page of a university: name first, no date."""
    return f"{told.answer}\n\n{told.asker.name or 'Someone'} wrote:\n{prefixed(told.body)}\n", ""


def _writing(make: Making, *languages: Language) -> Callable[[Random], Written]:
    def write(rng: Random) -> Written:
        told = story(rng, rng.choice(languages))
        plain, signature = make(told, rng)
        written = answered(told, make.__name__, "rare", plain.replace("\n", chosen(rng, "\n", "\r\n", "\r")))
        return replace(written, signature=signature, charsets=("utf-8", "gbk"))

    write.__name__ = make.__name__
    return write


_CHINESE: Final = (uos, outlook_mac, windows_mail, sina, notes, roundcube, gmail_phone, lingxi, harmony)
_ENGLISH: Final = (proton, mutt, k9, outlook_mac_english, many_recipients)
CLIENTS: Final = (
    *(_writing(make, "zh") for make in _CHINESE),
    *(_writing(make, "zh", "en") for make in (spark, named_below)),
    *(_writing(make, "en") for make in _ENGLISH),
)
