"""Says what is wrong with a text that is no duration, and what to write instead.

Only ever run on texts that were refused. It guesses what the writer meant, so that
the message can show the right spelling; it never accepts anything by itself.
"""

import re
import unicodedata
from difflib import get_close_matches
from fractions import Fraction
from typing import Final, NamedTuple

from models.language.units import MOST, Unit, chinese, english

LONGEST_TEXT: Final = 60
"""No duration is longer than this, and nothing longer is worth guessing at."""

EXAMPLES: Final = ("24 hours", "30 working minutes", "3 working days", "30 calendar days")


class Diagnosis(NamedTuple):
    """The fault as the end of a sentence, in both languages, and the texts that would be right."""

    wrong: str
    wrong_zh: str
    instead: tuple[str, ...]


# Spellings people use, by the unit they mean. "days" is no unit: it stands for two.
_SPELLINGS: Final = {
    "minutes": ("m", "min", "mins", "minute", "minutes", "分", "分钟"),
    "hours": ("h", "hr", "hrs", "hour", "hours", "小时", "钟头", "时"),
    "working minutes": ("working minute", "working minutes", "business minute", "business minutes", "工作分钟"),
    "working hours": ("wh", "working hour", "working hours", "business hour", "business hours", "工作小时", "工作时"),
    "working days": (
        "wd",
        "working day",
        "working days",
        "business day",
        "business days",
        "workday",
        "工作日",
        "工作天",
    ),
    "calendar days": ("cd", "calendar day", "calendar days", "natural day", "natural days", "自然日", "日历日"),
    "days": ("d", "day", "days", "天", "日"),
    "weeks": ("w", "week", "weeks", "周", "星期", "礼拜"),
    "months": ("mo", "month", "months", "月"),
    "years": ("y", "yr", "year", "years", "年"),
    "seconds": ("s", "sec", "secs", "second", "seconds", "秒", "秒钟"),
}
_UNITS: Final = {word: unit for unit, words in _SPELLINGS.items() for word in words}

_HALF: Final = Fraction(1, 2)
_ENGLISH_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS: Final[dict[str, int | Fraction]] = (
    {word: n for n, word in enumerate(_ENGLISH_NUMBERS, 1)}
    | {word: n for n, word in enumerate("一二三四五六七八九十", 1)}
    | {"两": 2, "十五": 15, "二十": 20, "二十四": 24, "三十": 30, "四十八": 48, "七十二": 72}
    | {"a": 1, "an": 1}
    | {"half": _HALF, "half a": _HALF, "half an": _HALF, "半": _HALF}
)
_NUMBER: Final = r"(?:\d+(?:\.\d+)?|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
_PART: Final = re.compile(rf"(?P<number>{_NUMBER})\s*个?\s*(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})")
_ISO: Final = re.compile(r"p(?:(?P<d>\d+)d)?(?:t(?:(?P<h>\d+)h)?(?:(?P<m>\d+)m)?)?")
_ISO_UNITS: Final = (("d", "days"), ("h", "hours"), ("m", "minutes"))
_MINUTES: Final = {"minutes": 1, "hours": 60}
_SPLIT: Final = {"hours": ("minutes", 60), "working hours": ("working minutes", 60), "calendar days": ("hours", 24)}
_LONG: Final = {"weeks": (7, 5), "months": (30, 0), "years": (365, 0)}


def diagnose(text: str) -> Diagnosis:
    """Find the fault in a text that `Duration.parse` refused."""
    if len(text) > LONGEST_TEXT:
        return Diagnosis("is not a duration", "不是时长", EXAMPLES)
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().replace("_", " ").split())
    plain = plain.removeprefix("within ").removesuffix("内").removesuffix("以").removesuffix("之").strip()
    if not plain:
        return Diagnosis("is empty", "是空的", EXAMPLES)
    if plain.startswith("-"):
        instead = _instead(plain[1:]) or EXAMPLES
        return Diagnosis("is negative, and a duration always runs forward", "是负数，时长总是向后计算", instead)
    if re.fullmatch(r"\d+", plain):
        return _unitless(int(plain))
    parts = _parts(plain) or _parts(_respelt(plain))
    if not parts:
        wrong = "is not a duration (a whole number, a space and a unit)"
        return Diagnosis(wrong, "不是时长（整数、空格、单位）", EXAMPLES)
    return _several(parts) if len(parts) > 1 else _single(*parts[0])


def _respelt(plain: str) -> str:
    """`30 minuts` with the unit that was probably meant; empty if nothing is close."""
    match = re.fullmatch(r"(\d+) ([a-z ]+)", plain)
    close = get_close_matches(match[2], [word for word in _UNITS if len(word) >= 4], n=1, cutoff=0.75) if match else []
    return f"{match[1]} {close[0]}" if match and close else ""


def beyond(amount: int, unit: Unit) -> Diagnosis:
    """The fault of an amount that is zero, negative or past the cap of its unit."""
    most = MOST[unit]
    wrong = f"is outside 1 to {most} {unit} (what is longer is counted in days)"
    wrong_zh = f"超出 1 至 {chinese(most, unit)} 的范围（更长的请按天计算）"
    return Diagnosis(wrong, wrong_zh, (english(min(max(amount, 1), most), unit),))


def _instead(plain: str) -> tuple[str, ...]:
    parts = _parts(plain.strip())
    return _single(*parts[0]).instead if len(parts) == 1 else ()


def _parts(plain: str) -> list[tuple[Fraction, str]]:
    """Split `1 hour 30 min` into amounts and units; empty if any of it is not understood."""
    iso = _ISO.fullmatch(plain)
    if iso and any(iso.groups()):
        return [(Fraction(iso[key]), unit) for key, unit in _ISO_UNITS if iso[key]]
    found: list[tuple[Fraction, str]] = []
    position = 0
    while position < len(plain):
        match = _PART.match(plain, position)
        if match is None:
            return []
        number = match["number"]
        found.append((Fraction(_WORDS.get(number, number)), _UNITS[match["unit"]]))
        position = match.end()
        while plain[position : position + 1] in {" ", ","}:
            position += 1
    return found


def _unitless(amount: int) -> Diagnosis:
    instead = tuple(_write(amount or 1, unit) for unit in ("hours", "working days", "calendar days"))
    return Diagnosis("has no unit", "没有单位", instead)


def _several(parts: list[tuple[Fraction, str]]) -> Diagnosis:
    wrong = (
        "has more than one part, and a duration is one number with one unit",
        "不止一段，时长只能是一个数加一个单位",
    )
    total = sum((amount * _MINUTES.get(unit, 0) for amount, unit in parts), Fraction(0))
    if total.denominator != 1 or not total or any(unit not in _MINUTES for _, unit in parts):
        return Diagnosis(*wrong, EXAMPLES)
    return Diagnosis(*wrong, (_write(int(total), "minutes"),))


def _single(amount: Fraction, unit: str) -> Diagnosis:
    if not amount:
        wrong = ("is no time at all, and the shortest duration is a minute", "等于没有时间，最短为一分钟")
        return Diagnosis(*wrong, ("1 minute", "15 minutes"))
    if unit == "seconds":
        minutes = max(1, -(-amount.numerator // (60 * amount.denominator)))
        wrong = ("counts seconds, and the smallest unit is a minute", "按秒计算，最小单位是分钟")
        return Diagnosis(*wrong, (_write(minutes, "minutes"),))
    if unit == "days" and amount.denominator == 1:
        wrong = ("does not say which days are counted, working days or calendar days", "没有说明是工作日还是自然日")
        return Diagnosis(*wrong, (_write(int(amount), "working days"), _write(int(amount), "calendar days")))
    if unit in _LONG:
        return _in_days(amount, unit)
    if amount.denominator != 1:
        return _broken(amount, unit)
    return Diagnosis("is not spelled the way durations are", "写法不对", (_write(int(amount), unit),))


def _in_days(amount: Fraction, unit: str) -> Diagnosis:
    calendar, working = _LONG[unit]
    instead = tuple(
        _write(-(-days.numerator // days.denominator), kind)
        for days, kind in ((amount * working, "working days"), (amount * calendar, "calendar days"))
        if days
    )
    return Diagnosis(f"counts {unit}, which do not say how many days they are", "没有说明到底是多少天", instead)


def _broken(amount: Fraction, unit: str) -> Diagnosis:
    """Offer a smaller unit for a fraction where there is one, else the whole numbers around it."""
    wrong = ("is a fraction, and durations are whole numbers", "不是整数，时长只能用整数")
    if unit in _SPLIT and (amount * _SPLIT[unit][1]).denominator == 1:
        smaller, times = _SPLIT[unit]
        return Diagnosis(*wrong, (_write(int(amount * times), smaller),))
    kinds = ("working days", "calendar days") if unit == "days" else (unit,)
    near = [n for n in (int(amount), int(amount) + 1) if n]
    return Diagnosis(*wrong, tuple(_write(n, kind) for kind in kinds for n in near))


def _write(amount: int, unit: str) -> str:
    counted = Unit(unit)
    return english(min(amount, MOST[counted]), counted)
