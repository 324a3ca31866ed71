"""DL013: values outside what a key allows."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL013",
    title="a value that is not allowed",
    title_zh="值不在允许范围内",
    why=(
        "Some keys take one of a few words, a number within bounds, or a text of a certain form. "
        "Another value has no meaning that could be run. "
        "The message lists what is allowed and names the closest word."
    ),
    why_zh=(
        "有些键只接受几个词之一、一定范围内的数字或一定格式的文字，其他的值没有可执行的含义。"
        "提示会列出允许的值，并指出最接近的词。"
    ),
    wrong="""\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
clauses: [7-4.2.2]
owner: security_officer
sensitivity: secret
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
sensitivity: restricted
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
