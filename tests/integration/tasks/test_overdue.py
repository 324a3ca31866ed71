"""Whoever has not brought back what they took out is known when they want to take out more."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from engine.events import Decided, Done, Event, Finished, Opened
from models.language.moments import parse_moment
from store.cases import Recording, Store, open_case, record
from store.due import sweep
from tasks.overdue import OverdueInputs, overdue_cases
from tasks.registered import WorkFailed
from tests.integration.tasks.sites import done

TAKEOUT = "data-takeout-return"


def at(text: str) -> datetime:
    return parse_moment(f"2026-03-{text}")


def takeout(store: Store, event: str, traveller: str = "zhu.lin") -> str:
    """Something is to be taken out on the 10th and back on the 12th, a Thursday."""
    item = {"name": "客户配置", "classification": "internal", "copies": 1, "medium": "加密盘", "serial": "U1"}
    facts = {
        "traveller": traveller, "reason": "现场验收", "place": "成都", "departure_at": "2026-03-10 09:00",
        "planned_return": "2026-03-12 17:00", "encrypted": True, "keeps_secret": True,
        "items": [{**item, "data_owner": "shi.wen", "stays": False}],
    }  # fmt: skip
    opening = Opened(case="", by="zhu.lin", facts=facts)
    return open_case(store, TAKEOUT, opening, event, at("06 09:00")).recording.case_id


def taken_out(store: Store, event: str, traveller: str = "zhu.lin") -> str:
    """The same, checked out."""
    case = takeout(store, event, traveller)
    superior = {"zhu.lin": "hu.jun", "pan.ting": "fan.rong"}[traveller]
    values = {"media_encrypted": True, "labelled": True, "register_no": "1"}
    events: tuple[Event, ...] = (
        Finished(step="look_up", values={"overdue": 0}),
        Decided(step="confirm_need", by=superior, answer="approve", values={"need": "delivery"}),
        Decided(step="approve_items", by="shi.wen", answer="approve", key="0"),
        Done(step="check_out", by="gao.xiang", values=values),
    )
    for number, one in enumerate(events):
        record(store, Recording(case, one, f"{event}-{number}"), at("06 10:00"))
    return case


def counted(store: Store, folder: Path, now: datetime, work: str = "", **inputs: Any) -> int:
    given = {"procedure": TAKEOUT, "person": "zhu.lin", "field": "traveller", "done": "check_out", **inputs}
    wanted = OverdueInputs.model_validate({"deadlines": ["come_back", "check_in"], "working_days": 2, **given})
    sweep(store, now)
    return done(lambda tools: overdue_cases(wanted, tools), folder, store=store, now=now, work=work).overdue


def test_it_counts_from_the_third_working_day_on(store: Store, tmp_path: Path) -> None:
    taken_out(store, "one")

    # Due on Friday the 13th; the second working day after that ends on Tuesday at 18:00.
    counts = [counted(store, tmp_path, at(when)) for when in ("12 17:00", "16 12:00", "17 18:00", "17 18:01")]
    assert counts == [0, 0, 0, 1]


def test_what_never_went_out_is_not_overdue(store: Store, tmp_path: Path) -> None:
    takeout(store, "one")

    assert counted(store, tmp_path, at("20 09:00")) == 0


def test_other_people_and_the_case_that_asks_do_not_count(store: Store, tmp_path: Path) -> None:
    mine = taken_out(store, "one")
    taken_out(store, "two", traveller="pan.ting")

    assert counted(store, tmp_path, at("20 09:00"), work=f"{mine}/look_up/1") == 0


def test_without_a_field_it_is_who_opened_the_case(store: Store, tmp_path: Path) -> None:
    taken_out(store, "one", traveller="pan.ting")

    assert counted(store, tmp_path, at("20 09:00"), field="") == 1


@pytest.mark.parametrize("wrong", [{"field": "traveler"}, {"deadlines": ["come_bakc"]}, {"done": "chek_out"}])
def test_a_name_that_the_procedure_does_not_have_is_a_failure(
    store: Store, tmp_path: Path, wrong: dict[str, Any]
) -> None:
    taken_out(store, "one")

    with pytest.raises(WorkFailed, match="has no"):
        counted(store, tmp_path, at("20 09:00"), **wrong)
