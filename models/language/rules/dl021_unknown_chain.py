"""DL021: chains that do not exist, or lack a level that a ladder speaks to."""

from collections.abc import Iterator
from typing import Final

from models.language.climbs import climbs, levels_of
from models.language.fields import DepartmentField, PersonField
from models.language.ladders import Ladders
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.subject import Subject
from models.language.who import LEVELS, SPECIAL, Who

_UNKNOWN: Final = Wording(
    "DL021",
    Words("there is no chain `{found}`", "没有名为 `{found}` 的升级人员（chain）"),
    Words("{hint}", "{hint_zh}"),
)
_LACKS: Final = Wording(
    "DL021",
    Words(
        "ladder `{ladder}` tells {level}, but nobody stands on {level} of chain `{chain}`",
        "升级链 `{ladder}` 要告知 {level}，但升级人员 `{chain}` 没有写 {level}",
    ),
    Words(
        "add {level} to the chain in ladders.yaml, or choose another ladder; chain `{chain}` has: {levels}",
        "请在 ladders.yaml 的该 chain 中补上 {level}，或换一条升级链；`{chain}` 现有：{levels}",
    ),
)
_NO_LEVEL: Final = Wording(
    "DL021",
    Words("nobody stands on {level} of chain `{chain}`", "升级人员 `{chain}` 没有写 {level}"),
    Words("write a level that the chain has: {levels}", "请写该 chain 已有的层级：{levels}"),
)


_CHAIN: Final = Wording(
    "DL021",
    Words(
        "chain `{chain}` looks for people in `{found}`, and this procedure has no such field",
        "升级人员 `{chain}` 要按 `{found}` 找人，而本规程没有这个字段",
    ),
    Words(
        "add the field to the form, or choose another chain: {chains}", "请在表单中增加该字段，或另选升级人员：{chains}"
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    ladders = subject.context.ladders
    if ladders is None:
        return
    procedure = subject.procedure
    named: list[tuple[Loc, str]] = [(("chain",), procedure.chain)]
    named += [(timed.at("chain"), timed.deadline.chain) for timed in subject.deadlines if timed.deadline.chain]
    for loc, chain in named:
        if chain not in ladders.chains:
            yield subject.say_unknown(_UNKNOWN, loc, chain, ladders.chains)
    yield from _lacking(subject, ladders)
    yield from _in_chain(subject)
    own = ladders.chains.get(procedure.chain)
    for one in subject.people if own is not None else ():
        level = one.who.special
        if level in LEVELS and level not in (own or {}):
            levels = ", ".join(own or {})
            yield subject.say(_NO_LEVEL, (*one.loc, "special"), level=level, chain=procedure.chain, levels=levels)


def _lacking(subject: Subject, ladders: Ladders) -> Iterator[Problem]:
    procedure, terms = subject.procedure, subject.context.terms
    for timed in subject.deadlines:
        chain = timed.deadline.chain or procedure.chain
        for climb in climbs(timed, procedure, ladders.defaults, terms):
            ladder = ladders.ladders.get(climb.ladder)
            if ladder is None or chain not in ladders.chains:
                continue
            for level in levels_of(ladder):
                if level not in ladders.chains[chain]:
                    levels = ", ".join(ladders.chains[chain])
                    values = {"ladder": climb.ladder, "level": level, "chain": chain, "levels": levels}
                    yield subject.say(_LACKS, climb.loc, **values)


def _in_chain(subject: Subject) -> Iterator[Problem]:
    """A chain may look for people in fields, which each procedure that uses it must have."""
    ladders, known = subject.context.ladders, subject.context.organisation
    if ladders is None or known is None:
        return
    chain = subject.procedure.chain
    fields = {name for name, field in subject.fields.items() if isinstance(field, PersonField | DepartmentField)}
    for people in ladders.chains.get(chain, {}).values():
        for who in people:
            wanted = _wanted(who)
            if wanted and wanted not in {*fields, *known.departments, *SPECIAL, *subject.steps}:
                yield subject.say(_CHAIN, ("chain",), chain=chain, found=wanted, chains=", ".join(ladders.chains))


def _wanted(who: Who) -> str | None:
    return who.field or who.head_of or who.superior_of or who.within


_RIGHT: Final = """\
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
    id="DL021",
    title="unknown chain or level",
    title_zh="升级人员不存在",
    why=(
        "Ladders speak of L1 to L4; the chain of the procedure says who that is. A chain that does not exist, or "
        "has nobody on a level that the ladder tells, lets a missed deadline pass unheard. Chains are written in "
        "ladders.yaml."
    ),
    why_zh=(
        "升级链中写的是 L1 至 L4，具体是谁由规程的 chain 决定。chain 不存在，或者升级链要告知的层级没有人，"
        "逾期就没有人知道。chain 写在 ladders.yaml 中。"
    ),
    wrong=_RIGHT.replace("chain: office", "chain: offices"),
    right=_RIGHT,
    check=_check,
)
