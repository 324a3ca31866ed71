"""Pacing, verdicts, bundles and links: small rules, each with its reason."""

from datetime import timedelta

import pytest
from aiosmtplib import (
    SMTPDataError,
    SMTPReadTimeoutError,
    SMTPRecipientRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from hypothesis import given
from hypothesis import strategies as st

from engine.effects import Notice
from notifications.links import LEAST, expires_at, link_url
from notifications.outbound.bouncing import bounces
from notifications.outbound.bundling import MOST, bundle, bundle_id
from notifications.outbound.pacing import LONGEST, LONGEST_PAUSE, Pace, retry_after
from notifications.outbound.verdicts import Fate, verdict_on
from tests.unit.notifications.samples import at, letter


def test_a_letter_waits_longer_each_time_from_a_minute_to_four_hours() -> None:
    waits = [retry_after(attempt, 0.5) for attempt in range(1, 11)]
    assert [wait.total_seconds() / 60 for wait in waits] == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_no_letter_waits_less_than_a_minute_or_more_than_four_hours(attempts: int, jitter: float) -> None:
    assert timedelta(minutes=1) <= retry_after(attempts, jitter) <= LONGEST


def test_an_account_is_never_left_alone_for_more_than_five_minutes() -> None:
    pace, now = Pace(60), at("10:00")
    for _ in range(50):
        assert pace.trouble(now, 1.0) - now <= LONGEST_PAUSE


def test_the_bucket_holds_a_minutes_letters_and_fills_with_time() -> None:
    pace = Pace(6)
    assert pace.available(at("10:00")) == 6
    for _ in range(6):
        pace.spend()
    assert pace.available(at("10:00")) == 0
    assert pace.available(at("10:00:10")) == 1
    assert pace.available(at("12:00")) == 6


def test_a_throttled_account_recovers_letter_by_letter() -> None:
    pace = Pace(60)
    pace.slow_down()
    assert pace.allowed == 30
    for _ in range(100):
        pace.went_well()
    assert pace.allowed == 60


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (SMTPRecipientRefused(450, "busy", "a@b"), Fate.LATER),
        (SMTPRecipientRefused(550, "unknown", "a@b"), Fate.REFUSED),
        (SMTPRecipientRefused(554, "blocked", "a@b"), Fate.BLOCKED),
        (SMTPRecipientRefused(421, "too many", "a@b"), Fate.STOPPED),
        (SMTPDataError(452, "full"), Fate.LATER),
        (SMTPDataError(552, "too large"), Fate.REFUSED),
        (SMTPDataError(454, "slow down"), Fate.STOPPED),
        (SMTPSenderRefused(530, "sign in", "a@b"), Fate.STOPPED),
        (SMTPSenderRefused(550, "unknown sender", "a@b"), Fate.STOPPED),
        (SMTPServerDisconnected("gone"), Fate.CUT),
        (SMTPReadTimeoutError("slow"), Fate.CUT),
        (ConnectionResetError("reset"), Fate.CUT),
    ],
)
def test_what_an_answer_means(error: Exception, fate: Fate) -> None:
    assert verdict_on(error).fate is fate


def test_letters_in_time_are_not_bundled() -> None:
    letters = [letter((), "a", number, at("10:00"), f"2026-000{number}") for number in (1, 2)]
    assert bundle(letters, at("10:10")) == [(letters[0],), (letters[1],)]


def test_late_letters_of_one_person_are_bundled_in_their_order() -> None:
    one, two, other = (letter((), who, number, at("10:00")) for number, who in ((1, "a"), (2, "a"), (3, "b")))
    assert bundle([one, other, two], at("11:00")) == [(one, two), (other,)]


def test_a_letter_written_after_an_outage_is_late_by_the_time_it_was_planned_for() -> None:
    missed = Notice("a", "escalation", "forward", "forward", at=at("10:00"))
    letters = [letter((missed,), "a", number, at("15:00")) for number in (1, 2)]
    assert bundle(letters, at("15:00")) == [tuple(letters)]


def test_a_bundle_is_never_too_long_to_read() -> None:
    letters = [letter((), "a", number, at("10:00")) for number in range(45)]
    assert [len(group) for group in bundle(letters, at("11:00"))] == [MOST, MOST, 5]


def test_another_grouping_is_another_mail() -> None:
    one, two, three = (letter((), "a", number, at("10:00")) for number in (1, 2, 3))
    assert bundle_id([one]) == one.message_id
    assert bundle_id([one, two]) == bundle_id([one, two]) != bundle_id([one, two, three])


def test_a_link_outlives_its_deadline_and_lives_a_week_at_least() -> None:
    now = at("10:00")
    assert expires_at(at("11:00"), now) == at("11:00", "2026-03-24")
    assert expires_at(now - timedelta(days=90), now) == now + LEAST


def test_a_link_is_the_base_url_and_the_token() -> None:
    assert link_url("https://duly.example/", "abc") == "https://duly.example/d/abc"


def test_a_bounce_is_recorded_once_a_step_and_not_for_who_is_only_told_on_the_ladder() -> None:
    notices = (
        Notice("a", "asked", "contact"), Notice("a", "reminder", "contact"), Notice("a", "notice", "forward"),
        Notice("a", "escalation", "handle", level="L1"), Notice("a", "reminder", "handle", level="L2"),
    )  # fmt: skip
    found = bounces(letter(notices, "a", 3, at("10:00")))
    assert [one.event_id for one in found] == ["bounced/2026-0001.3.a/contact", "bounced/2026-0001.3.a/forward"]
