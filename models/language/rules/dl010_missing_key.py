"""DL010: keys that must be there."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL010",
    title="missing key",
    title_zh="缺少必需的键",
    why=(
        "Some keys have no sensible default: a procedure without an owner has nobody who answers for its "
        "cases. "
        "The message says what the missing key is for and shows an example."
    ),
    why_zh=("有些键没有合理的默认值：规程没有负责人，事项就无人负责。提示会说明缺少的键有什么用，并给出示例。"),
    wrong="""\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
clauses: [7-4.2.2]
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
