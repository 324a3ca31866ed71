"""Publishing: the files of a folder are put in force, all or none, and only if nothing in them is wrong."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from duly.errors import UserError
from duly.machine_tasks import known_tasks
from models.language.check import check
from models.language.context import read_context
from models.language.policy_test import PolicyTests
from models.language.rulebook import open_page, yaml_files
from store.cases import Store
from store.programs import Programs, Published, publish, withdraw

MOST_SHOWN: Final = 20
"""Problems shown; `duly check` shows all."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What publishing has changed, by the names of files."""

    changed: list[str]
    withdrawn: list[str]
    procedures: int


def publish_folder(store: Store, folder: Path, by: str, now: datetime) -> Edition:
    """Put the files of a folder in force. Raises `UserError` if one of them has an error; then nothing has changed."""
    files = files_of(folder)
    with store.database.writing() as connection:
        changed = publish(connection, files, by, now)
        withdrawn = withdraw(connection, [file.name for file in files], by, now)
        # Tried apart from the programs that are in use: what is rolled back must not be in force in this process.
        tried = Programs()
        tried.refresh(connection)
        for name in tried.rulebook.procedures:
            tried.current(connection, name)  # one that cannot be compiled must not come in force
    with store.database.reading() as connection:
        store.programs.refresh(connection)
    return Edition(changed, withdrawn, len(tried.rulebook.procedures))


def nothing_published(store: Store) -> bool:
    """Whether this installation is new."""
    with store.database.reading() as connection:
        store.programs.refresh(connection)
    return not store.programs.rulebook.pages


def files_of(folder: Path) -> list[Published]:
    """The files of a folder as they would be published. Raises `UserError` if one of them has an error."""
    if not folder.is_dir():
        raise UserError(
            f"没有制度文件夹 {folder}\nthere is no folder of policies {folder}",
            "请在设置 `policies` 中指明\n    name it in the setting `policies`",
        )
    pages = [open_page(path) for path in yaml_files(folder)]
    wrong = [one for one in check(pages, read_context(folder, pages, known_tasks)) if one.severity == "error"]
    if wrong:
        shown = "\n".join(map(str, wrong[:MOST_SHOWN]))
        raise UserError(
            f"制度文件有 {len(wrong)} 处错误，未发布\nthey have {len(wrong)} errors; nothing was published\n{shown}",
            f"请先改正；用 duly check {folder} 可查看全部问题\n    correct them; `duly check {folder}` lists them all",
        )
    return [
        Published(Path(page.source.name).resolve().relative_to(folder.resolve()).as_posix(), page.source.text)
        for page in pages
        if not isinstance(page.content, PolicyTests)
    ]
