"""DL006: aliases, anchors, tags and merge keys."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL006",
    title="a reference, tag or merge key of YAML",
    title_zh="使用了 YAML 的引用、标签或合并",
    why=(
        "Anchors (`&x`), aliases (`*x`), merge keys (`<<`) and tags (`!x`) let one place of a file change "
        "another. "
        "A person who reads a step must see what it says without searching for where it comes from, and a "
        "few such lines can expand to more than any machine can hold. "
        "If the sign belongs to a text, put the text in quotes."
    ),
    why_zh=(
        "锚点（`&x`）、引用（`*x`）、合并（`<<`）和标签（`!x`）会让文件的一处影响另一处。"
        "读一个步骤的人应当直接看到它的内容，不必去别处查找；几行引用还可能展开成机器装不下的内容。"
        "如果符号本是文字的一部分，请加引号。"
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
    who: security_guard
    within: &span 2 working hours
  - id: badge
    kind: task
    who: security_guard
    within: *span
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
  - id: badge
    kind: task
    who: security_guard
    within: 2 working hours
  - id: registered
    kind: end
    outcome: registered
""",
)
