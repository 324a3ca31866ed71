"""People: everybody who is asked, told or made accountable, left out one at a time."""

from collections.abc import Iterator

from engine.mutation.mutant import Mutant, put
from models.language.problem import Words
from models.language.procedure import Procedure
from models.language.scope import Loc
from models.language.steps import PEOPLE_STEPS, Approve, Call, Machine, Notify
from models.language.who import Who

People = tuple[Who, ...]


def people_mutants(procedure: Procedure) -> Iterator[Mutant]:
    """One mutant for each person left out, restriction dropped, and conflict of interest overlooked."""
    for index, step in enumerate(procedure.steps):
        loc: Loc = ("steps", index)
        if isinstance(step, PEOPLE_STEPS):
            yield from _asked(procedure, (*loc, "who"), step.id, step.who)
            yield from _left_out(procedure, (*loc, "tells"), step.id, step.tells, "told", "告知")
            if step.owner:
                what = Words(
                    f"`{step.id}` no longer makes {_all(step.owner)} the owner", f"「{step.name}」办结后不再变更负责人"
                )
                yield Mutant("owner", what, (*loc, "owner"), put(procedure, (*loc, "owner"), ()))
            if step.each and step.each.people:
                yield from _asked(procedure, (*loc, "each", "people"), step.id, step.each.people)
        if isinstance(step, Approve):
            yield from _left_out(procedure, (*loc, "chair"), step.id, step.chair, "who", "主持人")
        elif isinstance(step, Machine):
            yield from _asked(procedure, (*loc, "otherwise"), step.id, step.otherwise)
        elif isinstance(step, Call):
            yield from _asked(procedure, (*loc, "responsible"), step.id, step.responsible)
        elif isinstance(step, Notify):
            yield from _left_out(procedure, (*loc, "tells"), step.id, step.tells, "told", "告知")
    yield from _conflicts(procedure)


def _asked(procedure: Procedure, loc: Loc, step: str, people: People) -> Iterator[Mutant]:
    """People who act: each of several left out, a single one replaced, restrictions lifted."""
    if len(people) > 1:
        yield from _left_out(procedure, loc, step, people, "who", "办理人")
    elif people:
        other = Who(special="owner") if people[0].special != "owner" else Who(special="requester")
        what = Words(f"`{step}` asks {other} instead of {people[0]}", f"`{step}` 不请 {people[0]} 而请 {other} 办理")
        yield Mutant("who", what, loc, put(procedure, loc, (other,)))
    for number, who in enumerate(people):
        for key, written in (("excluding", "except"), ("within", "in")):
            if getattr(who, key):
                empty: object = () if key == "excluding" else None
                what = Words(
                    f"`{written}` of {who} dropped at `{step}`", f"`{step}` 中 {who} 的 `{written}` 限制被删去"
                )
                yield Mutant("who", what, (*loc, number, written), put(procedure, (*loc, number, key), empty))


def _left_out(procedure: Procedure, loc: Loc, step: str, people: People, kind: str, zh: str) -> Iterator[Mutant]:
    verb = "tells" if kind == "told" else "asks"
    for number, who in enumerate(people):
        rest = tuple(one for n, one in enumerate(people) if n != number)
        what = Words(f"`{step}` no longer {verb} {who}", f"`{step}` 的{zh}中少了 {who}")
        yield Mutant(kind, what, (*loc, number), put(procedure, loc, rest))


def _conflicts(procedure: Procedure) -> Iterator[Mutant]:
    for number, name in enumerate(procedure.conflicts):
        rest = tuple(one for one in procedure.conflicts if one != name)
        what = Words(f"the person in `{name}` may act", f"`{name}` 中的涉事人不再回避")
        yield Mutant("conflict", what, ("conflicts", number), put(procedure, ("conflicts",), rest))


def _all(people: People) -> str:
    return ", ".join(map(str, people))
