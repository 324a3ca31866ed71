"""Follow-ups: a called procedure is opened once, and what cannot be opened stays visible."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from sqlalchemy import text

from engine.events import Done, Opened
from store.cases import Recording, Store, open_case, record
from store.follow_ups import follow
from store.programs import Published, publish
from tests.integration.records import at, complaint

CHILD = """
procedure: child
title: 被叫
owner: info_head
chain: office
starts: [{by: procedure}]
steps:
  - {id: look, kind: task, title: 看, who: info_head, within: 1 hour}
  - {id: finish, kind: end, outcome: done}
"""
PARENT = """
procedure: parent
title: 主叫
owner: info_head
chain: office
starts: [{by: form, who: all_staff}]
steps:
  - {id: call_it, kind: call, title: 启动, procedure: child, waits: true, responsible: info_head, within: 1 working day}
  - {id: note_it, kind: task, title: 记, after: [], times: 9, start: on_request, who: all_staff, within: 1 hour}
  - {id: finish, kind: end, after: call_it, outcome: done}
"""
PARENT_FILE = Published("procedures/parent.yaml", PARENT)


def test_a_procedure_that_is_not_published_is_reported_once(store: Store) -> None:
    case = complaint(store)
    accused = {"accused": "huang.xiao", "what": "x"}
    record(store, Recording(case.id, Done(step="violation", by="sun.yue", values=accused), "v"), at("10:10"))
    record(store, Recording(case.id, Done(step="report_violation", by="sun.yue"), "r"), at("10:20"))
    with store.database.writing() as connection:
        connection.execute(text("UPDATE pages SET procedure = NULL WHERE procedure = 'staff-violation'"))
    assert [reason for _, reason in follow(store, at("10:21"))] == ["no procedure `staff-violation` is published"]
    assert follow(store, at("10:22")) == []


def test_a_call_and_a_click_on_its_caller_at_once_wait_for_each_other_in_one_order_only(store: Store) -> None:
    """Both lock the caller before the head of the ledger; else PostgreSQL would end one of them."""
    with store.database.writing() as connection:
        publish(connection, [Published("procedures/child.yaml", CHILD), PARENT_FILE], "gao.xiang", at("09:00"))
    parents = [
        open_case(store, "parent", Opened(case="", by="pan.ting"), f"form-{n}", at("10:00")).recording.case_id
        for n in range(40)
    ]

    def click(case_id: str) -> None:
        for turn in range(3):
            record(store, Recording(case_id, Done(step="note_it", by="pan.ting"), f"{case_id}-{turn}"), at("10:10"))

    with ThreadPoolExecutor(4) as together:
        calls = [together.submit(follow, store, at("10:05")) for _ in range(2)]
        for click_ in [together.submit(click, case_id) for case_id in parents]:
            click_.result()
        assert [call.result() for call in calls] == [[], []]


def test_a_follow_up_that_breaks_stops_no_other_and_is_tried_again(store: Store) -> None:
    with store.database.writing() as connection:
        publish(connection, [Published("procedures/child.yaml", CHILD), PARENT_FILE], "gao.xiang", at("09:00"))
    for number in range(2):
        open_case(store, "parent", Opened(case="", by="pan.ting"), f"form-{number}", at("10:00"))
    with store.database.writing() as connection:
        query = text("SELECT id, event_id, body FROM follow_ups ORDER BY id")
        broken, sound = connection.execute(query).all()
        connection.execute(text("UPDATE follow_ups SET body = '{' WHERE id = :id"), {"id": broken.id})
    aside: dict[int, datetime] = {}

    assert [name for name, _ in follow(store, at("10:01"), aside=aside)] == [broken.event_id]
    assert (done(store), follow(store, at("10:02"), aside=aside)) == ([sound.event_id], [])

    with store.database.writing() as connection:
        mended = {"body": broken.body, "id": broken.id}
        connection.execute(text("UPDATE follow_ups SET body = :body WHERE id = :id"), mended)
    follow(store, at("10:06"), aside=aside)
    assert done(store) == [broken.event_id, sound.event_id]


def done(store: Store) -> list[str]:
    with store.database.reading() as connection:
        query = text("SELECT event_id FROM follow_ups WHERE done_at IS NOT NULL AND error IS NULL ORDER BY id")
        return list(connection.execute(query).scalars())
