"""Syntax: from text to Python's syntax tree, with a map back to the columns as written.

Only Python's *parser* is used, on text rebuilt from our own tokens; nothing is
ever compiled or run as Python. Limits keep length, nesting and size small, so that
everything after this may recurse without fear.
"""

import ast
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from models.expressions.flaws import Place, Report
from models.expressions.grammar import check_grammar
from models.expressions.spelling import spell
from models.expressions.tokens import Token, tokenize
from models.expressions.words import Words

LONGEST_TEXT: Final = 500
DEEPEST_NESTING: Final = 40
MOST_NODES: Final = 250

_SPLIT: Final = Words("split it into several fields or steps", "请拆成几个字段或步骤")
_EXAMPLE: Final = Words(
    "a condition reads like `category == 'x' and not forward.done`",
    "条件的写法如 `category == 'x' and not forward.done`",
)


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed expression, and for each character of its code the place in the text it came from."""

    body: ast.expr
    code: str
    places: tuple[Place, ...]

    def place(self, node: ast.expr) -> Place:
        """Find the place of a syntax node in the text as written."""
        return self.between(node.col_offset, node.end_col_offset or node.col_offset + 1)

    def name_at_end(self, node: ast.Attribute) -> Place:
        """Find the place of the last name in `a.b.c`."""
        end = len(self._before(node.end_col_offset or 0))
        return self.places[end - 1]

    def between(self, start: int, end: int) -> Place:
        """Turn Python's offsets, which count UTF-8 bytes, into a place."""
        first, last = self.places[len(self._before(start))], self.places[len(self._before(end)) - 1]
        return Place(first.column, last.column + last.length - first.column)

    def _before(self, offset: int) -> str:
        if self.code.isascii():
            return self.code[:offset]
        return self.code.encode()[:offset].decode()


def read_syntax(text: str, names: Container[str], report: Report) -> Source | None:
    """Parse the text; None, with flaws in the report, if it cannot be read to its end."""
    everything = Place(0, min(len(text), LONGEST_TEXT))
    if len(text) > LONGEST_TEXT:
        message = Words(
            f"the expression has {len(text)} characters; at most {LONGEST_TEXT} are read",
            f"表达式有 {len(text)} 个字符，最多 {LONGEST_TEXT} 个",
        )
        report.add(everything, message, _SPLIT)
        return None
    tokens = tokenize(text)
    if not tokens:
        remedy = Words(
            "write a condition such as `category == 'x'`, or delete it", "请写一个条件，如 `category == 'x'`，或删去它"
        )
        report.add(everything, Words("the expression is empty", "表达式是空的"), remedy)
        return None
    repaired = spell(tokens, names, report)
    if repaired is None:
        return None
    known = len(report.flaws)
    check_grammar(repaired, report)
    return None if len(report.flaws) > known else _parse(repaired, report)


def _parse(tokens: Sequence[Token], report: Report) -> Source | None:
    pieces = [repr(token.text[1:-1]) if token.kind == "text" else token.text for token in tokens]
    code = " ".join(pieces)
    places: list[Place] = []
    for token, piece in zip(tokens, pieces, strict=True):
        # Between two tokens stands one space; it belongs to the token before it.
        places += [Place(token.start, token.end - token.start)] * (len(piece) + 1)
    try:
        body = ast.parse(code, mode="eval").body
    except SyntaxError as error:
        _report_syntax(error, places, report)
        return None
    source = Source(body, code, tuple(places))
    return source if _is_small(body, report) else None


def _report_syntax(error: SyntaxError, places: Sequence[Place], report: Report) -> None:
    # Python counts characters here, from 1, unlike in its tree.
    column = min(max((error.offset or 1) - 1, 0), len(places) - 1)
    place = places[column]
    if "else" in error.msg:
        remedy = Words(
            "write `x if condition else y`; a condition alone needs no `if`",
            "写作 `x if condition else y`；单独的条件不需要 `if`",
        )
        report.add(place, Words("`if` has no `else`", "`if` 缺少 `else`"), remedy)
    else:
        written = report.written(place)
        message = Words(f"the expression cannot be read from `{written}` on", f"从 `{written}` 起无法读懂")
        report.add(place, message, _EXAMPLE)


def _is_small(body: ast.expr, report: Report) -> bool:
    level: list[ast.AST] = [body]
    depth = count = 0
    while level:
        depth, count = depth + 1, count + len(level)
        level = [child for node in level for child in ast.iter_child_nodes(node) if not isinstance(child, _MARKS)]
    if depth <= DEEPEST_NESTING and count <= MOST_NODES:
        return True
    message = Words(
        f"the expression has too many parts (at most {MOST_NODES}, nested at most {DEEPEST_NESTING} deep)",
        f"表达式的组成部分太多（最多 {MOST_NODES} 个，嵌套最多 {DEEPEST_NESTING} 层）",
    )
    report.add(Place(0, len(report.text)), message, _SPLIT)
    return False


_MARKS: Final = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
