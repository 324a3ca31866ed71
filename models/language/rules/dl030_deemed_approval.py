"""DL030: approvals that silence would give."""

from collections.abc import Iterator
from typing import Final

from models.language.climbs import waited_for
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.steps import Approve
from models.language.subject import Subject

_CONSENT: Final = Wording(
    "DL030",
    Words(
        "`missed: deem` would approve `{step}` because nobody answered, and silence is never consent",
        "`missed: deem` 会因无人答复而视为批准 `{step}`，但沉默不等于同意",
    ),
    Words(
        "remove the line: the deadline then escalates, and a deputy is asked",
        "请删除这一行：到期后会升级，并请代理人审批",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    for timed in subject.deadlines:
        step = waited_for(timed, subject.procedure)
        if timed.deadline.missed == "deem" and isinstance(step, Approve):
            yield subject.say(_CONSENT, timed.at("missed"), step=step.id)


_RIGHT: Final = """\
procedure: material-outside
title: {zh: 资料外带, en: Taking material out}
owner: security_officer
chain: office
starts:
  - by: form
steps:
  - id: approve
    kind: approve
    title: 批准外带
    who: {superior_of: requester}
    deadline:
      within: 8 working hours
      missed: escalate
  - id: finished
    kind: end
    outcome: approved
"""

RULE: Final = Rule(
    id="DL030",
    title="an approval by silence",
    title_zh="沉默视为批准",
    why=(
        "An approval is a decision of a person. If it could be had by waiting, whoever wants it would only have to "
        "ask on the eve of a holiday. What may be deemed done is a task, such as accepting a complaint."
    ),
    why_zh="审批是人作出的决定。如果等一等就算批准，只要在放假前夕提出申请即可。可以视为已办的只有任务，例如受理投诉。",
    wrong=_RIGHT.replace("missed: escalate", "missed: deem"),
    right=_RIGHT,
    check=_check,
)
