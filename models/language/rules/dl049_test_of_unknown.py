"""DL049: tests that name what their procedure or the company does not have."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from models.expressions import Bool, ExpressionError, parse
from models.language.mentions import conditions, mentions
from models.language.order import outcomes
from models.language.policy_test import PolicyTest
from models.language.problem import Problem, Wording, Words
from models.language.procedure import Procedure
from models.language.rule import Rule
from models.language.scope import Loc, deadline_ids, scope_of
from models.language.subject import Subject

_HINT: Final = Words("{hint}", "{hint_zh}")
_PROCEDURE: Final = Wording("DL049", Words("there is no procedure `{found}`", "没有名为 `{found}` 的规程"), _HINT)
_WORDING: Final[Mapping[str, Wording]] = {
    kind: Wording(
        "DL049",
        Words(
            f"procedure `{{procedure}}` has no {words.en} `{{found}}`",
            f"规程 `{{procedure}}` 没有{words.zh} `{{found}}`",
        ),
        _HINT,
    )
    for kind, words in {
        "step": Words("step", "步骤"),
        "gate": Words("gate", "门禁"),
        "deadline": Words("deadline", "时限"),
        "field": Words("field", "字段"),
        "about": Words("step or deadline", "步骤或时限"),
        "outcome": Words("outcome", "结局"),
    }.items()
}
_PERSON: Final = Wording("DL049", Words("there is no person `{found}`", "没有代码为 `{found}` 的人员"), _HINT)
_FLAW: Final = Wording("DL049", Words("{message}", "{message_zh}"), Words("{remedy}", "{remedy_zh}"))

SYSTEM: Final = "system"
"""Who acts when nobody does."""


def _check(subject: Subject) -> Iterator[Problem]:
    for index, test in enumerate(subject.page.content.tests):
        loc: Loc = ("tests", index)
        ids = subject.context.procedure_ids
        if test.procedure not in ids:
            yield subject.say_unknown(_PROCEDURE, (*loc, "procedure"), test.procedure, ids)
        procedure = subject.context.procedure(test.procedure)
        if procedure is not None:
            yield from _examine(subject, loc, test, procedure)


def _examine(subject: Subject, loc: Loc, test: PolicyTest, procedure: Procedure) -> Iterator[Problem]:
    known = _known(subject, procedure)
    for one in mentions(loc, test, procedure):
        among = known.get(one.kind) if one.among is None else one.among
        if among is not None and one.name not in among:
            wording = _PERSON if one.kind == "person" else _WORDING[one.kind]
            yield subject.say_unknown(wording, one.loc, one.name, among, procedure=procedure.procedure)
    yield from _flaws(subject, loc, test, procedure)


def _flaws(subject: Subject, loc: Loc, test: PolicyTest, procedure: Procedure) -> Iterator[Problem]:
    for at, text in conditions(loc, test):
        try:
            parse(text, scope_of(procedure, subject.modes), Bool)
        except ExpressionError as error:
            for flaw in error.flaws:
                said = {"message": flaw.message, "message_zh": flaw.message_zh}
                advice = {"remedy": flaw.remedy, "remedy_zh": flaw.remedy_zh}
                yield subject.say_inside(_FLAW, at, text, flaw.column, **said, **advice)


def _known(subject: Subject, procedure: Procedure) -> Mapping[str, Iterable[str]]:
    steps, deadlines = [step.id for step in procedure.steps], deadline_ids(procedure)
    known = {
        "step": steps,
        "gate": [gate.id for gate in procedure.gates],
        "deadline": deadlines,
        "about": list(dict.fromkeys([*steps, *deadlines])),
        "outcome": outcomes(procedure),
    }
    company = subject.context.organisation
    return known if company is None else {**known, "person": [*company.people, SYSTEM]}


_RIGHT: Final = """\
# file: tests/visitors.yaml
tests:
  - name: 按时登记
    procedure: visitor-registration
    given: {at: "2026-03-10 10:00", by: zou.yong}
    then:
      - at: 2026-03-10 10:30
        do: register
        by: zou.yong
        expect:
          outcome: registered
# file: visitor-registration.yaml
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
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
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL049",
    title="a test of what does not exist",
    title_zh="测试的对象不存在",
    why=(
        "A test that says of a misspelt person that nobody told them always passes. So every name in a test must "
        "exist: its procedure, steps, deadlines, gates, fields, people and outcomes."
    ),
    why_zh=(
        "测试里把人名写错，再断言“没有告知此人”，这个测试就永远通过。"
        "因此测试中的规程、步骤、时限、门禁、字段、人员和结局都必须存在。"
    ),
    wrong=_RIGHT.replace("do: register", "do: registration"),
    right=_RIGHT,
    check=_check,
    of=("tests",),
)
