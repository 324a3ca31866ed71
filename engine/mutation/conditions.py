"""Conditions: gates opened, requirements waived, and conditions negated or dropped."""

from collections.abc import Iterator

from engine.mutation.mutant import Mutant, drop, put
from models.language.problem import Words
from models.language.procedure import Procedure
from models.language.scope import Loc
from models.language.steps import PEOPLE_STEPS, Approve, Step, Task


def condition_mutants(procedure: Procedure) -> Iterator[Mutant]:
    """One mutant for each gate, requirement, condition and binding."""
    for number, gate in enumerate(procedure.gates):
        what = Words(f"gate `{gate.id}` removed", f"删去门禁 `{gate.id}`")
        yield Mutant("gate", what, ("gates", number), drop(procedure, ("gates", number)))
        for held in gate.holds if len(gate.holds) > 1 else ():
            what = Words(f"gate `{gate.id}` no longer holds `{held}`", f"门禁 `{gate.id}` 不再拦住 `{held}`")
            rest = tuple(one for one in gate.holds if one != held)
            yield Mutant("gate", what, ("gates", number, "holds"), put(procedure, ("gates", number, "holds"), rest))
    for index, step in enumerate(procedure.steps):
        loc: Loc = ("steps", index)
        yield from _when(procedure, loc, step)
        if isinstance(step, PEOPLE_STEPS):
            yield from _of_people_step(procedure, loc, step)


def _when(procedure: Procedure, loc: Loc, step: Step) -> Iterator[Mutant]:
    if step.when:
        loc = (*loc, "when")
        what = Words(f"`when` of `{step.id}` negated", f"`{step.id}` 的条件取反")
        yield Mutant("condition", what, loc, put(procedure, loc, f"not ({step.when})"))
        what = Words(f"`when` of `{step.id}` dropped", f"删去 `{step.id}` 的条件")
        yield Mutant("condition", what, loc, put(procedure, loc, None))


def _of_people_step(procedure: Procedure, loc: Loc, step: Task | Approve) -> Iterator[Mutant]:
    for number, requirement in enumerate(step.require):
        what = Words(
            f"`{step.id}` no longer requires `{requirement.that}`", f"`{step.id}` 不再要求：{requirement.says}"
        )
        yield Mutant("requirement", what, (*loc, "require", number), drop(procedure, (*loc, "require", number)))
    if step.during:
        what = Words(f"`while` of `{step.id}` dropped", f"`{step.id}` 随时可办，不再限于 `while`")
        yield Mutant("condition", what, (*loc, "while"), put(procedure, (*loc, "during"), None))
    if step.each and step.each.when:
        what = Words(f"`{step.id}` is for every row", f"`{step.id}` 不再按行条件筛选")
        yield Mutant("condition", what, (*loc, "each", "when"), put(procedure, (*loc, "each", "when"), None))
    for field in step.sets:
        rest = {name: text for name, text in step.sets.items() if name != field}
        what = Words(f"`{step.id}` no longer sets `{field}`", f"`{step.id}` 不再更新 `{field}`")
        yield Mutant("condition", what, (*loc, "sets", field), put(procedure, (*loc, "sets"), rest))
    for number, held in enumerate(step.hold):
        what = Words(f"`{step.id}` no longer holds `{held}`", f"`{step.id}` 不再冻结 `{held}`")
        yield Mutant("hold", what, (*loc, "hold", number), drop(procedure, (*loc, "hold", number)))
    if isinstance(step, Task):
        yield from _of_task(procedure, loc, step)
    elif step.shows:
        what = Words(f"`{step.id}` is bound to nothing", f"`{step.id}` 不再绑定所依据的字段")
        yield Mutant("binding", what, (*loc, "shows"), put(procedure, (*loc, "shows"), ()))
        if step.rule != "one":
            what = Words(f"one answer decides `{step.id}`", f"`{step.id}` 由一人决定即可")
            yield Mutant("who", what, (*loc, "rule"), put(procedure, (*loc, "rule"), "one"))


def _of_task(procedure: Procedure, loc: Loc, step: Task) -> Iterator[Mutant]:
    if step.already:
        what = Words(f"`{step.id}` is asked although it is done", f"`{step.id}` 不再视为已办")
        yield Mutant("already", what, (*loc, "already"), put(procedure, (*loc, "already"), None))
    if step.answers == "all":
        what = Words(f"one of its people is enough for `{step.id}`", f"`{step.id}` 由任一人办理即可")
        yield Mutant("who", what, (*loc, "answers"), put(procedure, (*loc, "answers"), "any"))
