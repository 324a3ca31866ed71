"""Phrases that several checks of the text say in the same way."""

from models.expressions.characters import describe_character
from models.expressions.flaws import Complaint
from models.expressions.types import Type, describe
from models.expressions.words import Words


def write(code: str) -> Words:
    """Say what to write instead."""
    return Words(f"write `{code}`", f"请写 `{code}`")


def write_span(function: str, amount: str) -> Words:
    """Say how to write a length of time."""
    return Words(f"write `{function}({amount})` for a length of time", f"时长写作 `{function}({amount})`")


def say_unit(amount: str) -> Words:
    """Say that a number alone is no length of time."""
    short, middle, long = (f"`{unit}({amount})`" for unit in ("minutes", "hours", "days"))
    return Words(f"say the unit: {short}, {middle} or {long}", f"请写明单位：{short}、{middle} 或 {long}")


def is_a(written: str, kind: Type) -> Words:
    """Say of what type a part of the expression is."""
    said = describe(kind)
    return Words(f"`{written}` is {said.en}", f"`{written}` 是{said.zh}")


def kind_of(character: str, written: str | None = None) -> Words:
    """Name a wrong character, or the sign it is part of, and its kind."""
    kind = describe_character(character)
    return Words(f"`{written or character}` is {kind.en}", f"`{written or character}` 是{kind.zh}")


def not_of_the_language(written: str) -> Words:
    """Say that another language has this word or sign, ours has not."""
    return Words(f"`{written}` does not exist in the expression language", f"表达式语言里没有 `{written}`")


def cannot_stand(written: str, wide: str | None, reason: Words) -> Words:
    """Say why a sign without a replacement is refused."""
    shown = '"`"' if written == "`" else f"`{written}`"
    kind = Words("", "") if wide is None else describe_character(wide)
    return Words(
        f"{shown} cannot stand here: {kind.en}{'; ' if wide else ''}{reason.en}",
        f"这里不能写 {shown}：{kind.zh}{'；' if wide else ''}{reason.zh}",
    )


def no_name(written: str) -> Complaint:
    """Refuse a word that cannot be a name."""
    return Complaint(
        Words(f"`{written}` is not a name", f"`{written}` 不是名称"),
        Words("use letters, Chinese characters, digits and _", "名称由字母、汉字、数字和 _ 组成"),
    )


def reserved(written: str) -> Complaint:
    """Refuse a word that Python keeps for itself."""
    return Complaint(
        Words(f"`{written}` is a reserved word and cannot be read as a name", f"`{written}` 是保留字，不能当作名称"),
        Words("rename the step or field; a text stands in quotes", "请给步骤或字段换一个名称；文本要加引号"),
    )


def invisible(character: str) -> Complaint:
    """Refuse a character that would make two equal-looking texts differ."""
    code = f"U+{ord(character):04X}"
    return Complaint(
        Words(f"there is a character that nobody can see ({code})", f"这里有一个看不见的字符（{code}）"),
        Words("type this part again, without copying it", "请重新输入这一段，不要复制粘贴"),
    )


def shortened(text: str) -> str:
    """Cut a text to a length one can read."""
    return text if len(text) <= 30 else f"{text[:27]}..."
