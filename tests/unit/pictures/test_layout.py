from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.pictures.flow import flow_of
from engine.pictures.graph import Graph, Link, Size
from engine.pictures.groups import DrawnGroup
from engine.pictures.layout import Layout, Rect, lay_out
from engine.program import Program
from engine.titles import Titles
from tests.unit.pictures.small_picture import procedures


def groups(program: Program, columns: int) -> list[DrawnGroup]:
    flow = flow_of(program)
    titles = Titles(program)
    return [DrawnGroup(group, program, titles, columns) for group in (flow.main, *flow.requests)]


def apart(one: Rect, other: Rect) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return beside or one.bottom <= other.y or other.bottom <= one.y


def passes_through(layout: Layout) -> list[tuple[Link, str]]:
    """Arrows whose line runs through a box."""
    found = []
    for arrow in layout.arrows:
        for (x1, y1), (x2, y2) in zip(arrow.points, arrow.points[1:], strict=False):
            for name, box in layout.places.items():
                inside = min(x1, x2) < box.x + box.width - 1 and max(x1, x2) > box.x + 1
                if inside and min(y1, y2) < box.bottom - 1 and max(y1, y2) > box.y + 1:
                    found.append((arrow.link, name))
    return found


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    names = [f"n{number}" for number in range(draw(st.integers(1, 14)))]
    sizes = {name: Size(draw(st.sampled_from([76.0, 216.0])), float(draw(st.integers(26, 300)))) for name in names}
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names), st.sampled_from(["next", "next", "back"]))
    links = [Link(one, other, kind) for one, other, kind in draw(st.lists(pairs, max_size=20, unique=True))]  # type: ignore[arg-type]
    return Graph(sizes, tuple(links))


@settings(max_examples=60)
@given(graphs(), st.integers(1, 4))
def test_no_two_boxes_overlap(graph: Graph, most: int) -> None:
    places = lay_out(graph, most).places.values()

    assert all(apart(one, other) for one, other in combinations(places, 2))


@settings(max_examples=60)
@given(graphs(), st.integers(1, 4))
def test_every_arrow_begins_under_its_source_and_ends_on_top_of_its_target(graph: Graph, most: int) -> None:
    layout = lay_out(graph, most)

    for arrow in layout.arrows:
        source, target = layout.places[arrow.link.source], layout.places[arrow.link.target]
        (x, y), (end_x, end_y) = arrow.points[0], arrow.points[-1]
        assert (y, end_y) == (source.bottom, target.y)
        assert source.x < x < source.x + source.width
        assert target.x < end_x < target.x + target.width


@settings(max_examples=60)
@given(graphs(), st.integers(1, 4))
def test_everything_lies_within_the_picture(graph: Graph, most: int) -> None:
    layout = lay_out(graph, most)
    corners = [point for arrow in layout.arrows for point in arrow.points]
    corners += [(box.x, box.y) for box in layout.places.values()]
    corners += [(box.x + box.width, box.bottom) for box in layout.places.values()]

    assert all(-1 <= x <= layout.width + 1 and -1 <= y <= layout.height + 1 for x, y in corners)


@settings(max_examples=60)
@given(graphs(), st.integers(1, 4))
def test_no_arrow_runs_through_a_box(graph: Graph, most: int) -> None:
    assert passes_through(lay_out(graph, most)) == []


@settings(max_examples=40)
@given(graphs(), st.integers(1, 4))
def test_no_more_boxes_stand_side_by_side_than_allowed(graph: Graph, most: int) -> None:
    rows: dict[float, int] = {}
    for box in lay_out(graph, most).places.values():
        rows[box.y] = rows.get(box.y, 0) + 1

    assert max(rows.values()) <= most


@settings(max_examples=25)
@given(procedures(), st.integers(1, 4))
def test_every_step_of_a_procedure_stands_in_the_picture_exactly_once(program: Program, columns: int) -> None:
    shown = [name for group in groups(program, columns) for name in group.layout.places if name in program.plans]

    assert sorted(shown) == sorted(program.plans)


@settings(max_examples=25)
@given(procedures(), st.integers(1, 4))
def test_every_step_is_reached_by_an_arrow_or_begins_a_request(program: Program, columns: int) -> None:
    for group in groups(program, columns):
        reached = {arrow.link.target for arrow in group.layout.arrows}
        first = next(iter(group.layout.places))
        unreached = [name for name in group.layout.places if name not in reached and name != first]
        assert all(program.plans[name].on_request for name in unreached)


def test_a_circle_of_steps_is_drawn_and_not_followed_for_ever() -> None:
    sizes = {name: Size(216, 100) for name in "abc"}
    layout = lay_out(Graph(sizes, (Link("a", "b"), Link("b", "c"), Link("c", "a"))), 3)

    assert [arrow.link.kind for arrow in layout.arrows] == ["next", "next", "back"]
