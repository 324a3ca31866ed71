"""DL007: files larger or deeper than a person can read."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL007",
    title="the file is too large or too deep",
    title_zh="文件过大或嵌套过深",
    why=(
        "A file may have at most 512 KB, 50,000 values and 40 levels. "
        "Procedures written by people stay far below; what goes beyond is generated, damaged or hostile, and "
        "reading it could stop the service for everybody. "
        "A long procedure is better split into several that call each other."
    ),
    why_zh=(
        "文件最大 512 KB，最多 50,000 个值、40 层嵌套。"
        "人写的规程远低于此；超出的多半是程序生成的、损坏的或恶意的，读取它可能拖垮整个服务。"
        "规程太长时，请拆成几个互相调用的规程。"
    ),
    wrong="""\
procedure: visitor-registration
steps: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
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
