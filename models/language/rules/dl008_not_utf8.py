"""DL008: files that are not saved as UTF-8."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL008",
    title="the file is not saved as UTF-8",
    title_zh="文件不是 UTF-8 编码",
    why=(
        "The same bytes mean different characters in GBK and in UTF-8, and a title that was read wrongly "
        "would be mailed wrongly to everybody. "
        "Files are UTF-8, with or without a byte order mark. "
        "In Notepad choose the encoding UTF-8 when saving."
    ),
    why_zh=(
        "同样的字节在 GBK 和 UTF-8 中是不同的字，标题读错了，发给所有人的邮件就都是错的。"
        "文件一律用 UTF-8 编码，有无 BOM 均可。"
        "在记事本中另存为时，编码请选 UTF-8。"
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
    wrong_encoding="gb18030",
)
