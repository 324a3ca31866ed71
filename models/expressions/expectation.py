"""Expectation: whether an expression gives the type that its place in the YAML needs."""

from models.expressions import phrases
from models.expressions.comparisons import check_option
from models.expressions.context import Context
from models.expressions.flaws import Complaint
from models.expressions.suggestions import listed
from models.expressions.tree import Either, Listing, Literal, Node
from models.expressions.types import Bool, Choice, ListOf, Nothing, Type, Unknown, describe, is_textual
from models.expressions.words import Words


def check_expected(tree: Node, expect: Type, context: Context) -> None:
    """Report a tree whose values are not of the expected type."""
    if expect == Bool:
        context.require_condition(tree, Words("a condition", "条件"))
    elif isinstance(tree, Either):
        check_expected(tree.then, expect, context)
        check_expected(tree.otherwise, expect, context)
    elif isinstance(tree, Listing) and isinstance(expect, ListOf):
        for item in tree.items:
            check_expected(item, expect.item, context)
    elif isinstance(expect, Choice) and isinstance(tree, Literal) and isinstance(tree.value, str):
        check_option(Words("the field that is set", "所设字段"), expect, tree, context.report)
    elif not fits(tree.type, expect):
        context.report.add(tree.place, *_complaint(context.report.written(tree.place), tree.type, expect))


def _complaint(written: str, found: Type, expect: Type) -> Complaint:
    if not isinstance(expect, Choice):
        is_a, said = phrases.is_a(written, found), describe(expect)
        return Complaint(
            Words(f"{is_a.en}, but {said.en} is needed here", f"{is_a.zh}，而这里需要{said.zh}"),
            Words(f"write an expression that gives {said.en}", f"请写结果为{said.zh}的表达式"),
        )
    options = listed(f"'{option}'" for option in sorted(expect.options))
    remedy = Words(
        f"write an expression that gives one of {options.en}", f"请写结果为以下选项之一的表达式：{options.zh}"
    )
    if isinstance(found, Choice):
        other = min(found.options - expect.options)
        return Complaint(
            Words(
                f"`{written}` may be '{other}', which is not an option of the field that is set",
                f"`{written}` 可能是 '{other}'，不是所设字段的选项",
            ),
            remedy,
        )
    is_a = phrases.is_a(written, found)
    return Complaint(
        Words(f"{is_a.en}, but the field that is set has options", f"{is_a.zh}，而所设字段只能取选项"), remedy
    )


def fits(found: Type, expect: Type) -> bool:
    """Tell whether every value of `found` is a value of `expect`; a missing value fits everywhere."""
    if found in {expect, Nothing, Unknown}:
        return True
    if isinstance(found, Choice) and isinstance(expect, Choice):
        return found.options <= expect.options
    if isinstance(found, ListOf) and isinstance(expect, ListOf):
        return fits(found.item, expect.item)
    return is_textual(found) and not isinstance(expect, Choice) and is_textual(expect)
