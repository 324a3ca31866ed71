"""Receipts: every deadline shows how it was counted."""

from models.language.durations import Duration, Unit
from tests.unit.calendar_files import at, shipped


def test_the_receipt_names_every_day_that_counted_or_did_not() -> None:
    receipt = shipped().add(at("2026-02-13 15:00"), Duration(2, Unit.WORKING_DAYS)).receipt()

    assert receipt.zh[:4] == (
        "起算：2026-02-13 周五 15:00",
        "时长：2 个工作日，起算日不计，末日下班时到期",
        "2026-02-14 周六 春节调休上班：第 1 天",
        "2026-02-15 周日 春节放假：不计",
    )
    assert receipt.en[-3:] == (
        "2026-02-24 Tue working day: day 2",
        "due: 2026-02-24 Tue 18:00, this second is still on time",
        f"calendar version: {shipped().version}",
    )
    assert len(receipt.days) == 11


def test_the_receipt_says_when_a_date_is_provisional() -> None:
    lines = shipped().add(at("2026-12-30 14:00"), Duration(3, Unit.WORKING_DAYS)).arithmetic

    assert any(line.startswith("暂定") for line in lines)
    assert "2027-01-01 周五 元旦放假（暂定）：不计" in lines


def test_the_receipt_of_working_hours_adds_up() -> None:
    receipt = shipped().add(at("2026-02-13 16:30"), Duration(20, Unit.WORKING_HOURS)).receipt()

    assert sum(day.counts for day in receipt.days) == 20 * 60
