"""Many takers at once, and takers that die: each mail has one outcome, and none is lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from notifications.inbound.desk import Desk
from notifications.inbound.taking import Inbox
from store.cases import Store
from store.connection import Database
from tests.integration.inbox.desk import Post, Writing


def test_eight_takers_of_the_same_message_open_one_case(post: Post) -> None:
    original = post.original(Writing().written())
    stores = [Store(Database(post.store.database.url)) for _ in range(8)]
    inboxes = [Inbox(_with(post, store)) for store in stores]

    with ThreadPoolExecutor(8) as together:
        outcomes = list(together.map(lambda inbox: inbox.take(original), inboxes))

    assert sorted(one.repeated for one in outcomes) == [False] + [True] * 7
    assert {one.case_id for one in outcomes} == {outcomes[0].case_id}
    assert (post.cases(), len(post.rows())) == (1, 1)
    for store in stores:
        store.database.close()


def test_copies_that_come_at_the_same_time_open_one_case(post: Post) -> None:
    originals = [post.original(Writing().written()) for _ in range(8)]
    with ThreadPoolExecutor(8) as together:
        outcomes = list(together.map(post.inbox.take, originals))

    assert sorted(one.outcome for one in outcomes) == ["duplicate"] * 7 + ["opened"]
    assert post.cases() == 1


def test_whatever_breaks_in_the_rules_leaves_the_mail_to_a_person(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("notifications.inbound.opening.taken_by", broken)
    outcome = post.take(Writing())

    assert (outcome.outcome, post.case(outcome).procedure) == ("set_aside", "mail-triage")
    assert "ZeroDivisionError" in outcome.reason


def _with(post: Post, store: Store) -> Desk:
    return replace(post.inbox.desk, store=store)
