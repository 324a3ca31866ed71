"""What all checking rules share: the names, the source, the report, and how a condition is asked for."""

import ast
from abc import ABC, abstractmethod

from models.expressions.flaws import Place, Report
from models.expressions.names import Names
from models.expressions.scope import Scope
from models.expressions.suggestions import listed
from models.expressions.syntax import Source
from models.expressions.tree import Comparison, Literal, Node
from models.expressions.types import Bool, ListOf, Record, Unknown, describe


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

    def bare(self, place: Place) -> str:
        """Repeat what was written there, without backticks."""
        return self.report.quote(place)[1:-1]

    def condition(self, node: ast.expr, needed_by: str, before: Node | None = None) -> Node:
        """Check a part that must be yes or no; `before` is the condition to its left, if any."""
        part = self.check(node)
        self.require_condition(part, needed_by, before)
        return part

    def require_condition(self, part: Node, needed_by: str, before: Node | None = None) -> None:
        """Report a checked part that is not yes or no."""
        if part.type not in {Bool, Unknown}:
            message = f"{self.report.quote(part.place)} is {describe(part.type)}, but {needed_by} needs yes or no"
            self.report.add(part.place, message, self._condition_remedy(part, before))

    def _condition_remedy(self, part: Node, before: Node | None) -> str:
        written = self.bare(part.place)
        match before:
            case Comparison(first=first, links=((("==" | "!=") as sign, right),)) if isinstance(part, Literal):
                search = "in" if sign == "==" else "not in"
                return f"write `{self.bare(first.place)} {search} [{self.bare(right.place)}, {written}]`"
        if isinstance(part, Literal):
            return f"compare it with something, such as `x == {written}`"
        if isinstance(part.type, ListOf):
            return f"ask `given({written})` or `any(... for i in {written})`"
        if isinstance(part.type, Record):
            return f"ask about one of its fields: {listed(f'`{written}.{name}`' for name in sorted(part.type.fields))}"
        return f"compare it, such as `{written} == ...`, or ask `given({written})`"
