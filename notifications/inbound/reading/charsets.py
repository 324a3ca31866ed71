"""Bytes into characters, where the declared charset is missing, wrong, or meant otherwise than it says."""

import codecs
import re
from typing import Final

_MEANT: Final = {
    "gb2312": "gb18030",  # what calls itself GB2312 is mostly GBK, and GB18030 reads both
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "iso8859-1": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp_ext",
    "ascii": "",
}
"""By the canonical names of Python's codecs: the superset that is really used under that name; empty: anything."""

_NAMES: Final = {"gb_2312-80": "gb2312", "x-gbk": "gbk", "x-sjis": "shift_jis", "unicode-1-1-utf-8": "utf-8"}

_TRUSTED: Final = re.compile(
    r"ascii|utf-(8|8-sig|16|16-le|16-be|32|32-le|32-be)|gb2312|gbk|gb18030|hz|big5|big5hkscs|cp(4|7|8|9|12)\d+|cp1006"
    r"|iso8859-\d+|iso2022_\w+|koi8-[rtu]|mac-\w+|shift_jis\w*|euc_\w+|tis-620|johab|ptcp154|kz1048"
)
"""Codecs that only turn bytes into characters, in linear time. Not UTF-7: it hides what it says from every filter."""


def codec(declared: str) -> str:
    """The codec to use for a declared charset; empty if it is missing, unknown or not trusted."""
    name = declared.strip().strip("\"'").lower()[:40]
    try:
        known = codecs.lookup(_NAMES.get(name, name)).name
    except (LookupError, ValueError, UnicodeError):
        return ""
    return _MEANT.get(known, known) if _TRUSTED.fullmatch(known) else ""


def decode(data: bytes, declared: str = "", *, cut: bool = False) -> tuple[str, bool]:
    """The characters, and whether all of them could be read. `cut`: the data may end within a character."""
    name = codec(declared)
    if name != "hz" and not name.startswith(("iso2022", "utf-16", "utf-32")):
        if data.isascii():
            return data.decode("ascii"), True
        name = _corrected(data, name, cut=cut)
    for candidate in (name, "utf-8", "gb18030"):
        text = _strict(data, candidate, cut=cut) if candidate else None
        if text is not None:
            return text, True
        replaced = data.decode(name, "replace") if name and candidate == name else ""
        if _mostly_read(replaced):
            return replaced, False  # one bad character does not make it another charset
    return data.decode(name or "latin-1", "replace"), False


def guess(data: bytes) -> str:
    """The characters of bytes that nobody declared."""
    return decode(data)[0]


def _corrected(data: bytes, name: str, *, cut: bool) -> str:
    """The codec that the bytes themselves ask for, where one is certain enough to overrule what was declared."""
    if name in {"gb18030", "big5hkscs"}:
        # Chinese takes three bytes in UTF-8, and those hardly ever are right in UTF-8 by chance.
        text = _strict(data, "utf-8", cut=cut)
        return "utf-8" if text is not None and max(text) >= "\u0800" else name
    if name in {"cp1252", "iso8859-15"}:
        if _strict(data, "utf-8", cut=cut) is not None:
            return "utf-8"
        # GB2312 has all its high bytes in pairs, languages of the West hardly any.
        return "gb18030" if _strict(data, "gb2312", cut=cut) is not None else name
    return name


def _strict(data: bytes, name: str, *, cut: bool) -> str | None:
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(data, not cut)
    except UnicodeError:
        return None


def _mostly_read(text: str) -> bool:
    bad = text.count("\ufffd")
    return 0 < bad * 10 <= sum(character > "\x7f" for character in text) - bad
