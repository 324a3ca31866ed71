"""Condition words: an expression as a Chinese sentence, for pictures that an officer reads.

    >>> # letter_type != 'complaint' and not forward.done
    >>> # 来信性质不是“投诉”，且「转交」未办结

A part that has no short wording, such as a sum over a table, is shown as it is written in the file.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.condition_vocabulary import ARITHMETIC, CASE, DEADLINE, ITEM, LOOPS, SIGNS, SPANS, STATUS, STEP, STEP_VALUES
from engine.titles import Titles, field_at, fields_of
from models.expressions import Expression
from models.expressions.tree import Arithmetic, Call, Comparison, Item, Listing, Literal, Logic, Loop, Node, Not, Read
from models.expressions.types import Bool
from models.language.fields import ChoiceField


class _NoWordsError(ValueError):
    """This part of an expression has no short wording."""


def in_words(expression: Expression | None, titles: Titles) -> str:
    """The condition in Chinese, or as it is written; empty if there is none."""
    if expression is None:
        return ""
    return _Speaker(titles, expression.text).part(expression.tree)


class _Speaker:
    def __init__(self, titles: Titles, text: str) -> None:
        self.titles = titles
        self.text = text

    def part(self, node: Node) -> str:
        """A condition that may be a part of a larger one, in words or as it is written."""
        try:
            return self.say(node)
        except _NoWordsError:
            return " ".join(self.text[node.place.column : node.place.column + node.place.length].split())

    def say(self, node: Node) -> str:
        speak = _SPEAKERS.get(type(node))
        if speak is None:
            raise _NoWordsError
        return speak(self, node)

    def opposite(self, node: Node) -> str:
        """The node denied, without an “it is not so that” where there is a word for it."""
        match node:
            case Read(path=path):
                return self.read(path, yes=False)
            case Call(function="given", arguments=(inner,)):
                return f"未填写{self.say(inner)}"
            case Not(part=part):
                return self.say(part)
            case Comparison(first=first, links=((sign, right),)) if sign in ("==", "!=", "in", "not in"):
                turned = {"==": "!=", "!=": "==", "in": "not in", "not in": "in"}[sign]
                return self.compared(first, turned, right)
        return f"并非（{self.say(node)}）"

    def logic(self, node: Logic) -> str:
        joint = "，且" if node.word == "and" else "，或"
        return joint.join(f"（{self.part(one)}）" if isinstance(one, Logic) else self.part(one) for one in node.parts)

    def comparison(self, node: Comparison) -> str:
        if len(node.links) != 1:
            raise _NoWordsError
        sign, right = node.links[0]
        return self.compared(node.first, sign, right)

    def compared(self, first: Node, sign: str, right: Node) -> str:
        left = self.say(first) if not isinstance(first, Read) or first.type != Bool else self.value(first.path)
        if sign in ("in", "not in"):
            if not isinstance(right, Listing):
                raise _NoWordsError
            options = "、".join(self.option(first, one) for one in right.items)
            return f"{left}{'是' if sign == 'in' else '不是'}{options}{'之一' if len(right.items) > 1 else ''}"
        return f"{left}{SIGNS[sign]}{self.option(first, right)}"

    def option(self, field: Node, value: Node) -> str:
        """A literal next to a choice field is the title of that option."""
        if not isinstance(value, Literal):
            return self.say(value)
        path = field.path if isinstance(field, Read) else ""
        found = field_at(self.titles.procedure, path)
        if isinstance(found, ChoiceField) and value.value in found.options:
            return f"“{self.titles.text(found.options[str(value.value)])}”"
        if path in ("item.status", "item.outcome") and value.value in STATUS:
            return f"“{STATUS[str(value.value)]}”"
        return self.literal(value)

    def literal(self, node: Literal) -> str:
        if isinstance(node.value, bool):
            return "是" if node.value else "否"
        return f"“{node.value}”" if isinstance(node.value, str) else str(node.value)

    def read(self, path: str, yes: bool = True) -> str:
        """A condition that is a single name."""
        head, _, attribute = path.rpartition(".")
        side = 0 if yes else 1
        if head in self.titles.program.plans and attribute in STEP:
            return f"「{self.titles.step(head)}」{STEP[attribute][side]}"
        if head.startswith("deadline.") and attribute in DEADLINE:
            return f"「{self.titles.deadline(head.partition('.')[2])}」{DEADLINE[attribute][side]}"
        if head == "mode":
            mode = self.titles.program.company.modes.modes.get(attribute)
            return f"{'' if yes else '不'}处于{self.titles.text(mode, attribute)}"
        name = self.value(path)
        if name.startswith("是否"):
            return name.removeprefix("是否") if yes else f"并非{name.removeprefix('是否')}"
        return name if yes else f"“{name}”为否"

    def value(self, path: str) -> str:
        """A name that stands for a value."""
        head, _, attribute = path.rpartition(".")
        if head == "case" and attribute in CASE:
            return CASE[attribute]
        if head in self.titles.program.plans and attribute in STEP_VALUES:
            return f"「{self.titles.step(head)}」的{STEP_VALUES[attribute]}"
        if head == "item" and field_at(self.titles.procedure, path) is None and attribute in ITEM:
            return ITEM[attribute]
        if path in ("at", "by"):
            return "办理时间" if path == "at" else "办理人"
        if field_at(self.titles.procedure, path) is None:
            raise _NoWordsError
        return self.titles.field(path)

    def called(self, node: Call) -> str:
        if node.function == "given":
            return f"已填写{self.say(node.arguments[0])}"
        amount = node.arguments[0] if node.arguments else None
        if node.function in SPANS and isinstance(amount, Literal):
            return f"{amount.value} {SPANS[node.function]}"
        if node.function == "lower":
            return self.say(node.arguments[0])
        raise _NoWordsError

    def read_node(self, node: Read) -> str:
        return self.read(node.path) if node.type == Bool else self.value(node.path)

    def arithmetic(self, node: Arithmetic) -> str:
        return f"{self.say(node.left)} {ARITHMETIC[node.sign]} {self.say(node.right)}"

    def item(self, node: Item) -> str:
        if len(node.fields) != 1:
            raise _NoWordsError
        name = node.fields[0]
        steps = (fields_of(step).get(name) for step in self.titles.procedure.steps)
        found = next((one for one in steps if one is not None), None)
        if found is not None:
            return self.titles.text(found.title, name)
        return ITEM.get(name) or self.titles.field(f"item.{name}")

    def loop(self, node: Loop) -> str:
        """Whether something holds for one or for each of many."""
        if node.function not in LOOPS or node.condition is not None or not isinstance(node.source, Read):
            raise _NoWordsError
        head, _, rest = node.source.path.rpartition(".")
        many = f"「{self.titles.step(head)}」" if rest == "rows" else self.titles.field(node.source.path)
        return f"{many}{LOOPS[node.function]}（{self.say(node.body)}）"


_SPEAKERS: Final[Mapping[type, Callable[[_Speaker, Any], str]]] = {
    Not: lambda speaker, node: speaker.opposite(node.part),
    Logic: _Speaker.logic,
    Comparison: _Speaker.comparison,
    Literal: _Speaker.literal,
    Read: _Speaker.read_node,
    Call: _Speaker.called,
    Arithmetic: _Speaker.arithmetic,
    Item: _Speaker.item,
    Loop: _Speaker.loop,
}
