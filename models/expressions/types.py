"""Types of the expression language: what a value is, known before anything runs.

A type is immutable and hashable. The simple ones are constants of this module
(`Bool`, `Number`, ...); `Choice`, `ListOf` and `Record` are built from others.
Every type can say itself in plain words, because its reader is a security
officer who meets it only in a message.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta, timezone
from types import MappingProxyType
from typing import Final, TypeAlias

from models.expressions.words import Words

# The room above has the same zone under the same name; this one may not import upwards.
CHINA: Final = timezone(timedelta(hours=8), "Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Simple:
    """A type without parts; `words` is how a message says it."""

    name: str
    words: Words = field(repr=False)


Bool: Final = Simple("Bool", Words("yes or no", "“是/否”"))
Number: Final = Simple("Number", Words("a number", "数字"))
Text: Final = Simple("Text", Words("text", "文本"))
Moment: Final = Simple("Moment", Words("a moment (date and time)", "时刻（日期加时间）"))
Date: Final = Simple("Date", Words("a date", "日期"))
Span: Final = Simple("Span", Words("a length of time", "时长"))
Person: Final = Simple("Person", Words("a person", "人员"))
File: Final = Simple("File", Words("a file", "文件"))
Nothing: Final = Simple("Nothing", Words("nothing", "空值"))
# Stands where a flaw was already reported, so that one mistake gives one message.
Unknown: Final = Simple("Unknown", Words("something unknown", "未知内容"))


@dataclass(frozen=True, slots=True)
class Choice:
    """Text that is one of `options`; any other text can never be equal to it."""

    options: frozenset[str]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list whose items all have one type."""

    item: "Type"


@dataclass(frozen=True, slots=True)
class Record:
    """Named fields that belong together: a step, a deadline, a row of a table."""

    fields: Mapping[str, "Type"]

    def __post_init__(self) -> None:
        """Keep a private copy, so that the caller's mapping may change and this may not."""
        object.__setattr__(self, "fields", MappingProxyType(dict(self.fields)))

    def __hash__(self) -> int:
        """Hash by content; a mapping has no hash of its own."""
        return hash(frozenset(self.fields.items()))


Type: TypeAlias = Simple | Choice | ListOf | Record


def describe(kind: Type) -> Words:
    """Say a type in plain words: "a number", "a list (each item: text)"."""
    match kind:
        case Simple():
            return kind.words
        case Choice():
            return Words("a choice", "选项")
        case ListOf():
            if kind.item in {Nothing, Unknown}:
                return Words("a list", "列表")
            item = describe(kind.item)
            return Words(f"a list (each item: {item.en})", f"列表（每项：{item.zh}）")
        case Record():
            return Words("a group of fields", "一组字段")


def is_textual(kind: Type) -> bool:
    """Tell whether values of this type are texts when the expression runs."""
    return kind == Text or isinstance(kind, Choice)


def joined(left: Type, right: Type) -> Type | None:
    """Find the one type that holds the values of both, or None if there is none."""
    if left == right or right in {Nothing, Unknown}:
        return left
    if left in {Nothing, Unknown}:
        return right
    if isinstance(left, Choice) and isinstance(right, Choice):
        return Choice(left.options | right.options)
    if isinstance(left, ListOf) and isinstance(right, ListOf):
        item = joined(left.item, right.item)
        return None if item is None else ListOf(item)
    return Text if is_textual(left) and is_textual(right) else None
