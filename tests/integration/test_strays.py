"""Files that belong to nothing are removed after a while, and no others."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from store.attachments import attach
from store.cases import Store
from store.files import keep, path_of
from store.strays import AGE, remove_strays
from tests.integration.inbox.desk import Post, Writing
from tests.integration.records import at, complaint

NOW = 2_000_000_000.0


def put(folder: Path, content: bytes, age: float) -> Path:
    file = keep(folder, BytesIO(content), "a.txt", 1000)
    place = path_of(folder, file.sha256)
    os.utime(place, (NOW - age, NOW - age))
    return place


def test_only_what_is_old_and_belongs_to_nothing_goes(store: Store, tmp_path: Path) -> None:
    case = complaint(store)
    stray, young = put(tmp_path, b"stray", AGE + 1), put(tmp_path, b"young", AGE - 1)
    kept = keep(tmp_path, BytesIO(b"of a case"), "b.txt", 1000)
    os.utime(path_of(tmp_path, kept.sha256), (NOW - 2 * AGE, NOW - 2 * AGE))
    with store.database.writing() as connection:
        attach(connection, case.id, "zhao.lei", [kept], False, at("10:00"))

    with store.database.reading() as connection:
        assert remove_strays(connection, tmp_path, NOW) == 1

    assert [path.exists() for path in (stray, young, path_of(tmp_path, kept.sha256))] == [False, True, True]


def test_files_of_a_mail_that_waits_to_be_sorted_stay(store: Store, tmp_path: Path) -> None:
    post = Post(store, tmp_path)
    post.take(Writing(to="hello@mingchuan.example", files={"a.txt": b"abc"}))
    files = tmp_path / "files"
    for path in files.rglob("*"):
        os.utime(path, (NOW - 2 * AGE, NOW - 2 * AGE))
    post.clock.later(seconds=timedelta(days=30).total_seconds())

    with store.database.reading() as connection:
        assert remove_strays(connection, files, NOW) == 0
