"""DL011: a value of another kind than the key takes."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL011",
    title="wrong kind of value",
    title_zh="值的类型不对",
    why=(
        "A key takes one kind of value: a text, a whole number, true or false, a list, or keys and values. "
        'Nothing is converted silently, because `"2"` and `2` may well mean different things to their '
        "author. "
        "Numbers meant as text, such as a version 1.10, belong in quotes."
    ),
    why_zh=(
        "每个键只接受一种类型的值：文字、整数、true/false、列表，或一组键值。"
        '不会悄悄转换，因为 `"2"` 和 `2` 在作者心里可能是两回事。'
        "本意是文字的数字（如版本号 1.10）请加引号。"
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
    times: "2"
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
    times: 2
    within: 2 working hours
  - id: registered
    kind: end
    outcome: registered
""",
)
