"""The timeline as a picture and as text: every row is there, and nothing lies on top of anything else."""

import json
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from duly.simulation_text import as_json, as_lines
from engine.pictures.text_width import columns, width
from engine.pictures.timeline import timeline
from engine.pictures.timeline_scale import scale_of
from engine.simulate import Simulation, simulate
from engine.simulate.presenting import LABELS, grouped
from engine.simulate.simulation import Kind
from tests.unit.engine.small import at
from tests.unit.pictures.small_picture import small

GOLDEN = Path(__file__).parent / "golden"


def simulation() -> Simulation:
    return simulate(small(), at("2026-02-13 15:00"))


@pytest.mark.parametrize("file", ["timeline.svg", "timeline.json", "timeline.txt"])
def test_it_tells_the_small_case_as_before(file: str) -> None:
    played = simulation()
    text = "\n".join(line for line, _ in as_lines(played))
    drawn = {"svg": timeline(played), "json": as_json(played) + "\n", "txt": text + "\n"}[file.rpartition(".")[2]]
    path = GOLDEN / file
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, encoding="utf-8", newline="\n")
        pytest.fail(f"wrote {path}: look at it, and commit it if it is right")

    assert drawn == path.read_text(encoding="utf-8")


def test_every_row_stands_below_the_one_before() -> None:
    played = simulation()
    scale = scale_of(grouped(played.rows), played.program.company.calendar, 0, 372)
    things = sorted([(one.y, one.height) for one in scale.slots] + [(one.y, one.height) for one in scale.gaps])

    assert all(y + height <= following for (y, height), (following, _) in pairwise(things))


def test_it_shades_days_off_and_says_how_many_lie_in_a_gap() -> None:
    drawn = timeline(simulate(small(), at("2026-02-13 15:00"), form={"found_at": "2026-02-13 15:00"}))

    assert 'class="shade"' in drawn
    assert "其中休息日" in drawn


def test_no_line_of_the_text_is_wider_than_the_screen() -> None:
    assert [line for line, _ in as_lines(simulation(), 60) if width(line, columns) > 60] == []


def test_the_json_keeps_its_keys() -> None:
    data = json.loads(as_json(simulation()))

    assert list(data) == ["procedure", "version", "start", "answers", "outcome", "events"]
    assert set(data["events"][0]) >= {
        "at", "kind", "to", "to_name", "deadline", "step", "clause", "level", "text", "text_en",
    }  # fmt: skip
    assert data["events"][0]["at"] == "2026-02-13T15:00:00+08:00"


def test_every_kind_of_row_has_a_label() -> None:
    assert set(LABELS) == set(get_args(Kind))
