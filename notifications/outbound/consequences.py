"""Consequences: what happens, to whom and when, if nobody does anything. Read off the clock's own plan."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from engine.case import Clock, Tick
from engine.counting import ladder_of
from engine.draft import Draft
from engine.people import Search
from engine.program import Rule
from engine.rows import subjects
from engine.titles import Titles
from models.language.ladders import Ladder
from models.language.moments import format_moment
from models.language.who import LEVELS, Who
from notifications.outbound.contents import Consequence, Matter

MOST: Final = 8
"""Consequences of one deadline that a mail lists; repetitions would go on for ever."""


class Outlook:
    """The coming ticks of one clock, in words."""

    def __init__(self, matter: Matter, rule: Rule, clock: Clock, titles: Titles, now: datetime) -> None:
        self.rule, self.clock, self.titles, self.now = rule, clock, titles, now
        self.ladder: Ladder = matter.program.ladder(ladder_of(rule, clock))
        self.confidential = matter.confidential
        draft = Draft(matter.program, matter.case, now)
        row = _row(draft, rule.until_step, matter.letter.person)
        self.search: Search = draft.search(rule.until_step, row=row, chain=rule.chain)

    def lines(self, but: str = "") -> tuple[Consequence, ...]:
        """What is still to come, in order of time, `but` for one kind of tick."""
        ahead = [tick for tick in self.clock.ticks[self.clock.next :] if tick.kind != but][:MOST]
        return tuple(
            Consequence(format_moment(tick.at), _TICKS[tick.kind](self, tick) + self._passed(tick)) for tick in ahead
        )

    def _passed(self, tick: Tick) -> str:
        """After an outage a mail may go out before the clock has caught up."""
        return self.titles.pick(("（时间已过，随即补办）", " (overdue, being caught up)")) if tick.at < self.now else ""

    def reminder(self, tick: Tick) -> str:
        """A reminder, and who else gets it."""
        also = self.people(self.ladder.reminders[tick.index].tell)
        again = self.titles.pick(("再次提醒", "reminded again"))
        also_told = self.titles.pick((f"，并告知 {also}", f"; {also} told as well"))
        return again + (also_told if also else "")

    def substitute(self, _tick: Tick) -> str:
        """The deputy gets a link as well."""
        return self.titles.pick(
            ("仍未答复的，代理人也会收到审批链接", "the deputy of a silent approver is asked as well")
        )

    def target(self, _tick: Tick) -> str:
        """The internal date before an authority's."""
        return self.titles.pick(("内部目标时间，再次提醒", "internal target, reminded again"))

    def due(self, _tick: Tick) -> str:
        """What passing the due time means."""
        if self.rule.source.missed == "deem":
            return self.titles.pick(("到期：视为已办", "due: deemed to be done"))
        if self.rule.source.target:
            return self.titles.pick(("到期：内部目标，超过只提醒", "due: an internal target, missing it is no breach"))
        return self.titles.pick(("到期：此后记为逾期，载入台账", "due: later is a breach, recorded in the ledger"))

    def rung(self, tick: Tick) -> str:
        """Who is told and asked on a rung, and what begins."""
        rung, titles = self.ladder.rungs[tick.index], self.titles
        parts = []
        if rung.tell:
            parts.append(titles.pick(("升级，告知 ", "escalated to ")) + self.people(rung.tell))
        if rung.ask:
            parts.append(titles.pick(("也请其办理：", "may act as well: ")) + self.people(rung.ask))
        if rung.starts:
            parts.append(titles.pick((f"启动规程 {rung.starts}", f"starts {rung.starts}")))
        if rung.repeat:
            again = titles.duration(rung.repeat)
            parts.append(titles.pick((f"此后每隔 {again} 一次", f"again every {again}")))
        return titles.pick(("；", "; ")).join(parts)

    def people(self, wanted: Iterable[Who]) -> str:
        """Levels or roles with the names of those who hold them now; a confidential mail names nobody."""
        return self.titles.listed(self._who(who) for who in wanted)

    def _who(self, who: Who) -> str:
        title = str(who) if who.special in LEVELS else self.titles.who(who)
        if self.confidential:
            return title
        names = self.titles.listed(self.titles.person(one.person) for one in self.search.find((who,)))
        return f"{title}（{names}）" if self.titles.zh else f"{title} ({names})"


def _row(draft: Draft, step: str | None, person: str) -> Mapping[str, object] | None:
    """The row of a campaign that the reader is asked about: its roles may depend on it."""
    keys = [one.key for one in draft.assignments.values() if one.step == step and one.person == person and one.key]
    return subjects(draft, step, keys).get(keys[0]) if step and keys else None


_TICKS: Final[Mapping[str, Callable[[Outlook, Tick], str]]] = {
    "reminder": Outlook.reminder,
    "substitute": Outlook.substitute,
    "target": Outlook.target,
    "due": Outlook.due,
    "rung": Outlook.rung,
}
