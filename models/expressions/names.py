"""Names: finding what `forward.done` means in the scope, and saying what there is if it means nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from models.expressions import phrases
from models.expressions.flaws import Complaint, Place, Report
from models.expressions.functions import FUNCTIONS
from models.expressions.scope import Scope, find_name
from models.expressions.suggestions import is_near, listed, nearest_first, suggest
from models.expressions.tree import Item, Literal, Node, Read
from models.expressions.types import Choice, ListOf, Record, Type, Unknown, describe
from models.expressions.words import Words

NO_NAMES: Final = Words("nothing can be read here", "这里没有可用的名称")


class Names:
    """The scope of one expression, with the variables of the loops around the current part."""

    def __init__(self, scope: Scope, report: Report) -> None:
        self.scope = scope
        self.variables: dict[str, Type] = {}
        self._report = report

    def resolve(self, parts: Sequence[str], places: Sequence[Place], whole: Place) -> Node:
        """Turn a dotted name into a read of the environment or of the loop's item."""
        if parts[0] in self.variables:
            found = self._follow(self.variables[parts[0]], parts, places)
            return broken(whole) if found is None else Item(whole, found[0], parts[0], found[1])
        name = find_name(self.scope.names, parts[0])
        if name is None:
            self._report.add(places[0], *self._unknown(parts[0]))
            return broken(whole)
        found = self._follow(self.scope.names[name], parts, places)
        if found is None:
            return broken(whole)
        path = ".".join((name, *found[1]))
        if isinstance(found[0], Record):
            self._report.add(whole, *_group(path, found[0]))
            return broken(whole)
        return Read(whole, found[0], path)

    def is_taken(self, name: str) -> bool:
        """Tell whether a new loop variable of this name would hide another name."""
        return name in self.variables or find_name(self.scope.names, name) is not None

    def _follow(self, kind: Type, parts: Sequence[str], places: Sequence[Place]) -> tuple[Type, tuple[str, ...]] | None:
        fields: list[str] = []
        for part, place in zip(parts[1:], places[1:], strict=True):
            owner = ".".join((parts[0], *fields))
            if not isinstance(kind, Record):
                if kind != Unknown:
                    self._report.add(place, *_no_parts(owner, kind, part))
                return None
            name = find_name(kind.fields, part)
            if name is None:
                remedy = suggest(part, kind.fields, Words("there is nothing inside", "里面没有内容"))
                self._report.add(place, Words(f"`{owner}` has no `{part}`", f"`{owner}` 没有 `{part}`"), remedy)
                return None
            fields.append(name)
            kind = kind.fields[name]
        return kind, tuple(fields)

    def _unknown(self, written: str) -> Complaint:
        message = Words(f"there is no name `{written}`", f"没有 `{written}` 这个名称")
        if written in FUNCTIONS:
            return Complaint(
                Words(f"`{written}` is a function", f"`{written}` 是函数"), phrases.write(FUNCTIONS[written].usage)
            )
        if any(written in options for options in _options(self.scope.names)):
            return Complaint(message, _quote_option(written))
        available = nearest_first(written, (*self.variables, *self.scope.names))
        remedy = suggest(written, available, NO_NAMES)
        if not available or not is_near(written, available[0]):
            remedy = Words(f"{remedy.en}; a text stands in quotes", f"{remedy.zh}；文本要加引号")
        return Complaint(message, remedy)


def broken(place: Place) -> Literal:
    """Make the node that stands where a flaw was reported."""
    return Literal(place, Unknown, None)


def _quote_option(written: str) -> Words:
    return Words(f"if you mean the option, put it in quotes: `'{written}'`", f"如果指的是选项，请加引号：`'{written}'`")


def _group(path: str, kind: Record) -> Complaint:
    """Refuse a whole step or deadline as a value: the environment holds its fields only."""
    said, fields = describe(kind), listed(f"`{path}.{name}`" for name in sorted(kind.fields))
    return Complaint(
        Words(f"`{path}` is {said.en}, not a value", f"`{path}` 是{said.zh}，不是一个值"),
        Words(f"write one of its fields: {fields.en}", f"请写其中一个字段：{fields.zh}"),
    )


def _no_parts(owner: str, kind: Type, part: str) -> Complaint:
    said = describe(kind)
    message = Words(f"`{owner}` is {said.en} and has no `{part}`", f"`{owner}` 是{said.zh}，没有 `{part}`")
    if isinstance(kind, ListOf):
        loop = f"any(i.{part} for i in {owner})"
        return Complaint(message, Words(f"look at its items, one by one: `{loop}`", f"请逐项来看：`{loop}`"))
    if part in FUNCTIONS:
        return Complaint(message, phrases.write(FUNCTIONS[part].usage))
    return Complaint(message, Words(f"write `{owner}` alone", f"只写 `{owner}`"))


def _options(names: Mapping[str, Type]) -> Iterator[frozenset[str]]:
    """Find all choices in the scope, inside records and lists too."""
    open_types = list(names.values())
    while open_types:
        kind = open_types.pop()
        match kind:
            case Choice():
                yield kind.options
            case ListOf():
                open_types.append(kind.item)
            case Record():
                open_types.extend(kind.fields.values())
