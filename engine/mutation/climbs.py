"""Climbs: every reminder and every rung of the ladders that a procedure climbs, taken away one at a time."""

from collections.abc import Iterator

from engine.mutation.mutant import Mutant, drop
from engine.program import Program, Rule
from models.language.ladders import Ladder
from models.language.problem import Words
from models.language.scope import Loc


def ladder_mutants(program: Program) -> Iterator[Mutant]:
    """One mutant for each reminder and rung. The ladders are shared, so the change is to all deadlines on them."""
    ladders = program.company.ladders
    climbed = dict.fromkeys(name for rule in program.rules.values() for name in ladders_of(rule))
    for name in climbed:
        for kind, key, number, what in _parts(name, ladders.ladders[name]):
            loc: Loc = ("ladders", name, key, number)
            yield Mutant(kind, what, loc, program.procedure, drop(ladders, loc))


def ladders_of(rule: Rule) -> tuple[str, ...]:
    """The ladder of a deadline, and those of its replacements."""
    return (rule.ladder, *(one.ladder for one in rule.source.replaced if one.ladder))


def _parts(name: str, ladder: Ladder) -> Iterator[tuple[str, str, int, Words]]:
    for number in range(len(ladder.reminders)):
        reminder = ladder.reminders[number]
        when = str(reminder.before or f"{reminder.day} {reminder.at}")
        yield (
            "reminder",
            "reminders",
            number,
            Words(f"reminder `{when}` of ladder `{name}`", f"升级链 `{name}` 的提醒 `{when}`"),
        )
    for number, rung in enumerate(ladder.rungs):
        told = ", ".join(map(str, (*rung.tell, *rung.ask))) or rung.starts or ""
        after = f" +{rung.after}" if rung.after else ""
        yield (
            "rung",
            "rungs",
            number,
            Words(f"rung {told}{after} of ladder `{name}`", f"升级链 `{name}` 的 {told}{after}"),
        )
