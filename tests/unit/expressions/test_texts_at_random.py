"""Whatever somebody types, `parse` gives an expression or flaws that can be shown, and nothing else."""

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from models.expressions import Bool, ExpressionError, Flaw, Scope, parse

NO_REASON: Final = Flaw("", -1, 0, "", "", "")
PIECES: Final = (
    *("and", "or", "not", "in", "not in", "if", "else", "for", "is", "True", "None", "true", "yes", "null", "且"),
    *("==", "!=", "<", "<=", "+", "-", "*", "/", "=", "&&", "||", "!", "**", "%", ":", "；", "＝", "≥", "#", "\\"),
    *("(", ")", "[", "]", "{", "}", "（", "）", "【", "】", ",", "，", "、", ".", "。", "'", '"', "“", "”", "‘", "`"),
    *("done", "urgent", "amount", "title", "category", "forward", "done", "items", "tags", "due", "i", "部门", "Ａ类"),
    *("any", "all", "sum", "len", "given", "moment", "hours", "lower", "zzz", "class", "__class__", "lambda", "f"),
    *("1", "3.5", "007", "1e9", "24h", "３", "2026-02-13", "'other'", "'2026-02-13 15:00'", "''", "\u200b", "\n", "　"),
)


def flaws_of(text: str, scope: Scope) -> tuple[Flaw, ...]:
    try:
        parse(text, scope, expect=Bool)
    except ExpressionError as error:
        return error.flaws or (NO_REASON,)
    return ()


def parses_or_says_why(text: str, scope: Scope) -> None:
    for flaw in flaws_of(text, scope):
        assert 0 <= flaw.column <= flaw.column + flaw.length <= max(len(text), 1)
        assert all((flaw.message, flaw.remedy, flaw.message_zh, flaw.remedy_zh))


@settings(max_examples=300)
@given(text=st.text(max_size=60))
def test_any_text_is_an_expression_or_has_flaws(text: str, scope: Scope) -> None:
    parses_or_says_why(text, scope)


@settings(max_examples=1500)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14), space=st.sampled_from(["", " "]))
def test_any_mixture_of_words_is_an_expression_or_has_flaws(pieces: list[str], space: str, scope: Scope) -> None:
    parses_or_says_why(space.join(pieces), scope)


@settings(max_examples=200)
@given(text=st.text(alphabet="()[]'\"“”‘’.,-+ a1且！＝", max_size=500))
def test_any_heap_of_signs_is_an_expression_or_has_flaws(text: str, scope: Scope) -> None:
    parses_or_says_why(text, scope)
