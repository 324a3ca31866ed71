"""Commands of the running system, as an operator types them."""

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duly.cli import duly
from duly.running.clocks import wall
from models.language.moments import format_moment
from tests.integration.samples import POLICIES


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the sample policies, and settings that lead there."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(POLICIES, tmp_path / "policies_as_yaml")
    monkeypatch.setenv("DULY_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DULY_PREFECT__ENABLED", "false")
    monkeypatch.setenv("COLUMNS", "160")
    shutil.rmtree(tmp_path / "policies_as_yaml/tests")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(duly, words)


def open_complaint(*more: str) -> Result:
    facts = ("customer=某客户", "channel=phone", "subject=资费", "major=no", f"received_at={format_moment(wall())}")
    return run("open", "complaint-handling", *facts, "--by", "zhao.lei", *more)


def findings() -> dict[str, dict[str, str]]:
    found = json.loads(run("doctor", "--format", "json").stdout)
    return {one["name"].rpartition(" / ")[2]: one for one in found}


def test_a_case_is_opened_listed_and_shown() -> None:
    number = open_complaint().output.strip()
    (listed,) = json.loads(run("cases", "--format", "json").output)
    shown = json.loads(run("case", number, "--format", "json").output)

    assert (listed["case"], listed["steps"], listed["late"]) == (number, ["发出处理通知"], False)
    assert [one["text"] for one in shown["facts"]][:2] == ["某客户", "电话"]
    assert [one["what"] for one in shown["ledger"]] == ["立项"]


def test_the_same_is_shown_to_people() -> None:
    number = open_complaint().output.strip()

    assert "发出处理通知" in run("cases").output
    shown = run("case", number).output
    assert all(words in shown for words in ("某客户", "时限", "自然时间", "台账"))


def test_a_case_sent_twice_is_opened_once() -> None:
    assert open_complaint("--once", "a").output == open_complaint("--once", "a").output


def test_a_form_that_is_not_filled_in_says_what_is_missing() -> None:
    answer = run("open", "complaint-handling", "customer=某客户", "--by", "zhao.lei")

    assert (answer.exit_code, "`subject` is missing" in answer.output) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("open", "no-such", "--by", "zhao.lei"), "there is no procedure `no-such`"),
        (("open", "complaint-handling", "--by", "nobody"), "there is no person `nobody`"),
        (("open", "complaint-handling", "customer", "--by", "zhao.lei"), "is not FIELD=VALUE"),
        (("case", "2026-9999"), "there is no case 2026-9999"),
    ],
)
def test_a_slip_of_the_operator_is_explained(words: tuple[str, ...], said: str) -> None:
    answer = run(*words)

    assert (answer.exit_code, said in answer.output) == (2, True), answer.output


def test_what_is_published_follows_the_folder_and_nothing_is_done_twice(installation: Path) -> None:
    assert "9 procedures are in force" in run("apply").output
    assert "nothing has changed" in run("apply").output
    path = installation / "policies_as_yaml/procedures/policy-acknowledgement.yaml"
    path.write_text(path.read_text("utf-8").replace("within: 5 working days", "within: 4 working days", 1), "utf-8")

    assert "in force   procedures/policy-acknowledgement.yaml" in run("apply").output
    path.unlink()
    assert "withdrawn  procedures/policy-acknowledgement.yaml" in run("apply").output


def test_a_folder_with_an_error_is_not_published_and_the_error_is_shown(installation: Path) -> None:
    run("apply")
    path = installation / "policies_as_yaml/procedures/emergency-shutdown.yaml"
    path.write_text(path.read_text("utf-8").replace("15 minutes", "1 day", 1), "utf-8")
    answer = run("apply")

    assert (answer.exit_code, "1 day" in answer.output) == (2, True)
    assert findings()["what is published"]["state"] == "warning"


def test_the_ledger_is_verified_and_a_forged_one_is_not(installation: Path) -> None:
    import sqlite3  # noqa: PLC0415 - a forger's tool, not ours

    open_complaint()
    assert (run("ledger", "verify").exit_code, run("ledger", "verify", "--chain-only").exit_code) == (0, 0)
    with sqlite3.connect(installation / "data/duly.db") as connection:
        connection.execute("DROP TRIGGER ledger_no_update")
        connection.execute("UPDATE ledger SET body = replace(body, '某客户', '别的客户') WHERE seq = 2")
    connection.close()
    answer = run("ledger", "verify", "--format", "json")

    assert answer.exit_code == 1
    assert json.loads(answer.output)["faults"][0] == {"seq": 2, "what": "has been changed since it was written"}


def test_the_doctor_says_what_does_not_run_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    run("apply")
    monkeypatch.setenv("DULY_MAIL__HOST", "127.0.0.1")
    monkeypatch.setenv("DULY_MAIL__PORT", "9")
    monkeypatch.setenv("DULY_MAIL__TLS", "none")
    found = findings()

    assert {found[name]["state"] for name in ("disk", "database", "what is published")} == {"good"}
    assert (found["process clock"]["state"], "duly clock" in found["process clock"]["remedy"]) == ("bad", True)
    assert found["mail server"]["state"] == "bad"
    assert run("doctor").exit_code == 1


def test_the_doctor_finds_a_secret_that_others_can_read(installation: Path) -> None:
    run("apply")
    secret = installation / "data/secret"
    secret.write_bytes(b"s" * 32)
    secret.chmod(0o644)

    assert "chmod 600" in findings()["secret"]["remedy"]


def test_a_database_that_cannot_be_reached_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DULY_DATABASE_URL", "postgresql+psycopg://duly:hush-hush@127.0.0.1:9/duly")
    answer = run("cases")

    assert (answer.exit_code, "127.0.0.1:9" in answer.output, "hush-hush" in answer.output) == (75, True, False)


def test_a_kind_of_database_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DULY_DATABASE_URL", "oracle://x")

    assert run("cases").exit_code == 2


def test_messages_are_taken_from_files_whatever_these_are_called(tmp_path: Path) -> None:
    mail = b"From: sun@customer.example\r\nTo: complaints@mingchuan.example\r\nMessage-ID: <1@x>\r\n\r\nhello\r\n"
    box = tmp_path / "box"
    box.mkdir()
    (box / "a.eml").write_bytes(mail)
    Path(os.fsdecode(os.fsencode(box) + b"/b\xff.eml")).write_bytes(mail.replace(b"<1@x>", b"<2@x>"))

    first, again = (json.loads(run("mail", "receive", str(box), "--format", "json").stdout) for _ in range(2))

    assert [one["outcome"] for one in first] == ["opened", "opened"]
    assert [one["outcome"] for one in again] == ["duplicate", "duplicate"]
    assert [one["case"] for one in again] == [one["case"] for one in first]


def test_a_message_that_is_too_large_is_taken_in_part_and_one_that_cannot_be_read_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DULY_INBOX__LARGEST_MB", "1")
    box = tmp_path / "box"
    box.mkdir()
    (box / "large.eml").write_bytes(b"From: a@b.example\nSubject: x\n\n" + b"y" * 2_000_000)
    (box / "nowhere.eml").symlink_to("/proc/self/mem")
    (box / "small.eml").write_bytes(b"From: a@b.example\nSubject: z\n\nhi")

    found = run("mail", "receive", str(box), "--format", "json")

    assert [(Path(one["path"]).name, one["outcome"]) for one in json.loads(found.stdout)] == [
        ("large.eml", "set_aside"), ("small.eml", "set_aside"),
    ]  # fmt: skip
    assert found.exit_code == 2
    assert "nowhere.eml cannot be read" in found.stderr
