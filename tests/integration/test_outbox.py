"""The outbox: one sender has a letter at a time, and nothing is lost when a sender dies."""

import pytest
from sqlalchemy import text

from store.cases import Store
from store.outbox import CLAIM, LostClaim, claim_letters, postponed, put_back, refused, sent, superseded
from tests.integration.records import at, complaint


def test_a_claimed_letter_is_not_claimed_twice(store: Store) -> None:
    complaint(store)
    first = claim_letters(store, "sender-a", at("10:00"))
    assert [letter.person for letter in first] == ["zhao.lei", "sun.yue"]
    assert claim_letters(store, "sender-b", at("10:00")) == []


def test_a_sent_letter_is_not_sent_again(store: Store) -> None:
    complaint(store)
    for letter in claim_letters(store, "sender-a", at("10:00")):
        sent(store, letter, "sender-a", letter.message_id, at("10:00"))
    assert claim_letters(store, "sender-a", at("23:00")) == []


def test_a_letter_of_a_dead_sender_goes_to_another_with_the_same_message_id(store: Store) -> None:
    complaint(store)
    before = claim_letters(store, "sender-a", at("10:00"))
    after = claim_letters(store, "sender-b", at("10:00") + CLAIM)
    assert [letter.message_id for letter in after] == [letter.message_id for letter in before]


def test_the_late_word_of_a_paused_sender_is_refused(store: Store) -> None:
    complaint(store)
    letter = claim_letters(store, "sender-a", at("10:00"))[0]
    claim_letters(store, "sender-b", at("10:00") + CLAIM)
    with pytest.raises(LostClaim):
        sent(store, letter, "sender-a", letter.message_id, at("10:16"))


def test_a_postponed_letter_comes_back_at_its_time(store: Store) -> None:
    complaint(store)
    letter = claim_letters(store, "sender-a", at("10:00"), most=1)[0]
    postponed(store, letter, "sender-a", at("10:05"), "451 try again")
    assert letter.id not in [one.id for one in claim_letters(store, "sender-a", at("10:04"))]
    assert letter.id in [one.id for one in claim_letters(store, "sender-a", at("10:05"))]


def test_a_refused_letter_stays_visible_with_its_reason(store: Store) -> None:
    complaint(store)
    letter = claim_letters(store, "sender-a", at("10:00"), most=1)[0]
    refused(store, letter, "sender-a", "550 no such user")
    with store.database.reading() as connection:
        row = connection.execute(text("SELECT status, error FROM outbox WHERE id = :id"), {"id": letter.id}).one()
    assert tuple(row) == ("refused", "550 no such user")


def test_a_letter_overtaken_by_events_stays_visible_with_its_reason(store: Store) -> None:
    complaint(store)
    letter = claim_letters(store, "sender-a", at("10:00"), most=1)[0]
    superseded(store, letter, "sender-a", "nothing is asked any more")
    with store.database.reading() as connection:
        row = connection.execute(text("SELECT status, error FROM outbox WHERE id = :id"), {"id": letter.id}).one()
    assert tuple(row) == ("superseded", "nothing is asked any more")


def test_letters_put_back_keep_their_place_and_their_attempts(store: Store) -> None:
    complaint(store)
    before = claim_letters(store, "sender-a", at("10:00"))
    put_back(store, before, "sender-a", "the server is away")
    after = claim_letters(store, "sender-b", at("10:00"))
    assert [(one.id, one.attempts) for one in after] == [(one.id, one.attempts) for one in before]


def test_letters_of_another_sender_cannot_be_put_back(store: Store) -> None:
    complaint(store)
    letters = claim_letters(store, "sender-a", at("10:00"))
    put_back(store, letters, "sender-b", None)
    assert claim_letters(store, "sender-b", at("10:01")) == []


def test_a_letter_that_cannot_be_read_stops_no_other_and_stays_visible(store: Store) -> None:
    complaint(store)
    with store.database.writing() as connection:
        connection.execute(text("UPDATE outbox SET notices = '[{}]' WHERE person = 'zhao.lei'"))

    assert [letter.person for letter in claim_letters(store, "sender-a", at("10:00"))] == ["sun.yue"]
    with store.database.reading() as connection:
        query = text("SELECT status, error FROM outbox WHERE person = 'zhao.lei'")
        status, error = connection.execute(query).one()
    assert (status, error.startswith("cannot be read: ")) == ("queued", True)
