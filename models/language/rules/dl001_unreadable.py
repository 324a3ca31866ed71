"""DL001: a file that is not YAML at all, or says something YAML would drop."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL001",
    title="the file cannot be read",
    title_zh="文件无法读取",
    why=(
        "A file that cannot be read cannot run, and half a file would mean something else than the whole. "
        "The usual causes are a colon inside an unquoted text, a quote or bracket that is never closed, or a "
        "missing space after a colon or hyphen. "
        "Texts that hold `: `, `#`, or begin with a special sign, belong in quotes."
    ),
    why_zh=(
        "读不了的文件无法执行，只读一半则意思会变。"
        "常见原因：没加引号的文字里有“冒号加空格”，引号或括号没有结束，冒号或短横后面缺少空格。"
        "文字中含有 `: `、`#`，或以特殊符号开头时，请加引号。"
    ),
    wrong="""\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
clauses: [7-4.2.2]
owner: security_officer
chain: office
starts:
  - by: form
steps:
  - id: register
    kind: task
    title: 登记: 来访人员
    who: security_guard
    within: 2 working hours
  - id: registered
    kind: end
    outcome: registered
""",
    right="""\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
clauses: [7-4.2.2]
owner: security_officer
chain: office
starts:
  - by: form
steps:
  - id: register
    kind: task
    title: "登记: 来访人员"
    who: security_guard
    within: 2 working hours
  - id: registered
    kind: end
    outcome: registered
""",
)
