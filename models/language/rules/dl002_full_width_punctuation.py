"""DL002: punctuation of a Chinese keyboard where YAML needs the ASCII sign."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL002",
    title="full-width punctuation where YAML needs ASCII",
    title_zh="该用半角符号处用了全角符号",
    why=(
        "YAML knows only the ASCII signs. "
        "After a full-width colon a key and its value are one text, a full-width comma separates nothing, "
        "and Chinese quotation marks are part of the text. "
        "The file may still be legal YAML and mean something else, so it is refused. "
        "Full-width signs inside texts are fine."
    ),
    why_zh=(
        "YAML 只认半角符号。"
        "用了全角冒号，键和值就成了一段文字；全角逗号不起分隔作用；中文引号会成为文字的一部分。"
        "这样的文件可能仍是合法的 YAML，意思却变了，所以不接受。"
        "文字内部的全角标点不受影响。"
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
    title：登记来访人员
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
    title: 登记来访人员：含证件核对
    who: security_guard
    within: 2 working hours
  - id: registered
    kind: end
    outcome: registered
""",
)
