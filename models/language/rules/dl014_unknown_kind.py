"""DL014: steps, fields and the like of a kind that does not exist."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL014",
    title="unknown kind of step or field",
    title_zh="未知的步骤种类或字段类型",
    why=(
        "`kind` says what a step is, and `type` what a field is; all other keys follow from it. "
        "There are few kinds on purpose: what seems to need another is usually two steps. "
        "The message lists the kinds there are."
    ),
    why_zh=(
        "`kind` 说明步骤是什么，`type` 说明字段是什么，其他的键由此决定。"
        "种类有意做得很少：看似需要新种类的，通常写成两个步骤即可。"
        "提示会列出现有的种类。"
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
    kind: approval
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
    kind: approve
    title: 登记来访人员
    who: security_guard
    within: 2 working hours
  - id: registered
    kind: end
    outcome: registered
""",
)
