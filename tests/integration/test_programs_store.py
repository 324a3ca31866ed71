"""Programs: the rules in force are those of the latest edition, whoever else is reading or publishing just now."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Barrier, RLock
from types import TracebackType

import pytest

from duly.running import publishing
from duly.running.publishing import publish_folder
from engine.library import IncompleteRulebook
from store.cases import Store
from store.connection import Database
from store.programs import Programs, Published, publish
from tests.integration.records import at
from tests.integration.samples import POLICIES

NAME = "procedures/emergency-shutdown.yaml"


def changed(old: str, new: str) -> Published:
    return Published(NAME, (POLICIES / NAME).read_text("utf-8").replace(old, new))


class Overtaken(AbstractContextManager["Overtaken"]):
    """A lock before which somebody else is faster, once, and has read what was published meanwhile."""

    def __init__(self, database: Database, programs: Programs) -> None:
        self.database, self.programs, self.lock, self.first = database, programs, RLock(), True

    def __enter__(self) -> "Overtaken":
        if self.first:
            self.first = False
            with self.database.reading() as connection:
                self.programs.refresh(connection)
        self.lock.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.lock.release()


def test_a_reader_who_was_slow_does_not_bring_back_the_rules_of_yesterday(store: Store) -> None:
    programs = store.programs
    with store.database.reading() as slow:
        edition = Programs()
        edition.refresh(slow)
        with store.database.writing() as connection:
            publish(connection, [changed("within: 15 minutes", "within: 14 minutes")], "gao.xiang", at("09:00"))
        programs._lock = Overtaken(store.database, programs)  # type: ignore[assignment]  # noqa: SLF001 - see there
        programs.refresh_to(slow, edition.edition)

    assert programs.edition == edition.edition + 1


def test_what_could_not_be_published_is_not_in_force_in_the_process_that_tried(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would keep rules that nobody has, and miss the next edition, which bears the same number."""
    with store.database.reading() as connection:
        store.programs.refresh(connection)
    monkeypatch.setattr(publishing, "files_of", lambda _folder: [changed("", "")])  # and nothing of the company
    with pytest.raises(IncompleteRulebook):
        publish_folder(store, tmp_path, "gao.xiang", at("09:00"))

    with store.database.reading() as connection:
        store.programs.refresh(connection)
        assert store.programs.current(connection, "emergency-shutdown").procedure.procedure == "emergency-shutdown"


def test_processes_that_start_together_publish_a_new_installation_once(database: Database, tmp_path: Path) -> None:
    shutil.copytree(POLICIES, tmp_path / "policies")
    together = Barrier(3, timeout=20)

    def starts(_number: int) -> int:
        together.wait()
        return len(publish_folder(Store(database), tmp_path / "policies", "duly", at("09:00")).changed)

    with ThreadPoolExecutor(3) as pool:
        counts = sorted(pool.map(starts, range(3)))

    assert (counts[:2], counts[2] > 0) == ([0, 0], True)
