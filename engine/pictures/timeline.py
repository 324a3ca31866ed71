"""Timeline: a simulated case as an SVG. Time runs down, each person has a lane, and every mark says why it is there.

The bar in a lane is an open assignment; it turns red when its deadline has passed.
"""

from collections.abc import Iterator
from typing import Final

from engine.pictures.rows import Row, text_lines
from engine.pictures.styles import style
from engine.pictures.svg import Markup, box, element, joined, label, picture, tooltip
from engine.pictures.text_width import clip, width, wrap
from engine.pictures.timeline_bars import bars
from engine.pictures.timeline_head import heading, legend
from engine.pictures.timeline_marks import SIGNS, mark
from engine.pictures.timeline_scale import STEP, Day, Gap, Scale, Slot, label_width, scale_of
from engine.simulate.presenting import LABELS, day_words, grouped
from engine.simulate.simulation import Simulation

_MARGIN: Final = 20.0
_AXIS: Final = 84.0
_ROOM: Final = 372.0
_STYLE: Final = """
.duly .ring{fill:$card;stroke-width:1.5}
.duly .icon.ring{fill:$card}
.duly .bar{stroke:none}
.duly .bar.open{fill:$task;opacity:.28}
.duly .bar.overdue{fill:$alarm;opacity:.38}
.duly .lane{stroke:$edge;stroke-width:1}
.duly .axis{stroke:$wire;stroke-width:2}
.duly .quiet{stroke:$wire;stroke-width:2;stroke-dasharray:2 4}
"""


def timeline(simulation: Simulation) -> str:
    """The simulation as a whole SVG file. Always the same text for the same simulation."""
    return _Sheet(simulation).draw()


class _Sheet:
    def __init__(self, simulation: Simulation) -> None:
        self.simulation = simulation
        self.groups = grouped(simulation.rows)
        self.people = list(
            dict.fromkeys(row.to for row in simulation.rows if row.to and row.to_name and _known(simulation, row.to))
        )
        self.lane = 48.0 if len(self.people) <= 7 else 42.0
        self.text_x = _AXIS + 26 + self.lane * len(self.people)
        self.width = self.text_x + _ROOM + _MARGIN
        self.head = heading(simulation, self.width - 2 * _MARGIN)
        top = _MARGIN + self.head.height + self._names_height()
        self.scale: Scale = scale_of(self.groups, simulation.program.company.calendar, top, _ROOM)

    def draw(self) -> str:
        """The picture."""
        legend_row: Row = legend(self.groups, self.width - 2 * _MARGIN)
        height = self.scale.bottom + legend_row.height + _MARGIN
        name = f"{self.simulation.program.procedure.title.zh}：推演时间线"
        return picture(
            self.width,
            height,
            style(_STYLE),
            name,
            box(0, 0, self.width, height, "canvas"),
            self.head.draw(_MARGIN, _MARGIN),
            joined(self._shades()),
            joined(self._lanes()),
            joined(self._axis()),
            joined(bars(self.scale, {person: self._x(person) for person in self.people})),
            joined(self._gap(gap) for gap in self.scale.gaps),
            joined(self._day(day) for day in self.scale.days),
            joined(self._slot(slot) for slot in self.scale.slots),
            legend_row.draw(_MARGIN, self.scale.bottom),
        )

    def _x(self, person: str) -> float:
        return _AXIS + 26 + self.lane * (self.people.index(person) + 0.5)

    def _names_height(self) -> float:
        return 54.0 if self.people else 0.0

    def _lanes(self) -> Iterator[Markup]:
        """Each person's name, role and line."""
        titles = {row.to: row.to_name for row in reversed(self.simulation.rows)}
        top = _MARGIN + self.head.height
        for person in self.people:
            name, _, role = titles[person].partition("（")
            x = self._x(person)
            lines = wrap(role.removesuffix("）"), self.lane / 10.5, 2)
            rows = [label(x, top + 12, clip(name, self.lane / 13), "body strong", "middle")]
            rows += [label(x, top + 26 + 12 * number, one, "tiny soft", "middle") for number, one in enumerate(lines)]
            yield element("g", tooltip(titles[person]), *rows)
            yield element("path", d=f"M{x:g} {top + 46:g}V{self.scale.bottom - 6:g}", class_="lane")

    def _shades(self) -> Iterator[Markup]:
        """Days off."""
        for day, following in zip(self.scale.days, [*self.scale.days[1:], None], strict=True):
            if day.off:
                end = following.y if following else self.scale.bottom
                gaps = [gap.y for gap in self.scale.gaps if day.y < gap.y < end]
                yield box(0, day.y, self.width, min([end, *gaps[-1:]]) - day.y, "shade")
        for gap in self.scale.gaps:
            if gap.off:
                yield box(0, gap.y, self.width, gap.height, "shade")

    def _axis(self) -> Iterator[Markup]:
        """The line of time: solid where something happens, dotted where it is compressed."""
        y = self.scale.slots[0].mark_y if self.scale.slots else self.scale.bottom
        for gap in self.scale.gaps:
            yield element("path", d=f"M{_AXIS:g} {y:g}V{gap.y:g}", class_="axis")
            yield element("path", d=f"M{_AXIS:g} {gap.y:g}v{gap.height:g}", class_="quiet")
            y = gap.y + gap.height
        if self.scale.slots:
            yield element("path", d=f"M{_AXIS:g} {y:g}V{self.scale.slots[-1].mark_y:g}", class_="axis")

    def _gap(self, gap: Gap) -> Markup:
        return label(self.text_x, gap.y + gap.height / 2 + 4, f"⋮ {gap.words}", "small soft")

    def _day(self, day: Day) -> Markup:
        words = day_words(day.day) + ("　休息日" if day.off else "")
        long = width(words) * 12.5 + 22
        return joined(
            [
                box(_MARGIN, day.y + 5, long, 22, "band", 11),
                label(_MARGIN + 11, day.y + 20.5, words, "body strong"),
            ]
        )

    def _slot(self, slot: Slot) -> Markup:
        """A mark in every lane it concerns, and what it says."""
        row, y = slot.row, slot.mark_y
        lanes = [one.to for one in slot.rows if one.to in self.people]
        marks = [mark(row.kind, self._x(person), y, row.level) for person in lanes if person]
        on_axis = (
            mark(row.kind, _AXIS, y, row.level)
            if not lanes
            else element("circle", cx=_AXIS, cy=y, r=3.5, class_="head")
        )
        time = f"{row.at:%H:%M:%S}" if row.at.second else f"{row.at:%H:%M}"
        badge = label_width(row)
        tone = SIGNS[row.kind].tone
        words = f"{LABELS[row.kind]} {row.level}".rstrip()
        below = y + 4.5 + STEP * len(slot.people)
        return element(
            "g",
            tooltip("　".join([row.text_en, *row.receipt])),
            label(_AXIS - 18, y + 4.5, time, "body strong", "end"),
            on_axis,
            *marks,
            box(self.text_x, y - 9, badge, 18, tone, 4),
            label(self.text_x + badge / 2, y + 4, words, "small strong reverse", "middle"),
            text_lines(slot.people, self.text_x + badge + 8, y + 4.5, STEP, "body strong"),
            text_lines(slot.lines, self.text_x + (0 if slot.people else badge + 8), below, STEP, "text"),
            class_=f"row {row.kind}-row",
        )


def _known(simulation: Simulation, person: str) -> bool:
    return person in simulation.program.company.organisation.people
