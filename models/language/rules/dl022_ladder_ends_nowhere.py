"""DL022: ladders at whose end nobody stands."""

from collections.abc import Iterator
from typing import Final

from models.language.climbs import Chain, climbs, is_staffed, reaches
from models.language.ladders import Defaults, Ladder, Ladders
from models.language.organisation import Organisation
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_REMEDY: Final = Words(
    "in ladders.yaml, end the ladder with a rung that tells somebody, e.g. `- {{after: 1 working day, tell: gm}}`",
    "请在 ladders.yaml 中给该升级链的最后一级写上告知谁，例如 `- {{after: 1 working day, tell: gm}}`",
)
_NO_RUNGS: Final = Wording(
    "DL022",
    Words(
        "deadline `{deadline}` climbs ladder `{ladder}`, which tells nobody after the due time",
        "时限 `{deadline}` 所用的升级链 `{ladder}` 在到期之后不告知任何人",
    ),
    Words(
        "choose a ladder with rungs: {good}; if missing it is no breach, write `target: true`",
        "请换一条有升级层级的升级链：{good}；如果超过也不算违反，请写 `target: true`",
    ),
)
_NOBODY: Final = Wording(
    "DL022",
    Words(
        "the last rung of ladder `{ladder}`, which deadline `{deadline}` climbs, reaches nobody in chain `{chain}`",
        "时限 `{deadline}` 所用升级链 `{ladder}` 的最后一级，在升级人员 `{chain}` 中找不到任何人",
    ),
    _REMEDY,
)
_DEFAULT: Final = Wording(
    "DL022",
    Words(
        "ladder `{ladder}` tells nobody after the due time, and deadlines that name no ladder get it",
        "升级链 `{ladder}` 在到期之后不告知任何人，而未写升级链的时限会用它",
    ),
    _REMEDY,
)
_EMPTY_RUNG: Final = Wording(
    "DL022",
    Words("the last rung of ladder `{ladder}` tells nobody", "升级链 `{ladder}` 的最后一级没有告知任何人"),
    _REMEDY,
)
_LEVEL: Final = Wording(
    "DL022",
    Words("nobody who exists stands on {level} of chain `{chain}`", "升级人员 `{chain}` 的 {level} 找不到任何人"),
    Words(
        "name a role that somebody holds, or write its holders in organisation.yaml",
        "请写有人担任的角色，或在 organisation.yaml 中写上任职人",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    company = subject.context.organisation
    if isinstance(subject.page.content, Ladders):
        yield from _in_ladders(subject, subject.page.content, company)
    elif company is not None and subject.context.ladders is not None:
        yield from _in_procedure(subject, subject.context.ladders, company)


def _in_procedure(subject: Subject, ladders: Ladders, company: Organisation) -> Iterator[Problem]:
    procedure, terms = subject.procedure, subject.context.terms
    good = ", ".join(name for name, ladder in ladders.ladders.items() if ladder.rungs)
    for timed in subject.deadlines:
        name = timed.deadline.chain or procedure.chain
        for climb in climbs(timed, procedure, ladders.defaults, terms):
            ladder = ladders.ladders.get(climb.ladder)
            if timed.deadline.target or ladder is None:
                continue
            values = {"deadline": timed.id, "ladder": climb.ladder}
            if not ladder.rungs:
                yield subject.say(_NO_RUNGS, climb.loc, good=good, **values)
            elif not _ends_at_somebody(ladder, ladders.chains.get(name, {}), company):
                yield subject.say(_NOBODY, climb.loc, chain=name, **values)


def _ends_at_somebody(ladder: Ladder, chain: Chain, company: Organisation) -> bool:
    # A level that the chain lacks is another rule's finding.
    last = [who for rung in ladder.rungs[-1:] for who in (*rung.tell, *rung.ask)]
    known = [who for who in last if who.special in chain or who.special is None or not who.special.startswith("L")]
    return bool(last) and (not known or reaches(known, chain, company))


def _in_ladders(subject: Subject, ladders: Ladders, company: Organisation | None) -> Iterator[Problem]:
    for kind in Defaults.model_fields:
        name = getattr(ladders.defaults, kind)
        if kind != "target" and name in ladders.ladders and not ladders.ladders[name].rungs:
            yield subject.say(_DEFAULT, ("defaults", kind), ladder=name)
    for name, ladder in ladders.ladders.items():
        last = len(ladder.rungs) - 1
        if ladder.rungs and not (ladder.rungs[-1].tell or ladder.rungs[-1].ask):
            yield subject.say(_EMPTY_RUNG, ("ladders", name, "rungs", last), ladder=name)
    for name, chain in ladders.chains.items() if company else ():
        for level, people in chain.items():
            known = [who for who in people if who.role is None or (company and who.role in company.roles)]
            if (
                company
                and people
                and known
                and not any(
                    is_staffed(who.role, company) if who.role else reaches([who], chain, company) for who in known
                )
            ):
                yield subject.say(_LEVEL, ("chains", name, level), level=level, chain=name)


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
    deadline:
      within: 2 working days
      ladder: ESC-OFFICE
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL022",
    title="a ladder that ends nowhere",
    title_zh="升级链没有尽头",
    why=(
        "Every deadline must end at a person who exists: if nobody acts, the last rung of its ladder tells somebody "
        "who can. A ladder without rungs is only for internal targets (`target: true`), where a miss is no breach."
    ),
    why_zh=(
        "每个时限都必须落到一个真实的人：没有人办理时，升级链的最后一级要告知能处理的人。"
        "没有升级层级的升级链只能用于内部目标（`target: true`），超过内部目标不算违反。"
    ),
    wrong=_RIGHT.replace("ladder: ESC-OFFICE", "ladder: TARGET"),
    right=_RIGHT,
    check=_check,
    of=("procedure", "ladders"),
)
