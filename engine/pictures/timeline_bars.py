"""Bars: in each person's lane, how long an assignment was open, and from when on it was overdue."""

from collections.abc import Iterator, Mapping

from engine.pictures.svg import Markup, box
from engine.pictures.timeline_scale import Scale, Slot

_WIDTH = 9.0


def bars(scale: Scale, lanes: Mapping[str, float]) -> Iterator[Markup]:
    """The bars of all lanes; `lanes` are the middles by person."""
    open_since: dict[tuple[str, str], float] = {}
    overdue: dict[str, float] = {}
    for slot in scale.slots:
        row = slot.row
        if row.kind == "missed" and row.step:
            overdue.setdefault(row.step, slot.mark_y)
        if row.kind in ("asked", "substitute"):
            for person in (one.to for one in slot.rows):
                if person is not None and person in lanes and row.step:
                    open_since.setdefault((person, row.step), slot.mark_y)
        for key in [key for key in open_since if _over(slot, *key)]:
            yield from _bar(lanes[key[0]], open_since.pop(key), slot.mark_y, overdue.get(key[1]))
        if row.kind == "done" and row.step:
            overdue.pop(row.step, None)
    for (person, step), since in open_since.items():
        yield from _bar(lanes[person], since, scale.bottom - 10, overdue.get(step))


def _over(slot: Slot, person: str, step: str) -> bool:
    """Whether an assignment ends here: withdrawn from the person, done by anybody, or the case ends."""
    row = slot.row
    if row.kind == "ended":
        return True
    if row.step != step:
        return False
    return row.kind in ("done", "deemed") or (row.kind == "withdrawn" and any(one.to == person for one in slot.rows))


def _bar(x: float, since: float, until: float, overdue: float | None) -> Iterator[Markup]:
    turn = min(max(overdue, since), until) if overdue is not None else until
    if turn > since:
        yield box(x - _WIDTH / 2, since, _WIDTH, turn - since, "bar open", 3)
    if until > turn:
        yield box(x - _WIDTH / 2, turn, _WIDTH, until - turn, "bar overdue", 3)
