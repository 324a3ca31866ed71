"""DL057: patterns that cannot be used."""

from collections.abc import Iterator
from typing import Final

from models.language.fields import TextField
from models.language.parts import written_fields
from models.language.patterns import BadPattern, compiled
from models.language.problem import Problem, Wording, Words
from models.language.procedure import Start
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.subject import Subject

_BROKEN: Final = Wording(
    "DL057",
    Words("the pattern cannot be read: {reason}", "格式（正则表达式）无法识别：{reason}"),
    Words(
        "correct it; a sign that is meant as itself has `\\` before it, e.g. `\\(`; "
        "looking ahead `(?=…)` and back references `\\1` are not known here",
        "请改正；要匹配符号本身，请在前面加 `\\`，例如 `\\(`；不支持前瞻 `(?=…)` 和反向引用 `\\1`",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    for loc, pattern in _patterns(subject):
        try:
            compiled(pattern)
        except BadPattern as error:
            yield subject.say(_BROKEN, loc, reason=str(error))


def _patterns(subject: Subject) -> Iterator[tuple[Loc, str]]:
    for loc, field in written_fields(subject.procedure):
        if isinstance(field, TextField) and field.pattern is not None:
            yield (*loc, "pattern"), field.pattern
    for index, start in enumerate(subject.procedure.starts):
        yield from _of_start(("starts", index), start)


def _of_start(loc: Loc, start: Start) -> Iterator[tuple[Loc, str]]:
    for index, taking in enumerate(start.takes):
        yield (*loc, "takes", index, "pattern"), taking.pattern
    for index, aside in enumerate(start.sets_aside):
        yield (*loc, "sets_aside", index, "pattern"), aside.pattern
    for name, fills in start.fills.items():
        for index, fill in enumerate(fills):
            if fill.pattern is not None:
                yield (*loc, "fills", name, index, "pattern"), fill.pattern


_RIGHT: Final = r"""procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
owner: security_officer
chain: office
starts:
  - by: form
form:
  badge: {type: text, title: 证件号, pattern: '[A-Z]+-[0-9]{4}'}
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
    id="DL057",
    title="a pattern that does not work",
    title_zh="格式无法使用",
    why=(
        "A pattern that cannot be read refuses every answer, and finds nothing in any mail. Patterns are run by RE2, "
        "which needs time in proportion to the text whatever somebody writes, and therefore knows no looking ahead."
    ),
    why_zh=(
        "无法识别的格式会拒绝一切填写，在来信中也什么都找不到。"
        "格式由 RE2 执行：无论输入什么，用时都与文字长度成正比，因此不支持前瞻。"
    ),
    wrong=_RIGHT.replace("[A-Z]+-", "([A-Z]+-"),
    right=_RIGHT,
    check=_check,
)
