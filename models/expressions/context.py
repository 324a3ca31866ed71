"""What all checking rules share: the names, the source, the report, and how a condition is asked for."""

import ast
from abc import ABC, abstractmethod

from models.expressions import phrases
from models.expressions.flaws import Place, Report
from models.expressions.names import Names
from models.expressions.scope import Scope
from models.expressions.syntax import Source
from models.expressions.tree import Comparison, Literal, Node
from models.expressions.types import Bool, ListOf, Record, Unknown
from models.expressions.words import Words


class Context(ABC):
    """One expression while it is checked; `check.py` adds the rules."""

    def __init__(self, scope: Scope, source: Source, report: Report) -> None:
        self.names = Names(scope, report)
        self.source = source
        self.report = report

    @abstractmethod
    def check(self, node: ast.expr) -> Node:
        """Check a part of the expression and everything inside it."""

    def place(self, node: ast.expr) -> Place:
        """Find where a part stands in the text as written."""
        return self.source.place(node)

    def condition(self, node: ast.expr, needed_by: Words, before: Node | None = None) -> Node:
        """Check a part that must be yes or no; `before` is the condition to its left, if any."""
        part = self.check(node)
        self.require_condition(part, needed_by, before)
        return part

    def require_condition(self, part: Node, needed_by: Words, before: Node | None = None) -> None:
        """Report a checked part that is not yes or no."""
        if part.type not in {Bool, Unknown}:
            is_a = phrases.is_a(self.report.written(part.place), part.type)
            message = Words(f"{is_a.en}, but {needed_by.en} needs yes or no", f"{is_a.zh}，而{needed_by.zh}需要“是/否”")
            self.report.add(part.place, message, self._condition_remedy(part, before))

    def _condition_remedy(self, part: Node, before: Node | None) -> Words:
        written = self.report.written(part.place)
        match before:
            case Comparison(first=first, links=((("==" | "!=") as sign, right),)) if isinstance(part, Literal):
                search = "in" if sign == "==" else "not in"
                one, other = self.report.written(first.place), self.report.written(right.place)
                return phrases.write(f"{one} {search} [{other}, {written}]")
        if isinstance(part, Literal):
            return _ask(f"`x == {written}`")
        if isinstance(part.type, ListOf):
            return _ask(f"`given({written})` or `any(... for i in {written})`")
        if isinstance(part.type, Record):
            return _ask(f"`given({written}.{min(part.type.fields, default='x')})`")
        return _ask(f"`{written} == ...` or `given({written})`")


def _ask(example: str) -> Words:
    return Words(f"ask something, such as {example}", f"请写成条件，如 {example.replace(' or ', ' 或 ')}")
