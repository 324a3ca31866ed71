"""DL046: choices whose default or refused options contradict their options."""

from collections.abc import Iterator
from typing import Final

from models.language.fields import ChoiceField, NumberField, TableField, YesNoField
from models.language.parts import written_fields
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.subject import Subject

_DEFAULT: Final = Wording(
    "DL046",
    Words("the default `{found}` is not among the options", "默认值 `{found}` 不在选项之中"),
    Words("{hint}", "{hint_zh}"),
)
_BOTH: Final = Wording(
    "DL046",
    Words("`{found}` is an option and is always refused", "`{found}` 既是选项，又一律拒绝"),
    Words("keep it in `options` or in `refuse`, not in both", "请只保留在 `options` 或 `refuse` 之一"),
)
_MUST: Final = Wording(
    "DL046",
    Words("the default is `{found}`, but only `{must}` is accepted", "默认值是 `{found}`，而只接受 `{must}`"),
    Words("remove `default`: people shall confirm it themselves", "请删除 `default`，由填写人自己确认"),
)
_RANGE: Final = Wording(
    "DL046",
    Words("`at_least` {least} is more than `at_most` {most}", "`at_least` {least} 大于 `at_most` {most}"),
    Words("exchange the two", "请把两者对调"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    for loc, field in written_fields(subject.procedure):
        match field:
            case ChoiceField():
                yield from _choice(subject, loc, field)
            case YesNoField(default=default, must_be=must) if default is not None and must not in (None, default):
                values = {"found": str(default).lower(), "must": str(must).lower()}
                yield subject.say(_MUST, (*loc, "default"), **values)
            case NumberField(at_least=least, at_most=most) | TableField(at_least=least, at_most=most):
                if least is not None and most is not None and least > most:
                    yield subject.say(_RANGE, (*loc, "at_least"), least=f"{least:g}", most=f"{most:g}")
            case _:
                pass


def _choice(subject: Subject, loc: Loc, field: ChoiceField) -> Iterator[Problem]:
    if field.default is not None and field.default not in field.options:
        yield subject.say_unknown(_DEFAULT, (*loc, "default"), field.default, field.options)
    for option in field.refuse:
        if option in field.options:
            yield subject.say_key(_BOTH, (*loc, "refuse", option), found=option)


_RIGHT: Final = """\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
owner: security_officer
chain: office
starts:
  - by: form
form:
  gate:
    type: choice
    title: 从哪个门进入
    options: {east: 东门, west: 西门}
    default: east
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
    id="DL046",
    title="a field that contradicts itself",
    title_zh="字段自相矛盾",
    why=(
        "A default that is no option would be stored and match no condition. An option that is always refused cannot "
        "be chosen, and a least that is more than the most lets nobody answer."
    ),
    why_zh="默认值不在选项中，存进去之后任何条件都对不上；既可选又一律拒绝的选项谁也选不了；下限大于上限，谁也填不了。",
    wrong=_RIGHT.replace("default: east", "default: north"),
    right=_RIGHT,
    check=_check,
)
