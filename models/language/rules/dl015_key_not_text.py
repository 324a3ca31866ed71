"""DL015: keys that YAML reads as numbers, yes or no, or nothing."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL015",
    title="a key that is not text",
    title_zh="键不是文字",
    why=(
        "YAML reads an unquoted `1:` as a number and `true:` as a truth value, and programs disagree on what "
        "becomes of such keys. "
        "The options of a choice are stored in every answer, so their codes must be texts. "
        "Put such a key in quotes, or choose a word."
    ),
    why_zh=(
        "不加引号的 `1:` 会被读成数字，`true:` 会被读成是/否，不同程序对这样的键处理不一。"
        "单选项的代码会存进每份答案，必须是文字。"
        "请给这样的键加引号，或改用单词。"
    ),
    wrong="""\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
clauses: [7-4.2.2]
owner: security_officer
chain: office
starts:
  - by: form
form:
  gate:
    type: choice
    options: {1: 东门, 2: 西门}
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
form:
  gate:
    type: choice
    options: {east: 东门, west: 西门}
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
