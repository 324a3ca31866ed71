"""Rule, one thing that is checked in a file, with its explanation and an example; the catalogue finds them.

A rule is a module of `models/language/rules` that is named after its id and holds one `RULE`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Final

from models.language import rules
from models.language.problem import Problem, Severity

_MODULE: Final = re.compile(r"dl\d{3}_\w+")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that files are checked against.

    `wrong` and `right` are files of YAML: checking the first finds this rule, the second does not.
    """

    id: str
    title: str
    title_zh: str
    why: str
    why_zh: str
    wrong: str
    right: str
    severity: Severity = "error"
    check: Callable[..., Iterator[Problem]] | None = None
    """Finds the problems of one file, given as a `Subject`; None if reading the file finds them."""
    of: tuple[str, ...] = ("procedure",)
    """The kinds of files that `check` looks at, by the key that tells them apart."""
    wrong_encoding: str = "utf-8"
    """How `wrong` is saved, for the rule about just that."""


@cache
def catalogue() -> Mapping[str, Rule]:
    """All rules by id, in order. Imports every rule; the first call costs the time of that."""
    found = [_load(name) for name in _modules()]
    return MappingProxyType({rule.id: rule for rule in found})


def explain(rule_id: str) -> str | None:
    """What `duly explain DL012` prints; None if there is no such rule. Imports this rule only."""
    name = next((name for name in _modules() if _id(name) == rule_id.upper()), None)
    return None if name is None else _explain(_load(name))


def _modules() -> list[str]:
    return sorted(module.name for module in iter_modules(rules.__path__) if _MODULE.fullmatch(module.name))


def _id(module: str) -> str:
    return module.partition("_")[0].upper()


def _load(module: str) -> Rule:
    rule: Rule = import_module(f"{rules.__name__}.{module}").RULE
    if rule.id != _id(module):
        raise ImportError(f"the rule in {module}.py calls itself {rule.id}: rename the file or the rule")
    return rule


def _explain(rule: Rule) -> str:
    word = {"error": "错误 error", "warning": "警告 warning"}[rule.severity]
    return "\n".join(
        (
            f"{rule.id} {rule.title_zh} / {rule.title} ({word})",
            "",
            rule.why_zh.strip(),
            "",
            rule.why.strip(),
            "",
            "错误 / wrong:",
            "",
            _indented(rule.wrong),
            "",
            "正确 / right:",
            "",
            _indented(rule.right),
        )
    )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.strip("\n").splitlines())
