"""DL041: mails that would carry what is sealed."""

from collections.abc import Iterator
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.steps import Approve
from models.language.subject import Subject

_CASE: Final = Wording(
    "DL041",
    Words("cases are sealed, and mails about them may carry content", "事项是密封的，而邮件可以带内容"),
    Words("add `content_in_mail: false`", "请加上 `content_in_mail: false`"),
)
_FIELD: Final = Wording(
    "DL041",
    Words(
        "field `{field}` is sealed, and the mail that asks for this approval would show it",
        "字段 `{field}` 是密封的，而请求审批的邮件会显示它",
    ),
    Words(
        "take `{field}` out of `shows`, or write `content_in_mail: false` for the procedure",
        "请从 `shows` 中去掉 `{field}`，或给本规程写上 `content_in_mail: false`",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    procedure = subject.procedure
    if not procedure.content_in_mail:
        return
    if procedure.sensitivity == "sealed":
        written = subject.has(("content_in_mail",))
        yield subject.say(_CASE, ("content_in_mail",) if written else ("sensitivity",))
    for index, step in enumerate(procedure.steps):
        for number, name in enumerate(step.shows if isinstance(step, Approve) else ()):
            if name in subject.fields and subject.fields[name].sealed:
                yield subject.say(_FIELD, ("steps", index, "shows", number), field=name)


_RIGHT: Final = """\
procedure: confidential-report
title: {zh: 保密举报, en: Confidential report}
owner: independent_recipient
chain: whistleblowing
sensitivity: sealed
content_in_mail: false
starts:
  - by: form
steps:
  - id: look_into
    kind: task
    title: 核实举报
    who: independent_recipient
    within: 3 working days
  - id: finished
    kind: end
    outcome: settled
"""

RULE: Final = Rule(
    id="DL041",
    title="sealed content in mails",
    title_zh="邮件会泄露密封内容",
    why=(
        "Mail can be forwarded, printed and read by whoever has the mailbox. A sealed case therefore sends mails that "
        "say only that something waits, and a sealed field is never shown in a mail."
    ),
    why_zh="邮件可能被转发、打印，也可能被有邮箱权限的人看到。因此密封事项的邮件只说“有待办”，密封字段不出现在任何邮件中。",
    wrong=_RIGHT.replace("content_in_mail: false\n", ""),
    right=_RIGHT,
    check=_check,
)
