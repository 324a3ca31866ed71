"""Letters: what a mail says, word for word, and what it never says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.effects import Notice
from engine.events import Decided, Done
from engine.playing import Play
from notifications.outbound.contents import Matter
from notifications.outbound.letters import NoSuchReader
from notifications.outbound.render import render_html, render_text
from notifications.outbound.standing import overtaken
from tests.unit.notifications.samples import (
    at,
    complaint,
    forwarded,
    letter,
    letters_to,
    matter,
    message,
    numbered,
    special,
    then,
)

GOLDEN = Path(__file__).parent / "golden"
APPROVER = "hu.jun"


def silent_until(clock: str) -> Play:
    """A complaint that nobody forwards."""
    play = complaint()
    play.run_until(at(clock))
    return play


def text_of(found: Matter) -> str:
    return render_text(message(found))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("reminder", lambda: matter(silent_until("10:30"), "zhao.lei", "reminder")),
        ("escalation", lambda: matter(silent_until("11:00"), "wang.fang", "escalation")),
        ("approval", lambda: matter(special(), APPROVER, "asked")),
        ("deputy", lambda: matter(silent_special(), "huang.xiao", "substitute")),
        ("confidential", lambda: matter(special(content_in_mail=False), APPROVER, "asked")),
    ],
)
def test_it_reads_as_agreed(name: str, found: Callable[[], Matter]) -> None:
    written = message(found())
    golden = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert f"Subject: {written.subject}\n\n{render_text(written)}\n" == golden


def silent_special() -> Play:
    play = special()
    play.run_until(at("16:00"))
    return play


def every_notice() -> list[Matter]:
    """All letters about the deadlines of a case in which nobody does anything, as they were when they were written."""
    play, found = complaint(), []
    while due := play.next_due():
        effects = play.tick(due, due)
        assert play.case is not None
        notices = [one for one in effects if isinstance(one, Notice)]
        found += [Matter(letter((one,), one.to, play.ticks, due), play.case, play.program) for one in notices]
    return found


def test_every_mail_about_a_deadline_says_clause_due_time_and_arithmetic() -> None:
    for found in every_notice():
        said = text_of(found)
        assert "依据：条款 7-" in said
        assert "到期" in said
        assert "起算：" in said
        assert "日历版本：" in said


def test_every_reminder_says_what_happens_to_whom_and_when() -> None:
    reminders = [one for one in every_notice() if one.letter.notices[0].kind == "reminder"]
    assert reminders
    for found in reminders:
        assert "升级，告知 L1（王芳）" in text_of(found)


def test_an_approval_shows_exactly_the_fields_it_is_bound_to() -> None:
    (section,) = message(matter(special(), APPROVER, "asked")).sections
    assert [fact.label for fact in section.parts[0].facts] == ["投诉事由"]


def test_a_sealed_field_is_in_no_mail() -> None:
    for found in every_notice():
        assert "13800000000" not in text_of(found) + render_html(message(found))


@pytest.mark.parametrize(
    "changes", [{"content_in_mail": False}, {"sensitivity": "sealed"}, {"sensitivity": "restricted"}]
)
def test_a_confidential_case_is_a_number_and_a_class(changes: dict[str, object]) -> None:
    written = message(matter(special(**changes), APPROVER, "asked"))
    assert written.subject == "〔2026-0001〕客户投诉受理与处理"
    for said in (render_text(written), render_html(written)):
        for content in ("快件延误", "张三", "批准特殊情况", "沈慧"):
            assert content not in said


def test_a_confidential_mail_still_says_clause_deadline_and_consequences() -> None:
    said = text_of(matter(special(content_in_mail=False), APPROVER, "asked"))
    for part in ("条款 7-4.2.3b", "2026-03-10 17:00 到期", "起算：", "升级，告知 L1", "https://duly.example/d/token-0"):
        assert part in said


def test_a_late_notice_shows_its_original_time() -> None:
    found = matter(silent_until("11:00"), "wang.fang", "escalation")
    assert "原定时间：2026-03-10 11:00" in render_text(message(found, now=at("15:00")))


def test_what_the_clock_still_has_to_catch_up_with_is_marked() -> None:
    said = render_text(message(matter(special(), APPROVER, "asked"), now=at("18:30")))
    assert "2026-03-10 18:00　升级，告知 L2（沈慧）（时间已过，随即补办）" in said
    assert "2026-03-10 19:00　升级，告知 L3（周明远）\n" in said


def test_what_was_done_meanwhile_has_no_button() -> None:
    play = complaint()
    (asked,) = letters_to(play, "zhao.lei", "asked")
    then(play, Done(step="forward", by="sun.yue", values={"department": "delivery"}), at("10:05"))
    assert play.case is not None
    found = Matter(asked, play.case, play.program)
    assert overtaken(found, at("10:05"))
    assert "https://" not in text_of(found)
    assert "已经办结，无需您再办理" in text_of(found)


def test_a_reminder_of_what_is_done_is_overtaken() -> None:
    play = silent_until("10:30")
    (reminder,) = letters_to(play, "zhao.lei", "reminder")
    then(play, Done(step="forward", by="sun.yue", values={"department": "delivery"}), at("10:31"))
    assert play.case is not None
    assert overtaken(Matter(reminder, play.case, play.program), at("10:32"))


def test_an_escalation_is_sent_even_if_the_work_was_done_meanwhile() -> None:
    play = silent_until("11:00")
    (alarm,) = letters_to(play, "wang.fang", "escalation")
    then(play, Done(step="forward", by="sun.yue", values={"department": "delivery"}), at("11:01"))
    assert play.case is not None
    found = Matter(alarm, play.case, play.program)
    assert overtaken(found, at("11:02")) == ""
    assert "已于 2026-03-10 11:01 终止" in text_of(found)


def test_somebody_the_case_turns_out_to_be_about_learns_nothing_more() -> None:
    play = forwarded()
    (asked,) = letters_to(play, "zhu.lin", "asked")
    then(play, Done(step="violation", by="sun.yue", values={"accused": "zhu.lin", "what": "态度恶劣"}), at("10:50"))
    assert play.case is not None
    assert "learns nothing more" in overtaken(Matter(asked, play.case, play.program), at("10:51"))


def test_several_notices_about_one_case_read_as_one() -> None:
    play = silent_until("10:50")
    both = [Matter(one, play.case, play.program) for one in letters_to(play, "zhao.lei", "reminder") if play.case]
    written = message(*both)
    assert len(both) == 2
    assert len(written.sections) == 1
    assert render_text(written).count("怎样算出") == 1


def test_a_bundle_of_several_cases_names_them_all() -> None:
    one, other = matter(special(), APPROVER, "asked"), matter(numbered(special(), "2026-0002"), APPROVER, "asked")
    written = message(one, other, now=at("18:00"))
    assert [section.case for section in written.sections] == ["2026-0001", "2026-0002"]
    assert written.subject == "延迟送达汇总：2 个事项 2 条通知 〔2026-0001〕、〔2026-0002〕"
    assert written.local_id.startswith("bundle.")


def test_a_withdrawn_request_says_why() -> None:
    play = silent_special()
    then(play, Decided(step="approve_special", by=APPROVER, answer="approve", reason="同意"), at("16:05"))
    assert "原请您办理的「批准特殊情况」不必再办：已由他人答复。" in text_of(matter(play, "huang.xiao", "withdrawn"))


def unreached(**changes: Any) -> str:
    """What the owner reads when no mail reaches somebody for whom nobody can stand in."""
    play, notice = complaint(**changes), Notice("wang.fang", "notice", "forward", reason="no mail reaches zhao.lei")
    assert play.case is not None
    return text_of(Matter(letter((notice,), "wang.fang", 2, at("10:05")), play.case, play.program))


def test_a_mail_that_did_not_arrive_is_told_in_chinese_with_what_to_do() -> None:
    text = unreached()
    assert "赵蕾的邮件未能送达" in text
    assert "请您用其他方式联系" in text
    assert "no mail reaches" not in text
    assert "无需办理" not in text


def test_of_a_confidential_case_it_names_nobody() -> None:
    text = unreached(sensitivity="restricted")
    assert ("办理人的邮件未能送达" in text, "赵蕾" in text) == (True, False)


def test_nobody_writes_to_somebody_who_is_not_in_the_organisation() -> None:
    play = complaint()
    assert play.case is not None
    stranger = letter((Notice("no.body", "notice", "forward"),), "no.body", 1, at("10:00"))
    with pytest.raises(NoSuchReader, match=r"organisation\.yaml"):
        message(Matter(stranger, play.case, play.program))
