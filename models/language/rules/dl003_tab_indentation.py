"""DL003: tabs in the indentation."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL003",
    title="a tab in the indentation",
    title_zh="用制表符（Tab）缩进",
    why=(
        "Indentation says what belongs to what. "
        "A tab is as wide as each editor likes, so the same file would look right to one person and wrong to "
        "another; YAML therefore forbids it. "
        "Set your editor to insert spaces when you press Tab."
    ),
    why_zh=(
        "缩进表示从属关系。"
        "制表符的宽度因编辑器而异，同一个文件在不同人眼里层次不同，所以 YAML 不允许。"
        "请在编辑器中设置按 Tab 键输入空格。"
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
    title: 登记来访人员
\twho: security_guard
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
    title: 登记来访人员
    who: security_guard
    within: 2 working hours
  - id: registered
    kind: end
    outcome: registered
""",
)
