"""DL044: vague words and modes that are not written down."""

from collections.abc import Iterator
from typing import Final

from models.language.clauses import Modes, Terms
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.subject import Subject

_TERM: Final = Wording(
    "DL044",
    Words("there is no term `{found}`", "没有名为 `{found}` 的模糊用语"),
    Words("{hint}; terms are written in terms.yaml", "{hint_zh}；用语写在 terms.yaml 中"),
)
_MODE: Final = Wording(
    "DL044",
    Words("there is no mode `{found}`", "没有名为 `{found}` 的特殊时期"),
    Words("{hint}; modes are written in modes.yaml", "{hint_zh}；特殊时期写在 modes.yaml 中"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    content, terms, modes = subject.page.content, subject.context.terms, subject.context.modes
    if terms is not None and not isinstance(content, Terms | Modes):
        for timed in subject.deadlines:
            if timed.deadline.term and timed.deadline.term not in terms.terms:
                yield subject.say_unknown(_TERM, timed.at("term"), timed.deadline.term, terms.terms)
    known = content.modes if isinstance(content, Modes) else modes.modes if modes else None
    for loc, mode in _modes(subject) if known is not None else ():
        if mode not in (known or {}):
            say_at = (*loc, mode) if loc[-1] == "in_mode" else loc
            yield subject.say_unknown(_MODE, say_at, mode, known or {})


def _modes(subject: Subject) -> Iterator[tuple[Loc, str]]:
    content = subject.page.content
    if isinstance(content, Modes):
        for index, period in enumerate(content.periods):
            yield ("periods", index, "mode"), period.mode
    elif isinstance(content, Terms):
        for name, term in content.terms.items():
            for mode in term.in_mode:
                yield ("terms", name, "in_mode"), mode
    else:
        for timed in subject.deadlines:
            for mode in timed.deadline.in_mode:
                yield timed.at("in_mode"), mode


_RIGHT: Final = """\
procedure: loss-report
title: {zh: 资料遗失报告, en: Report of a loss}
owner: security_officer
chain: incident
starts:
  - by: form
steps:
  - id: report
    kind: task
    title: 报告信息部
    who: security_officer
    deadline:
      term: report_immediately
  - id: finished
    kind: end
    outcome: reported
"""

RULE: Final = Rule(
    id="DL044",
    title="unknown term or mode",
    title_zh="用语或特殊时期不存在",
    why=(
        "The policy's vague words have their spans in terms.yaml, and modes such as a sensitive period theirs in "
        "modes.yaml. A deadline with a word that is not there has no span at all."
    ),
    why_zh="制度中的模糊用语，其时限写在 terms.yaml；敏感时期等写在 modes.yaml。用语不存在，时限就没有长短可言。",
    wrong=_RIGHT.replace("term: report_immediately", "term: report_immediatly"),
    right=_RIGHT,
    check=_check,
    of=("procedure", "terms", "modes"),
)
