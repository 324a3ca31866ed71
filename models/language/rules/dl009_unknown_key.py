"""DL009: keys that the place does not know."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL009",
    title="unknown key",
    title_zh="未知的键",
    why=(
        "A misspelt key that is ignored is a deadline that does not run: `witin: 1 hour` would watch "
        "nothing. "
        "So every key must be one that the language knows in this place. "
        "The message lists the keys available here and names the closest."
    ),
    why_zh=(
        "写错的键如果被忽略，时限就不会生效：`witin: 1 hour` 什么也不会监控。"
        "因此每个键都必须是语言在该处认识的。"
        "提示会列出此处可用的键，并指出最接近的一个。"
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
    witin: 2 working hours
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
