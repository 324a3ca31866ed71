"""DL004: keys or list items that are not aligned with their siblings."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL004",
    title="keys or list items are not aligned",
    title_zh="键或列表项没有对齐",
    why=(
        "Keys of one mapping begin at the same column, and so do the items of one list. "
        "A line that begins elsewhere belongs to nothing, and guessing could move a deadline to another "
        "step. "
        "Two spaces for each level are the custom here."
    ),
    why_zh=(
        "同一层的键从同一列开始，同一列表的各项也是如此。"
        "起始列不对的行无所归属，若靠猜测，时限可能被算到别的步骤上。"
        "这里习惯每层缩进两个空格。"
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
