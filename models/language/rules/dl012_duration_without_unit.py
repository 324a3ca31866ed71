"""DL012: durations that do not say which days or hours they count."""

from typing import Final

from models.language.rule import Rule

RULE: Final = Rule(
    id="DL012",
    title="a duration that does not say what it counts",
    title_zh="时长没有说明怎么算",
    why=(
        "A clause counts elapsed hours, working hours, working days or calendar days, and they end at "
        "different times: before a long holiday one day and one working day may be ten days apart. "
        "A bare `1d` or `1 day` would leave that to chance. "
        "Write `24 hours`, `8 working hours`, `3 working days` or `30 calendar days`."
    ),
    why_zh=(
        "条款中的时限，有的按自然小时，有的按工作小时，有的按工作日，有的按自然日，到期时间各不相同：长假前的“一天”和“一个工作日”可能相差十天。"
        "只写 `1d` 或 `1 day` 就说不清了。"
        "请写 `24 hours`、`8 working hours`、`3 working days` 或 `30 calendar days`。"
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
    within: 1 day
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
    within: 1 working day
  - id: registered
    kind: end
    outcome: registered
""",
)
