"""The way in: `parse` reads, checks and compiles one expression.

>>> from models.expressions import Bool, Choice, Record, Scope, parse
>>> scope = Scope({"category": Choice(frozenset({"coordination", "other"})), "forward": Record({"done": Bool})})
>>> condition = parse("category == 'coordination' and not forward.done", scope, expect=Bool)
>>> condition({"category": "coordination", "forward.done": None})
True
>>> sorted(condition.names)
['category', 'forward.done']
"""

from dataclasses import dataclass, field

from models.expressions.check import Checker
from models.expressions.compile import always_bool, compile_node
from models.expressions.expectation import check_expected
from models.expressions.flaws import EvaluationError, ExpressionError, Report
from models.expressions.reading import Closure, Environment
from models.expressions.scope import Scope
from models.expressions.syntax import read_syntax
from models.expressions.tree import Node, Read, walk
from models.expressions.types import Bool, Type


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked and compiled expression; call it with an environment to get its value.

    `names` are the dotted paths it reads, spelt as in the scope; the environment is
    asked for each of them as one string, and what it does not have is None. `tree`
    is what was understood, for those who reason about conditions.

    A call raises `EvaluationError`, and nothing else, for a value that is not what
    its type promised and for loops that would take too long.
    """

    text: str
    type: Type
    names: frozenset[str]
    tree: Node = field(repr=False, compare=False)
    _run: Closure = field(repr=False, compare=False)

    def __call__(self, env: Environment) -> object:
        """Evaluate: the same environment always gives the same value."""
        try:
            return self._run(env)
        except (TypeError, ValueError, ArithmeticError, AttributeError, LookupError) as error:
            raise EvaluationError(
                f"`{self.text}` met a value that is not what its type promised ({error}); correct the stored value"
            ) from error


def parse(text: str, scope: Scope, expect: Type | None = None) -> Expression:
    """Read an expression that may use the names of `scope`.

    With `expect`, its type must fit; with `expect=Bool` its value is always True or
    False. Raises `ExpressionError` with every flaw that could be found.
    """
    report = Report(text)
    source = read_syntax(text, scope.names, report)
    if source is None:
        raise ExpressionError(text, report.flaws)
    context = Checker(scope, source, report)
    tree = context.check(source.body)
    if expect is not None:
        check_expected(tree, expect, context)
    report.raise_if_any()
    names = frozenset(node.path for node in walk(tree) if isinstance(node, Read))
    return Expression(text, tree.type, names, tree, always_bool(tree) if expect == Bool else compile_node(tree))
