"""DL005: the same key twice in one place."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL005",
    title="a key is written twice",
    title_zh="同一个键写了两次",
    why=(
        "Many programs silently take the last of two equal keys. "
        "With two deadlines at one step nobody could tell which of them holds, so neither is chosen for you. "
        "The message names the line of the first."
    ),
    why_zh=(
        "不少程序遇到相同的键会默默采用最后一个。"
        "一个步骤写了两个时限，就没人说得清以哪个为准，所以不替您选择。"
        "提示中会给出第一次出现的行号。"
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
    within: 4 working hours
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
