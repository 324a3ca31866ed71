"""From bytes to text: the encoding of a file, and characters that cannot be seen or do harm."""

import re
from typing import Final

from models.language.problem import Problem, Wording, Words

MOST_BYTES: Final = 512 * 1024
_MOST_REPORTED: Final = 20

TOO_LARGE: Final = Wording(
    "DL007",
    Words("the file is larger than {limit} KB and is not read", "文件超过 {limit} KB，未读取"),
    Words("split it into several files", "请拆分成几个文件"),
)
GBK: Final = Wording(
    "DL008",
    Words("the file is not saved as UTF-8 but, it seems, as GBK/GB18030", "文件不是 UTF-8 编码，看来是 GBK/GB18030"),
    Words(
        "save it as UTF-8; in Notepad: File, Save as, Encoding: UTF-8",
        "请另存为 UTF-8；记事本中：文件 → 另存为 → 编码选 UTF-8",
    ),
)
UTF_16: Final = Wording(
    "DL008",
    Words("the file is saved as UTF-16, not as UTF-8", "文件是 UTF-16 编码，不是 UTF-8"),
    GBK.remedy,
)
NOT_TEXT: Final = Wording(
    "DL008",
    Words("the file is neither UTF-8 nor GB18030 from here on", "从这里起，文件既不是 UTF-8 也不是 GB18030 编码"),
    Words("check that it is a text file, and save it as UTF-8", "请确认这是文本文件，并另存为 UTF-8"),
)
CONTROL: Final = Wording(
    "DL001",
    Words("the character {code} is invisible and not allowed here", "不可见字符 {code} 不允许出现"),
    Words("delete it, or type the line again", "请删除该字符，或重新输入这一行"),
)

# Beyond control characters: line separators that editors do not count as lines, the byte order mark
# and zero width space, which make two keys look alike, and marks that reorder text on the screen.
_BREAKS: Final = "\u0085\u2028\u2029"
_HIDDEN: Final = "\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BAD: Final = re.compile(
    f"[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f{_BREAKS}{_HIDDEN}\ud800-\udfff\ufffe\uffff]"
)
_HIDDEN_ONLY: Final = re.compile(f"[{_HIDDEN}]")
_LONE_RETURN: Final = re.compile("\r(?!\n)")


def decode(raw: bytes, name: str) -> tuple[str, list[Problem]]:
    """The text of a file, without a byte order mark; always a text, also of bytes that are none."""
    if len(raw) > MOST_BYTES:
        return "", [TOO_LARGE.at(name, 1, 1, limit=MOST_BYTES // 1024)]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace"), [UTF_16.at(name, 1, 1)]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    try:
        return raw.decode("gb18030"), [GBK.at(name, line, column)]
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace"), [NOT_TEXT.at(name, line, column)]


def clean(text: str, name: str) -> tuple[str, list[Problem]]:
    """The text as a YAML parser may see it, and a problem for each character taken out."""
    if "\r" in text:
        text = _LONE_RETURN.sub("\n", text)
    found = [(match.start(), match.group()) for match in _BAD.finditer(text)]
    if not found:
        return text, []
    problems = [_control(text, start, sign, name) for start, sign in found[:_MOST_REPORTED]]
    return _BAD.sub(" ", _HIDDEN_ONLY.sub("", text)), problems


def hidden_in(value: str) -> str | None:
    r"""The code of a character that an escape such as `\x07` brings into a text; None if all can be seen."""
    found = _BAD.search(value)
    return _code(found.group()) if found else None


def _control(text: str, start: int, sign: str, name: str) -> Problem:
    column = start - text.rfind("\n", 0, start)
    return CONTROL.at(name, text.count("\n", 0, start) + 1, column, code=_code(sign))


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"
