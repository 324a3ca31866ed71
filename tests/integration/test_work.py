"""Machine work: one worker has a piece at a time, and nobody's death leaves one undone."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from engine.events import SYSTEM, Amended, Finished, Opened, Withdrawn
from models.language.moments import parse_moment
from store.cases import Recording, Store, load_case, open_case, record
from store.programs import Published, publish
from store.work import busy_until, find_forgotten, finish_work, has_work, keep_run, outdated_runs, take_work
from tests.integration.records import complaint

HOUR = timedelta(hours=1)
TEXT = """
procedure: two-looks
title: 两次核对
owner: info_head
chain: office
starts: [{by: form, who: all_staff}]
form: {url: {type: text, title: 网址}}
steps:
  - {id: one, kind: machine, title: 甲, runs: compare_page, inputs: {url: url}, otherwise: info_head, within: 1 hour}
  - {id: finish, kind: end, outcome: done}
"""


def at(clock: str) -> datetime:
    return parse_moment(f"2026-03-10 {clock}")


@pytest.fixture
def case_id(store: Store) -> str:
    with store.database.writing() as connection:
        publish(connection, [Published("procedures/two-looks.yaml", TEXT)], "gao.xiang", at("09:00"))
    opening = Opened(case="", by=SYSTEM, facts={"url": "http://a.example"})
    return open_case(store, "two-looks", opening, "form", at("10:00")).recording.case_id


def test_a_piece_that_one_worker_has_another_does_not_get(store: Store, case_id: str) -> None:
    assert take_work(store, case_id, "a", at("10:00"), HOUR) is not None
    assert take_work(store, case_id, "b", at("10:59"), HOUR) is None
    assert (has_work(store, case_id), busy_until(store, case_id)) == (True, at("11:00"))


def test_a_dead_workers_piece_is_free_when_its_time_is_up_and_its_late_word_changes_nothing(
    store: Store, case_id: str
) -> None:
    first = take_work(store, case_id, "a", at("10:00"), HOUR)
    second = take_work(store, case_id, "b", at("11:00"), HOUR)
    assert first is not None
    assert second is not None
    done = Finished(step="one")

    assert finish_work(store, first, "a", done, at("11:01")) is None
    assert finish_work(store, second, "b", done, at("11:02")) is not None
    assert finish_work(store, second, "b", done, at("11:03")) is None
    with store.database.reading() as connection:
        assert load_case(connection, store, case_id)[0].outcome == "done"
        kinds = connection.execute(text("SELECT kind FROM ledger WHERE case_id <> '' ORDER BY seq")).scalars().all()
    assert kinds == ["Opened", "Finished"]


def test_work_that_nobody_does_brings_its_case_back_to_prefects_notice(store: Store, case_id: str) -> None:
    keep_run(store, case_id, "run", 1)
    take_work(store, case_id, "a", at("10:00"), HOUR)
    assert (outdated_runs(store), find_forgotten(store, at("10:59"))) == ([], 0)

    assert find_forgotten(store, at("11:00")) == 1
    assert [one.case_id for one in outdated_runs(store)] == [case_id]


def test_machine_work_is_shown_before_sooner_deadlines_of_people(store: Store, case_id: str) -> None:
    sooner = complaint(store).id

    assert [one.case_id for one in outdated_runs(store)] == [case_id, sooner]


def test_the_soonest_deadline_is_shown_first(store: Store, case_id: str) -> None:
    opening = Opened(case="", by=SYSTEM, facts={"url": "http://b.example"})
    sooner = open_case(store, "two-looks", opening, "other", at("09:30")).recording.case_id

    assert [one.case_id for one in outdated_runs(store)] == [sooner, case_id]


def test_a_case_that_has_ended_has_no_work_for_a_machine_any_more(store: Store, case_id: str) -> None:
    """Else its webhook is called, or its page changed, after somebody has withdrawn it."""
    keep_run(store, case_id, "run", 1)
    with store.database.reading() as connection:
        owner = load_case(connection, store, case_id)[0].owner or ""
    record(store, Recording(case_id, Withdrawn(by=owner, reason="误报"), "w"), at("10:01"))
    keep_run(store, case_id, "run", 2)

    assert (take_work(store, case_id, "a", at("10:02"), HOUR), has_work(store, case_id)) == (None, False)
    assert find_forgotten(store, at("10:02")) == 0


def test_the_word_of_a_worker_on_work_that_was_withdrawn_meanwhile_changes_nothing(store: Store, case_id: str) -> None:
    work = take_work(store, case_id, "a", at("10:00"), HOUR)
    assert work is not None
    with store.database.reading() as connection:
        owner = load_case(connection, store, case_id)[0].owner or ""
    record(store, Recording(case_id, Withdrawn(by=owner, reason="误报"), "w"), at("10:01"))

    assert finish_work(store, work, "a", Finished(step="one"), at("10:02")) is None


def test_an_answer_that_the_step_does_not_take_is_handed_to_a_person(store: Store, case_id: str) -> None:
    work = take_work(store, case_id, "a", at("10:00"), HOUR)
    assert work is not None
    wrong = Finished(step="one", values={"no_such_output": 1}, round=work.round)

    finish_work(store, work, "a", wrong, at("10:01"))

    with store.database.reading() as connection:
        case, _ = load_case(connection, store, case_id)
    assert [(one.step, one.person) for one in case.assignments.values()] == [("one", "fang.lei")]


def test_a_result_for_facts_that_have_changed_since_closes_nothing(store: Store, case_id: str) -> None:
    changing = TEXT.replace("title: 网址}", "title: 网址, editable: true}").replace("inputs:", "shows: [url], inputs:")
    with store.database.writing() as connection:
        publish(connection, [Published("procedures/two-looks.yaml", changing)], "gao.xiang", at("09:30"))
    opening = Opened(case="", by=SYSTEM, facts={"url": "http://a.example"})
    number = open_case(store, "two-looks", opening, "changing", at("10:00")).recording.case_id
    old = take_work(store, number, "a", at("10:00"), HOUR)
    assert old is not None
    record(store, Recording(number, Amended(facts={"url": "http://b.example"}), "amended"), at("10:01"))

    finish_work(store, old, "a", Finished(step="one", round=old.round), at("10:02"))

    new = take_work(store, number, "a", at("10:03"), HOUR)
    assert new is not None
    assert (new.inputs, new.round - old.round) == ({"url": "http://b.example"}, 1)
