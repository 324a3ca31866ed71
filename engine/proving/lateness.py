"""Lateness: the verdict on the slowest paths, with the arithmetic of every deadline in a counter-example."""

from collections.abc import Iterator
from datetime import timedelta

from engine.case import Clock
from engine.program import Program, Rule
from engine.proving.findings import Finding, Verdict
from engine.proving.nasty import nasty_times
from engine.proving.slowest import Courses, Late
from engine.proving.stories import Teller
from engine.proving.world import World
from models.language.durations import Duration, DurationError
from models.language.moments import format_moment
from models.language.problem import Words


def slowest_paths_are_in_time(world: World) -> Verdict:
    """The verdict on every deadline that a clause or a law states."""
    program = world.program
    rules = [rule for rule in program.rules.values() if _is_stated(rule)]
    times = nasty_times(program.company.calendar)
    findings: list[Finding] = []
    played, complete = 0, True
    for rule in rules:
        courses = Courses(world, rule)
        late = [one for nasty in times for one in courses.broken(nasty)]
        played, complete = played + courses.played, complete and courses.complete
        if late:
            findings.append(_finding(program, courses, max(late, key=lambda one: one.by)))
    looked_at = Words(
        f"{len(rules)} deadlines stated by a clause or a law, {played} courses from {len(times)} awkward times",
        f"条款或法律明文的时限 {len(rules)} 个，从 {len(times)} 个最不利的时刻起，共 {played} 种经过",
    )
    return Verdict("slowest", looked_at, tuple(findings), complete)


def _is_stated(rule: Rule) -> bool:
    """Whether a clause or a law states the span; a time in a field is nothing that spans could add up to."""
    return rule.basis in ("explicit", "law") and rule.within is not None and not rule.source.target


def _finding(program: Program, courses: Courses, late: Late) -> Finding:
    teller = Teller(program, courses.slice.deciding)
    name, clause = teller.deadline(late.rule.id), late.clock.clause or ""
    by = _span(late.by)
    message = Words(
        f"everybody is on time, and {name.en} (clause {clause}) is {by.en} late: {late.nasty.why.en}",
        f"每个人都按时办理，{name.zh}（条款 {clause}）却超时{by.zh}：{late.nasty.why.zh}",
    )
    step = late.rule.until_step
    loc = ("steps", program.plans[step].index) if step else ("deadlines",)
    return Finding(message, loc, teller.tell(late.scene.events), tuple(_arithmetic(program, teller, late)))


def _arithmetic(program: Program, teller: Teller, late: Late) -> Iterator[Words]:
    """How each deadline of the story was counted, the clause's last and in full."""
    for step, clock in late.used:
        yield _counted(teller.step(step), clock)
    yield _counted(teller.deadline(late.rule.id), late.clock)
    line = late.clock.receipt[-1]
    try:
        span = Duration.parse(line.span)
    except DurationError:
        return
    receipt = program.company.calendar.add(line.start, span, late.rule.source.hours).receipt()
    yield from (Words(en, zh) for en, zh in zip(receipt.en, receipt.zh, strict=True))


def _counted(name: Words, clock: Clock) -> Words:
    line = clock.receipt[-1]
    start, due = format_moment(clock.start), format_moment(clock.due)
    return Words(f"{name.en}: {start} + {line.span} = {due}", f"{name.zh}：{start} 起 {line.span}，至 {due}")


def _span(late: timedelta) -> Words:
    days, rest = divmod(int(late.total_seconds()), 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, seconds = divmod(rest, 60)
    parts = [(days, "d", " 天"), (hours, "h", " 小时"), (minutes, "min", " 分钟"), (seconds, "s", " 秒")]
    en = " ".join(f"{number} {unit}" for number, unit, _ in parts if number)
    return Words(en, "".join(f" {number}{unit}".replace("  ", " ") for number, _, unit in parts if number))
