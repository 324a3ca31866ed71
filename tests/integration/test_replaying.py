"""An auditor can tell that the state of a case is what its entries say."""

import pytest
from sqlalchemy import Connection, text

from engine.program import Program
from store.cases import Store, record
from store.due import sweep
from store.notes import Note, note
from store.programs import Programs, Published, publish
from store.replaying import Replay
from tests.integration.records import at, complaint, forward
from tests.integration.samples import POLICIES


@pytest.fixture
def lived(store: Store) -> Store:
    """A store in which a complaint was forwarded late, and another nobody answered."""
    case = complaint(store)
    complaint(store, "form-2")
    sweep(store, at("11:30"))
    record(store, forward(case), at("11:40"))
    with store.database.writing() as connection:
        note(connection, case.id, "zhao.lei", Note("forward", "客户来电催问"), "note-1", at("11:45"))
    return store


def faults(store: Store) -> list[str]:
    with store.database.reading() as connection:
        return [fault.what for fault in Replay(connection).faults()]


def test_what_was_recorded_gives_the_same_state_when_it_is_played_again(lived: Store) -> None:
    assert faults(lived) == []


def test_a_state_that_was_changed_behind_the_ledgers_back_is_found(lived: Store) -> None:
    with lived.database.writing() as connection:
        state = connection.execute(text("SELECT state FROM cases WHERE id = '2026-0001'")).scalar_one()
        forged = bytes(state).replace(b'"delivery"', b'"product"')
        connection.execute(text("UPDATE cases SET state = :state WHERE id = '2026-0001'"), {"state": forged})

    assert faults(lived) == ["the state of case 2026-0001 is not what its entries say"]


def test_a_revision_that_was_changed_is_found(lived: Store) -> None:
    with lived.database.writing() as connection:
        connection.execute(text("UPDATE cases SET revision = revision + 1 WHERE id = '2026-0002'"))

    (found,) = faults(lived)
    assert found.startswith("case 2026-0002 says it has seen")


def test_a_case_is_played_again_in_the_company_of_its_time(lived: Store) -> None:
    """Who was asked depends on who held a role; that somebody else holds it today is no fault of the ledger."""
    text_ = (POLICIES / "organisation.yaml").read_text("utf-8")
    changed = text_.replace("holders: [zhao.lei, sun.yue]", "holders: [sun.yue]")
    assert changed != text_
    with lived.database.writing() as connection:
        publish(connection, [Published("organisation.yaml", changed)], "guo.xiaoyan", at("12:00"))
    complaint(lived, "form-3")

    assert faults(lived) == []


def test_a_rule_that_was_exchanged_after_it_was_published_is_found(lived: Store) -> None:
    with lived.database.writing() as connection:
        change = "UPDATE pages SET text = replace(text, '1 hour', '9 hours') WHERE procedure = 'complaint-handling'"
        connection.execute(text(change))

    assert "is not kept as it was published" in faults(lived)[0]


def test_an_entry_says_by_which_edition_it_was_decided_even_if_a_new_one_is_read_in_that_moment(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, plain, turns = complaint(store), Programs.version, []

    def version(programs: Programs, connection: Connection, procedure: str, name: str) -> Program:
        found = plain(programs, connection, procedure, name)
        turns.append(programs is store.programs)
        if turns == [True]:
            text_ = (POLICIES / "organisation.yaml").read_text("utf-8")
            changed = text_.replace("holders: [zhu.lin, yao.yuan", "holders: [xu.nuo, yao.yuan")
            assert changed != text_
            publish(connection, [Published("organisation.yaml", changed)], "guo.xiaoyan", at("10:05"))
            programs.refresh(connection)
        return found

    monkeypatch.setattr(Programs, "version", version)
    record(store, forward(case), at("10:10"))

    assert faults(store) == []
