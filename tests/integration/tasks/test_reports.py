"""A report reaches people, once, however often it is tried, and zero is a report."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import text

from engine.events import SYSTEM, Opened
from models.language.moments import parse_moment
from notifications.outbound.composing import compose
from notifications.outbound.sender import send_batch
from store.cases import Store, open_case
from store.outbox import claim_letters
from store.programs import Published, publish
from store.work import take_work
from tasks.queries import QueryInputs, QueryOutputs, ReportInputs, ReportOutputs, query_cases, send_report
from tasks.registered import WorkFailed
from tests.integration.post_office import Clock, Server, post, serving
from tests.integration.records import complaint
from tests.integration.tasks.sites import done

NOW = parse_moment("2026-03-16 09:00")
WEEKLY = """
procedure: weekly-report
title: {zh: 投诉周报, en: Weekly report}
owner: cs_manager
chain: office
starts: [{by: form, who: all_staff}]
steps:
  - id: report
    kind: machine
    title: 统计并发送
    runs: send_report
    inputs:
      procedure: "'complaint-handling'"
      since: moment('2026-03-09 00:00')
      until: moment('2026-03-16 00:00')
      to: "['cs_manager', 'gm']"
    outputs: {told: {type: number, title: 收件人数}}
    otherwise: cs_manager
    within: 1 hour
  - {id: finish, kind: end, outcome: reported}
"""


@pytest.fixture
def work(store: Store) -> str:
    """The key of the work of a weekly report."""
    with store.database.writing() as connection:
        publish(connection, [Published("procedures/weekly-report.yaml", WEEKLY)], "gao.xiang", NOW)
    number = open_case(store, "weekly-report", Opened(case="", by=SYSTEM), "monday", NOW).recording.case_id
    taken = take_work(store, number, "worker", NOW, timedelta(hours=1))
    assert taken is not None
    return taken.id


def sent(store: Store, folder: Path, work: str, **changes: Any) -> ReportOutputs:
    given = {
        "procedure": "complaint-handling", "since": "2026-03-09T00:00:00+08:00", "until": "2026-03-16 00:00",
        "to": ["cs_manager", "gm"], **changes,
    }  # fmt: skip
    inputs = ReportInputs.model_validate(given)
    return done(lambda tools: send_report(inputs, tools), folder, store=store, now=NOW, work=work)


def reports(store: Store) -> list[str]:
    """Who has a report in the outbox."""
    query = text("SELECT person FROM outbox WHERE message_id LIKE '%.report.%' ORDER BY id")
    with store.database.reading() as connection:
        return list(connection.execute(query).scalars())


def test_everybody_named_gets_a_letter_with_the_count(store: Store, tmp_path: Path, work: str) -> None:
    complaint(store)

    counted = sent(store, tmp_path, work)

    assert counted == ReportOutputs(opened=1, closed=0, open=1, told=2)
    assert reports(store) == ["wang.fang", "zhou.mingyuan"]


def test_a_retry_mails_nobody_twice(store: Store, tmp_path: Path, work: str) -> None:
    first, second = sent(store, tmp_path, work, to="gm"), sent(store, tmp_path, work)

    assert (first.told, second.told, reports(store)) == (1, 2, ["zhou.mingyuan", "wang.fang"])


def test_the_next_round_is_another_report(store: Store, tmp_path: Path, work: str) -> None:
    sent(store, tmp_path, work, to="gm")
    sent(store, tmp_path, work.removesuffix("1") + "2", to="gm")

    assert reports(store) == ["zhou.mingyuan"] * 2


def test_the_mail_says_the_count_in_chinese_first_and_goes_out_like_any_other(
    store: Store, tmp_path: Path, work: str
) -> None:
    sent(store, tmp_path, work, to=["gm"])
    server = Server()

    async def deliver() -> None:
        async with serving(server):
            await send_batch(post(store, server, Clock(NOW)))

    asyncio.run(deliver())

    (mail,) = server.to("zhou.mingyuan")
    body = mail.get_body(("plain",))
    assert body is not None
    written = body.get_content()
    said = "客户投诉受理与处理，2026-03-09 00:00 至 2026-03-16 00:00：新立项 0 件，办结 0 件，期末未办结 0 件。"
    assert said in written
    assert "complaint-handling: 0 opened, 0 closed, 0 open at the end." in written
    assert written.index(said) < written.index("0 opened")


def test_a_confidential_mail_carries_no_count(store: Store, tmp_path: Path, work: str) -> None:
    with store.database.writing() as connection:
        sealed = WEEKLY.replace("chain: office", "chain: office\ncontent_in_mail: false")
        publish(connection, [Published("procedures/weekly-report.yaml", sealed)], "gao.xiang", NOW)
    number = open_case(store, "weekly-report", Opened(case="", by=SYSTEM), "sealed", NOW).recording.case_id
    sent(store, tmp_path, f"{number}/report/1", to=["gm"])

    letter = next(one for one in claim_letters(store, "sender", NOW) if ".report." in one.message_id)
    mail = compose(post(store, Server(), Clock(NOW)), [letter], NOW)

    assert mail.mail is not None
    assert ("新立项" in str(mail.mail.message), number in str(mail.mail.message)) == (False, True)


def test_somebody_named_twice_gets_one_letter(store: Store, tmp_path: Path, work: str) -> None:
    sent(store, tmp_path, work, to=["gm", "zhou.mingyuan", "gm"])

    assert reports(store) == ["zhou.mingyuan"]


def test_a_name_that_nobody_has_is_a_failure_that_names_the_nearest(store: Store, tmp_path: Path, work: str) -> None:
    with pytest.raises(WorkFailed, match="nobody is called `cs_manger`; did you mean `cs_manager`"):
        sent(store, tmp_path, work, to=["gm", "cs_manger"])
    assert reports(store) == []


def counted(store: Store, folder: Path, since: str, until: str, procedure: str = "complaint-handling") -> QueryOutputs:
    inputs = QueryInputs.model_validate({"procedure": procedure, "since": since, "until": until})
    return done(lambda tools: query_cases(inputs, tools), folder, store=store)


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2026-03-10 10:00", "2026-03-10 10:01", (1, 0, 1)),
        ("2026-03-10 09:00", "2026-03-10 10:00", (0, 0, 0)),
        ("2026-03-10 10:01", "2026-03-11 00:00", (0, 0, 1)),
    ],
)
def test_a_case_counts_from_its_first_second_to_before_the_last(
    store: Store, tmp_path: Path, since: str, until: str, found: tuple[int, int, int]
) -> None:
    complaint(store)

    assert counted(store, tmp_path, since, until) == QueryOutputs(opened=found[0], closed=found[1], open=found[2])


@pytest.mark.parametrize(
    ("procedure", "until", "said"),
    [
        ("complaint-handing", "2026-03-11 00:00", "there is no procedure"),
        ("complaint-handling", "2026-03-09 00:00", "before"),
    ],
)
def test_what_cannot_be_counted_is_a_failure_and_not_zero(
    store: Store, tmp_path: Path, procedure: str, until: str, said: str
) -> None:
    with pytest.raises(WorkFailed, match=said):
        counted(store, tmp_path, "2026-03-10 00:00", until, procedure)


@pytest.mark.parametrize("procedure", ["../../escaped", "/etc/passwd", "a b", ""])
def test_a_report_is_of_a_procedure_and_nothing_else(procedure: str) -> None:
    with pytest.raises(ValidationError):
        QueryInputs.model_validate({"procedure": procedure, "since": "2026-01-01 00:00", "until": "2026-02-01 00:00"})


def test_letters_of_a_report_are_claimed_like_any_other(store: Store, tmp_path: Path, work: str) -> None:
    sent(store, tmp_path, work, to="gm")

    letter = next(one for one in claim_letters(store, "sender", NOW) if ".report." in one.message_id)
    assert (letter.person, [one.kind for one in letter.notices]) == ("zhou.mingyuan", ["notice"])
