"""Mutant: a procedure, or a ladder it climbs, with one thing removed or changed."""

from dataclasses import dataclass
from typing import Any, Final, TypeVar

from engine.company import Company
from models.language.element import Element
from models.language.ladders import Ladders
from models.language.problem import Words
from models.language.procedure import Procedure
from models.language.scope import Loc

T = TypeVar("T", bound=Element)

KINDS: Final = {
    "deadline": Words("deadlines", "时限"),
    "span": Words("spans", "时长"),
    "variation": Words("replacements and extensions", "替换与延期"),
    "reminder": Words("reminders", "提醒"),
    "rung": Words("rungs of ladders", "升级"),
    "who": Words("people", "办理人与审批人"),
    "gate": Words("gates", "门禁"),
    "requirement": Words("requirements", "提交条件"),
    "condition": Words("conditions", "条件"),
    "binding": Words("what approvals are bound to", "审批依据"),
    "already": Words("steps taken as done", "视为已办"),
    "deemed": Words("deadlines that deem", "逾期视为"),
    "conflict": Words("conflicts of interest", "回避"),
    "told": Words("people who are told", "告知"),
    "owner": Words("changes of owner", "负责人变更"),
    "hold": Words("holds", "冻结"),
}
"""Kinds of changes, in the order in which a score lists them."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change. `what` ends the sentence “no test would find: …”."""

    kind: str
    what: Words
    loc: Loc
    """Where the changed thing stands, by the keys of the file."""
    procedure: Procedure
    ladders: Ladders | None = None
    """The changed ladders; then `loc` is a place in their file, otherwise one in the procedure's."""

    def company(self, company: Company) -> Company:
        """The company in which the mutant runs."""
        return company if self.ladders is None else company.changed(ladders=self.ladders)


def put(element: T, loc: Loc, value: Any) -> T:
    """A copy of an element in which one value is another. `loc` are names of attributes, positions and keys."""
    changed: T = _put(element, loc, lambda _old: value)
    return changed


def drop(element: T, loc: Loc) -> T:
    """A copy of an element without one item of a list."""
    *before, index = loc
    without: T = _put(element, tuple(before), lambda items: tuple(one for n, one in enumerate(items) if n != index))
    return without


def _put(node: Any, loc: Loc, change: Any) -> Any:
    if not loc:
        return change(node)
    head, rest = loc[0], loc[1:]
    if isinstance(node, Element):
        return node.model_copy(update={str(head): _put(getattr(node, str(head)), rest, change)})
    if isinstance(node, tuple):
        return tuple(_put(one, rest, change) if n == head else one for n, one in enumerate(node))
    return {**node, head: _put(node[head], rest, change)}
