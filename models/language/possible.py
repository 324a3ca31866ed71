"""Possible: whether a condition can ever hold while some steps are never done.

It is the optimist's answer: whatever is not known for certain is taken to be possible.
"""

from collections.abc import Set as AbstractSet
from typing import Final

from models.expressions.tree import Call, Comparison, Either, Literal, Logic, Node, Not, Read, walk
from models.language.scope import STEP, TOTALS

_DONE: Final = frozenset({"done", "approved", "rejected", "failed"})
"""What is true of a step only when it has been done."""

_OPEN: Final = frozenset({True, False})
_FALSE: Final = frozenset({False})


def can_hold(condition: Node, never: AbstractSet[str]) -> bool:
    """Whether the condition can be true if the steps in `never` are never done."""
    return True in _values(condition, never)


def needed(condition: Node, never: AbstractSet[str]) -> list[Read]:
    """What the condition reads of the steps in `never`, left to right."""
    return [node for node in walk(condition) if isinstance(node, Read) and _step(node) in never]


def _values(node: Node, never: AbstractSet[str]) -> frozenset[bool]:
    """The truth values that a condition can have."""
    match node:
        case Literal():
            return frozenset({node.value is True})
        case Not():
            return frozenset(not value for value in _values(node.part, never))
        case Logic():
            return _joined(node, never)
        case Either():
            return _values(node.then, never) | _values(node.otherwise, never)
        case _:
            return _FALSE if _is_false(node, never) else _OPEN


def _is_false(node: Node, never: AbstractSet[str]) -> bool:
    match node:
        case Read():
            return _step(node) in never and _attribute(node) in _DONE
        case Comparison():
            return _compares_nothing(node, never)
        case Call(function="given"):
            return any(_is_missing(part, never) for part in node.arguments)
        case _:
            return False


def _joined(node: Logic, never: AbstractSet[str]) -> frozenset[bool]:
    parts = [_values(part, never) for part in node.parts]
    decides = node.word == "or"
    found = {decides} if any(decides in part for part in parts) else set()
    if all((not decides) in part for part in parts):
        found.add(not decides)
    return frozenset(found)


def _compares_nothing(node: Comparison, never: AbstractSet[str]) -> bool:
    """Whether an answer that is never given is compared with a value: `handle.result == 'reached'`."""
    (sign, right), *more = node.links
    sides = (node.first, right)
    values = [side.value for side in sides if isinstance(side, Literal)]
    return (
        not more
        and sign == "=="
        and any(_is_missing(side, never) for side in sides)
        and bool(values)
        and all(value not in (None, "") for value in values)
    )


def _is_missing(node: Node, never: AbstractSet[str]) -> bool:
    if not isinstance(node, Read) or _step(node) not in never:
        return False
    attribute = _attribute(node)
    return attribute == "done_at" or (attribute not in STEP and attribute not in TOTALS and attribute != "rows")


def _step(node: Read) -> str:
    return node.path.partition(".")[0]


def _attribute(node: Read) -> str:
    return node.path.partition(".")[2]
