"""Expectation: whether an expression gives the type that its place in the YAML needs."""

from models.expressions.comparisons import check_option
from models.expressions.context import Context
from models.expressions.tree import Either, Listing, Literal, Node
from models.expressions.types import Bool, Choice, ListOf, Nothing, Type, Unknown, describe, is_textual


def check_expected(tree: Node, expect: Type, context: Context) -> None:
    """Report a tree whose values are not of the expected type."""
    if expect == Bool:
        context.require_condition(tree, "a condition")
    elif isinstance(tree, Either):
        check_expected(tree.then, expect, context)
        check_expected(tree.otherwise, expect, context)
    elif isinstance(tree, Listing) and isinstance(expect, ListOf):
        for item in tree.items:
            check_expected(item, expect.item, context)
    elif isinstance(expect, Choice) and isinstance(tree, Literal) and isinstance(tree.value, str):
        check_option("the expected choice", expect, tree, context.report)
    elif not fits(tree.type, expect):
        message = f"{context.report.quote(tree.place)} is {describe(tree.type)}, but {describe(expect)} is needed here"
        context.report.add(tree.place, message, f"write an expression that gives {describe(expect)}")


def fits(found: Type, expect: Type) -> bool:
    """Tell whether every value of `found` is a value of `expect`; a missing value fits everywhere."""
    if found in {expect, Nothing, Unknown}:
        return True
    if isinstance(found, Choice) and isinstance(expect, Choice):
        return found.options <= expect.options
    if isinstance(found, ListOf) and isinstance(expect, ListOf):
        return fits(found.item, expect.item)
    return is_textual(found) and not isinstance(expect, Choice) and is_textual(expect)
