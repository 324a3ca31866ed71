"""Finds the slips of the hand that make libyaml give up, in all lines of a file at once.

libyaml stops at the first error. Most first errors are a few well known slips, so all lines
are searched for them, and the text is read again as if they were not there: the author gets
the problems of the whole file in one go. The repaired text is never written anywhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.reading.lookalikes import (
    COLON,
    COMMA,
    DASH,
    DASH_WITHOUT_SPACE,
    DASHES,
    LIST_COMMA,
    QUOTES,
    SPACE,
)

TAB: Final = Wording(
    "DL003",
    Words("a tab in the indentation", "缩进里有制表符（Tab）"),
    Words(
        "indent with spaces, two for each level; set your editor to insert spaces for the Tab key",
        "请用空格缩进，每层两个；可在编辑器中设置按 Tab 键输入空格",
    ),
)
COLON_WITHOUT_SPACE: Final = Wording(
    "DL001",
    Words("no space after the colon of `{key}`", "`{key}` 的冒号后面缺少空格"),
    Words("write `{key}: …` with a space", "请在冒号后加一个空格：`{key}: …`"),
)
TIME: Final = Wording(
    "DL001",
    Words("the time `{found}` stands between `{{ }}` without quotes", "花括号内的时间 `{found}` 没有加引号"),
    Words('put it in quotes: "{found}"', '请加引号："{found}"'),
)
COLON_IN_VALUE: Final = Wording(
    "DL001",
    Words(
        "a second colon: the value `{found}` holds a colon and a space", "第二个冒号：值 `{found}` 里含有“冒号加空格”"
    ),
    Words('put the value in quotes: {key}: "{found}"', '请给值加引号：{key}: "{found}"'),
)
COMMENT: Final = Wording(
    "DL002",
    Words("full-width `＃` does not begin a comment", "全角“＃”不能开始注释"),
    Words("write an ASCII `#`", "请改用半角 `#`"),
)

_BLOCK_TEXT: Final = re.compile(r"(?P<head>\s*(?:- +)*)(?:.*[:-] +)?[|>][-+0-9]*\s*(?:#.*)?$")
_INDENT: Final = re.compile(r"[ \t\u3000\u00a0]*")
_WIDTHS: Final = {"\t": "  ", "\u3000": "  ", "\u00a0": " "}


# A hostile file must not cost more than an honest one: see tests of hostile files.
_MOST_SLIPS: Final = 50
_MOST_LINES: Final = 20_000
_LONGEST_LINE: Final = 1_000


@dataclass(frozen=True, slots=True)
class _Slip:
    """What to search a line for: the group `bad` is wrong, the group `key` names the key."""

    wording: Wording
    instead: str
    needs: str
    """A sign without which a line need not be searched."""
    pattern: re.Pattern[str]


_ITEM: Final = r"^\s*(?:- +)*"
_KEY: Final = r"(?P<key>[a-z_][a-z0-9_]*)"
_INSIDE_LIST: Final = r"\[[^\]\"']*[\w.-]"
_BEFORE_NAME: Final = r"(?=[\w.-]+\s*[\],，、])"
_WITH_COLON: Final = r"[^\s\"'\[{|>&*!#%@`][^\"\\#]*: [^\"\\#]*[^\s\"\\#]"
_SLIPS: Final = (
    _Slip(COMMENT, "#", "＃", re.compile(r"^\s*(?P<bad>＃)")),
    _Slip(DASH, "- ", "", re.compile(rf"{_ITEM}(?P<bad>[{DASHES}]+\s*)(?=(?P<key>\w[\w-]*)\s*[:：])")),
    _Slip(DASH_WITHOUT_SPACE, "- ", "-", re.compile(rf"{_ITEM}(?P<bad>-)(?=(?P<key>[^\W\d]\w*)\s*[:：])")),
    _Slip(COLON, ": ", "：", re.compile(rf"{_ITEM}{_KEY}(?P<bad>\s*：\s*)")),
    _Slip(COLON, ": ", "：", re.compile(rf"{_ITEM}(?P<key>[^\s:：#'\"{{}}\[\],，]+)(?P<bad>\s*：\s*)(?=[{{\['\"]|$)")),
    _Slip(COLON, ": ", "：", re.compile(rf"[{{,，]\s*{_KEY}(?P<bad>\s*：\s*)")),
    _Slip(COLON_WITHOUT_SPACE, ": ", ":", re.compile(rf"{_ITEM}{_KEY}(?P<bad>:)(?=[^\s:/][^@]*$)")),
    _Slip(COMMA, ", ", "{", re.compile(rf"(?P<bad>，\s*)(?={_KEY}\s*:\s)")),
    _Slip(COMMA, ", ", "[", re.compile(rf"{_INSIDE_LIST}(?P<bad>\s*，\s*){_BEFORE_NAME}", re.ASCII)),
    _Slip(LIST_COMMA, ", ", "[", re.compile(rf"{_INSIDE_LIST}(?P<bad>\s*、\s*){_BEFORE_NAME}", re.ASCII)),
    _Slip(TIME, '"\\g<bad>"', "{", re.compile(rf"[{{,]\s*{_KEY}:\s+(?P<bad>\d{{1,2}}:\d{{2}})(?=\s*[,}}])")),
    _Slip(QUOTES, '"\\g<text>"', "“", re.compile(r":\s+(?P<bad>“(?P<text>[^\"\\“”]*: [^\"\\“”]*)”)\s*(?:#.*)?$")),
    _Slip(COLON_IN_VALUE, '"\\g<bad>"', ": ", re.compile(rf"{_ITEM}{_KEY}: +(?P<bad>{_WITH_COLON})(?=\s*$|\s+#)")),
)


def repair(text: str, name: str) -> tuple[str, list[Problem]]:
    """The text without the slips, and a problem for each."""
    problems: list[Problem] = []
    lines = text.split("\n")
    if len(lines) > _MOST_LINES:
        return text, []
    for index in list(_lines_of_structure(lines)):
        line, shift = _straighten(lines[index], name, index + 1, problems)
        for slip in _SLIPS:
            if slip.needs in line:
                line, shift = _mend(slip, line, shift, name, index + 1, problems)
        lines[index] = line
        if len(problems) >= _MOST_SLIPS:
            break
    return "\n".join(lines), problems


def _straighten(line: str, name: str, number: int, problems: list[Problem]) -> tuple[str, int]:
    """The line indented with spaces, and by how much it has grown."""
    indent = _INDENT.match(line)
    old = indent.group() if indent else ""
    bad = next((column for column, sign in enumerate(old, 1) if sign != " "), None)
    if bad is None:
        return line, 0
    problems.append((TAB if "\t" in old else SPACE).at(name, number, bad))
    new = "".join(_WIDTHS.get(sign, sign) for sign in old)
    return new + line[len(old) :], len(new) - len(old)


def _mend(slip: _Slip, line: str, shift: int, name: str, number: int, problems: list[Problem]) -> tuple[str, int]:
    """The line without this slip, and by how much it has grown since it was read."""
    while len(problems) < _MOST_SLIPS and (match := slip.pattern.search(line)):
        start, end = match.span("bad")
        found = match.group("bad").strip()
        key = match.groupdict().get("key") or found
        problems.append(slip.wording.at(name, number, start + 1 - shift, key=key, found=found))
        instead = match.expand(slip.instead)
        line = line[:start] + instead + line[end:]
        shift += len(instead) - (end - start)
    return line, shift


def _lines_of_structure(lines: list[str]) -> Iterator[int]:
    """Indexes of the lines that are neither empty, nor comments, nor part of a block text (`|`, `>`)."""
    text_above: int | None = None
    for index, line in enumerate(lines):
        stripped = line.lstrip(" ")
        if not stripped.strip() or stripped.startswith("#") or len(line) > _LONGEST_LINE:
            continue
        if text_above is not None and len(line) - len(stripped) > text_above:
            continue
        block = _BLOCK_TEXT.match(line)
        text_above = len(block.group("head")) if block else None
        yield index
