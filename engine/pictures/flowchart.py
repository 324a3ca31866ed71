"""Flowchart: a procedure as an SVG, to be read by the officer who wrote it.

The main course runs from top to bottom. Steps that somebody may ask for at any time stand in
frames of their own, beside or below it; deadlines between events, gates and the signs follow.
"""

from collections.abc import Sequence
from typing import Final

from engine.pictures.cards import CARD_WIDTH
from engine.pictures.flow import flow_of
from engine.pictures.groups import DrawnGroup, Frame, heads
from engine.pictures.panels import deadlines_panel, gates_panel, heading, legend, section
from engine.pictures.rows import Row, pile, space
from engine.pictures.shelves import GAP, shelve
from engine.pictures.styles import style
from engine.pictures.svg import Markup, box, joined, picture
from engine.program import Program
from engine.titles import Titles

_MARGIN: Final = 24.0
_FRAME: Final = CARD_WIDTH + 2 * 12
_STYLE: Final = ".duly .line.barrier{stroke:$warn}.duly .barrier{fill:$warnsoft;stroke:$warn}\n"


def flowchart(program: Program, columns: int = 3) -> str:
    """The procedure as a whole SVG file, about `columns` cards wide (2 suit a phone). Always the same text."""
    titles = Titles(program)
    flow = flow_of(program)
    main = DrawnGroup(flow.main, program, titles, columns)
    frames = [Frame(group, program, titles) for group in flow.requests]
    room = max([main.size.width, *(frame.size.width for frame in frames), columns * (_FRAME + GAP) - GAP])
    if not frames:
        room = max(main.size.width, 2 * _FRAME)
    content = pile(
        [
            heading(program, titles, room),
            _courses(main, frames, room),
            deadlines_panel(program, titles, room),
            gates_panel(program, titles, room),
            legend(room),
        ]
    )
    width, height = room + 2 * _MARGIN, content.height + 2 * _MARGIN
    name = f"{titles.text(program.procedure.title)}：流程图"
    canvas = box(0, 0, width, height, "canvas")
    return picture(width, height, style(_STYLE), name, heads(), canvas, content.draw(_MARGIN, _MARGIN))


def _courses(main: DrawnGroup, frames: Sequence[Frame], room: float) -> Row:
    """The main course and the requests, side by side or one below the other, whichever is lower."""
    if not frames:
        return _centred(main, room)
    below = pile([_centred(main, room), _requests(frames, room)])
    beside = room - main.size.width - 2 * GAP
    if beside < max(frame.size.width for frame in frames):
        return below
    right = _requests(frames, beside)
    height = max(main.size.height, right.height)
    if height > below.height:
        return below
    return Row(height, lambda x, y: joined([main.draw(x, y), right.draw(x + main.size.width + 2 * GAP, y - 24)]))


def _centred(main: DrawnGroup, room: float) -> Row:
    return Row(main.size.height, lambda x, y: main.draw(x + (room - main.size.width) / 2, y))


def _requests(frames: Sequence[Frame], room: float) -> Row:
    corners, height = shelve([frame.size for frame in frames], room)

    def draw(x: float, y: float) -> Markup:
        return joined([frame.draw(x + dx, y + dy) for frame, (dx, dy) in zip(frames, corners, strict=True)])

    return pile([section("可随时发起", "不在主流程中", room), space(6), Row(height, draw)])
