"""The page of all rules, in Markdown: what `docs/reference/rules.md` holds."""

from collections.abc import Iterable
from difflib import unified_diff
from typing import Final

from models.language.rule import Rule

_HEAD: Final = """\
# 检查规则 / Rules

`duly check` 按这些规则检查规程和公用文件。本页由 `duly explain --all --format markdown` 生成，请勿手改。

`duly check` checks procedures and shared files against these rules. The page is written by
`duly explain --all --format markdown`; change the rule, not the page.

每条规则都给出一处错误（`-`）及其改正（`+`）；完整的示例文件见 `duly explain DL012`。
错误须改正才能发布，警告应当看一看。

Each rule shows one mistake (`-`) and its correction (`+`); `duly explain DL012` shows the whole files. An error has
to be corrected before a procedure is published; a warning deserves a look.
"""
_CONTEXT: Final = 2


def as_markdown(rules: Iterable[Rule]) -> str:
    """The page: a table of the rules, then a section for each."""
    listed = list(rules)
    rows = [
        f"| [{rule.id}](#{rule.id.lower()}) | {_severity(rule)} | {rule.title_zh} | {rule.title} |" for rule in listed
    ]
    table = ["| | | 规则 | Rule |", "|---|---|---|---|", *rows]
    return "\n".join([_HEAD, *table, "", *(_section(rule) for rule in listed)])


def _section(rule: Rule) -> str:
    parts = [
        f"## {rule.id}",
        f"**{rule.title_zh} / {rule.title}**",
        rule.why_zh.strip(),
        rule.why.strip(),
        _example(rule),
    ]
    return "\n\n".join(parts) + "\n"


def _severity(rule: Rule) -> str:
    return {"error": "错误 error", "warning": "警告 warning"}[rule.severity]


def _example(rule: Rule) -> str:
    """The lines of the wrong example that the right one changes, with a few around them."""
    wrong, right = rule.wrong.splitlines(), rule.right.splitlines()
    lines = list(unified_diff(wrong, right, n=_CONTEXT, lineterm=""))[2:]
    if not lines:
        return f"保存为 {rule.wrong_encoding} 编码 / saved as {rule.wrong_encoding}"
    shown = ["…" if line.startswith("@@") else line for line in lines]
    # A tab cannot be seen on a page.
    return "\n".join(["```diff", *(line.replace("\t", "⇥") for line in shown), "```"])
