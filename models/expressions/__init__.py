"""The expression language of procedures: conditions and values in YAML, read, checked and evaluated.

    when: category == 'coordination' and not forward.done

Start at `parse.py`. An expression is typed, total and bounded: whatever could go
wrong is said when the file is read, with the column and with what to write instead.
"""

from models.expressions.flaws import EvaluationError, ExpressionError, Flaw
from models.expressions.functions import FUNCTIONS, Function
from models.expressions.parse import Expression, parse
from models.expressions.reading import Environment
from models.expressions.scope import Scope, unusable_name
from models.expressions.types import (
    Bool,
    Choice,
    Date,
    File,
    ListOf,
    Moment,
    Nothing,
    Number,
    Person,
    Record,
    Simple,
    Span,
    Text,
    Type,
    describe,
)
from models.expressions.words import Words

__all__ = [
    "FUNCTIONS",
    "Bool",
    "Choice",
    "Date",
    "Environment",
    "EvaluationError",
    "Expression",
    "ExpressionError",
    "File",
    "Flaw",
    "Function",
    "ListOf",
    "Moment",
    "Nothing",
    "Number",
    "Person",
    "Record",
    "Scope",
    "Simple",
    "Span",
    "Text",
    "Type",
    "Words",
    "describe",
    "parse",
    "unusable_name",
]
