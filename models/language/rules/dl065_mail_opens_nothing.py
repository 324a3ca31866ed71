"""DL065: starts by mail that could never open a case."""

from collections.abc import Iterator
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.procedure import Start
from models.language.rule import Rule
from models.language.subject import Subject

_NO_MAILBOX: Final = Wording(
    "DL065",
    Words("organisation.yaml has no mailbox `{found}`", "organisation.yaml 的 mailboxes 中没有邮箱 `{found}`"),
    Words("{hint}", "{hint_zh}"),
)
_UNFILLED: Final = Wording(
    "DL065",
    Words(
        "field `{name}` must be filled in, but no mail ever fills it",
        "字段 `{name}` 必填，但来信中没有任何内容填入它",
    ),
    Words(
        "write it under `fills`, give the field a `default`, or make it `required: false`",
        "请在 `fills` 中写明取自何处，或给字段写 `default`，或写 `required: false`",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    known = subject.context.organisation.mailboxes if subject.context.organisation else None
    for index, start in enumerate(subject.procedure.starts):
        loc = ("starts", index)
        if start.by == "email" and start.mailbox and known is not None and start.mailbox not in known:
            yield subject.say_unknown(_NO_MAILBOX, (*loc, "mailbox"), start.mailbox, known)
        if start.by in ("email", "unsorted_email"):
            for name in _unfilled(subject, start):
                yield subject.say(_UNFILLED, (*loc, "by"), name=name)


def _unfilled(subject: Subject, start: Start) -> Iterator[str]:
    for name, field in subject.procedure.form.items():
        if field.required and getattr(field, "default", None) is None and name not in start.fills:
            yield name


_RIGHT: Final = """\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
owner: security_officer
chain: office
starts:
  - by: email
    mailbox: complaints
    fills:
      visitor: {from: text, pattern: '来访人[:：](.+)'}
form:
  visitor: {type: text, title: 来访人}
steps:
  - id: register
    kind: task
    title: 登记来访人员
    who: security_guard
    within: 2 working hours
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL065",
    title="a mail that opens nothing",
    title_zh="来信永远不能立项",
    why=(
        "A mail opens a case only if it comes to a mailbox that there is, and if it answers every field that "
        "must be filled in. Otherwise every mail would be set aside for a person, and the procedure never begins."
    ),
    why_zh="来信要寄到存在的邮箱，并且能填满所有必填字段，才能立项。否则每一封信都要等人来处理，规程永远不会自己开始。",
    wrong=_RIGHT.replace("    fills:\n      visitor: {from: text, pattern: '来访人[:：](.+)'}\n", ""),
    right=_RIGHT,
    check=_check,
)
