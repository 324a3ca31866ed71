"""Subjects: one line that says which case and what for; of a confidential case the number and the class only (S-13)."""

from collections.abc import Sequence
from typing import Final

from engine.case import ACTIVE
from engine.effects import Notice
from engine.titles import Titles
from models.language.moments import format_moment
from notifications.outbound.contents import Matter
from notifications.outbound.standing import settled
from notifications.outbound.values import one_line
from notifications.outbound.wording import URGENCY, Wording

LONGEST: Final = 120
"""Characters of a subject; phones show about 30, so the number and the verb come first."""


def subject_of(matters: Sequence[Matter]) -> str:
    """The subject of a mail about one case or several."""
    if len(matters) > 1:
        count = sum(len(matter.letter.notices) for matter in matters)
        numbers = "、".join(f"〔{matter.case.id}〕" for matter in matters[:3])
        return one_line(f"延迟送达汇总：{len(matters)} 个事项 {count} 条通知 {numbers}", LONGEST)
    matter = matters[0]
    standing = [one for one in matter.letter.notices if not settled(matter, one)] or list(matter.letter.notices)
    lead = min(standing, key=lambda one: URGENCY.index(one.kind))
    words = Wording(matter, lead, Titles(matter.program))
    more = f"等 {len(standing)} 项" if len(standing) > 1 else ""
    number, kind = f"〔{matter.case.id}〕", matter.program.procedure.title.zh
    if matter.confidential:
        return one_line(f"{number}{kind}", LONGEST)
    about = f"：{words.name}{more}" if words.name else more
    return one_line(f"{number}{words.verb}{about}{_due(matter, lead)} - {kind}", LONGEST)


def _due(matter: Matter, notice: Notice) -> str:
    if notice.kind in ("notice", "withdrawn", "deemed", "correspondence"):
        return ""
    names = (
        [notice.deadline]
        if notice.deadline
        else [rule.id for rule in matter.program.of_step.get(notice.step or "", ())]
    )
    clocks = [clock for name in names if (clock := matter.case.clocks.get(name or "")) and clock.status in ACTIVE]
    return f"，{format_moment(min(clock.due for clock in clocks))} 到期" if clocks else ""
