"""A case in which nobody does anything: the ladder to its last rung, and an end to what repeats for ever."""

from engine.simulate import Simulation, simulate
from models.language.policy_test import Moment
from tests.unit.engine.small import at, program

FORWARD = """
steps:
  - id: forward
    kind: task
    title: {zh: 转办, en: Forward}
    who: clerk
    deadline: {within: 1 hour, clause: 7-4.2.2, basis: explicit}
  - {id: end, kind: end, outcome: done}
"""
WEEKLY = """
steps:
  - {id: report, kind: task, title: 周报, who: clerk, within: 1 working day}
"""
AGAIN = """
steps:
  - id: patrol
    kind: task
    title: 巡查
    who: clerk
    within: 1 hour
    repeat: {on: {daily: "09:00"}, until: "False"}
"""


def silent(text: str, start: str = "10:00") -> Simulation:
    return simulate(program(text), at(start))


def told(simulation: Simulation) -> list[tuple[str, str, str | None, str]]:
    kinds = ("asked", "reminder", "escalation")
    return [(f"{row.at:%H:%M}", row.kind, row.to, row.level) for row in simulation.rows if row.kind in kinds]


def test_it_climbs_the_ladder_to_its_last_rung() -> None:
    assert told(silent(FORWARD)) == [
        ("10:00", "asked", "anna", ""),
        ("10:45", "reminder", "anna", ""),
        ("11:00", "escalation", "head", "L1"),
        ("11:30", "escalation", "boss", "L2"),
        ("12:00", "escalation", "boss", "L3"),
    ]


def test_it_says_who_is_told_what_and_why() -> None:
    row = next(row for row in silent(FORWARD).rows if row.level == "L2")

    assert (row.to_name, row.text) == (
        "老板（总经理）",
        "「转办」已超时 30 分钟，应于 11:00 前完成（1 小时，7-4.2.2，条款写明）；安娜未办",
    )
    assert (
        row.text_en
        == "“Forward” is overdue by 30 minutes, it was due 11:00 (1 hour, 7-4.2.2, stated by the clause); asked: anna"
    )


def test_it_says_how_the_case_stands_when_nothing_more_will_happen() -> None:
    last = silent(FORWARD).rows[-1]

    assert (last.kind, last.text) == ("rest", "此后不再有提醒或升级。事项未办结，仍在等待：安娜办理「转办」")


def test_a_deadline_that_starts_carries_its_receipt() -> None:
    started = next(row for row in silent(WEEKLY).rows if row.kind == "started")

    assert started.receipt[1] == "时长：1 个工作日，起算日不计，末日下班时到期"


def test_it_cuts_a_rung_that_repeats_after_the_third_repetition_and_says_so() -> None:
    rows = silent(WEEKLY).rows

    assert sum(row.level == "L3" for row in rows) == 4
    assert rows[-1].text.startswith("此后只有重复。事项未办结")


def test_it_cuts_a_step_that_is_done_again_every_day() -> None:
    rows = silent(AGAIN, "2026-03-10 08:00").rows

    assert sum(row.kind == "asked" for row in rows) <= 4


def test_it_plays_no_longer_than_asked() -> None:
    simulation = simulate(program(FORWARD), at("10:00"), until=at("11:10"))

    assert [row.level for row in simulation.rows if row.kind == "escalation"] == ["L1"]
    assert "推演到此为止，下一次动作在 11:30" in simulation.rows[-1].text


def test_a_refused_line_of_a_file_is_shown_and_the_play_goes_on() -> None:
    lines = [Moment.model_validate({"at": "2026-03-10 10:10", "by": "bert", "do": "forward"})]
    rows = simulate(program(FORWARD), at("10:00"), answers=lines).rows

    assert [(row.kind, row.to) for row in rows if row.kind == "refused"] == [("refused", "bert")]
    assert rows[-1].kind == "rest"


def test_what_a_file_says_is_done_at_its_time() -> None:
    lines = [Moment.model_validate({"at": "2026-03-10 10:10", "by": "anna", "do": "forward"})]
    simulation = simulate(program(FORWARD), at("10:00"), answers=lines)

    assert (simulation.outcome, [f"{row.at:%H:%M}" for row in simulation.rows if row.kind == "done"]) == (
        "done",
        ["10:10"],
    )
