"""Context: what a file is checked against: the shared files of its folder, and which procedures there are."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from models.language.clauses import Clauses, Modes, Terms
from models.language.element import Element
from models.language.ladders import Ladders
from models.language.machine_tasks import MachineTask
from models.language.organisation import Organisation
from models.language.procedure import Procedure
from models.language.rulebook import KINDS, Page, kind_of, open_page, yaml_files

ORGANISATION: Final = "organisation.yaml"
"""The file by which a folder of policies is known."""

SHARED: Final[Mapping[type[Element], str]] = {
    Organisation: ORGANISATION,
    Ladders: "ladders.yaml",
    Clauses: "clauses.yaml",
    Terms: "terms.yaml",
    Modes: "modes.yaml",
}
"""What every procedure needs beside itself, and how its file is usually called."""

_KEY: Final = re.compile(rb"(?m)^(" + "|".join(KINDS).encode() + rb"):[ \t]*([^\s#]*)")
_E = TypeVar("_E", bound=Element)


@dataclass(frozen=True)
class Context:
    """The files around the one that is checked.

    A kind of file that is missing or cannot be understood is None; rules that need it say nothing.
    """

    folder: str = ""
    pages: tuple[Page, ...] = ()
    """Everything that has been read: the files that are checked, then the shared ones beside them."""
    checked: int = 0
    """How many of the pages are checked."""
    files: Mapping[str, Path] = field(default_factory=dict)
    """Procedures that are known by id only, because nobody asked to check them."""
    tasks: Callable[[], Mapping[str, MachineTask]] | None = None
    """Finds out which work machines can do; called for the first machine step, because it takes its time."""

    @cached_property
    def organisation(self) -> Organisation | None:
        """The company's people, roles and rosters."""
        return self._single(Organisation)

    @cached_property
    def ladders(self) -> Ladders | None:
        """The ladders and chains."""
        return self._single(Ladders)

    @cached_property
    def clauses(self) -> Clauses | None:
        """The register of clauses."""
        return self._single(Clauses)

    @cached_property
    def terms(self) -> Terms | None:
        """The vague words with their spans."""
        return self._single(Terms)

    @cached_property
    def modes(self) -> Modes | None:
        """The modes and their periods."""
        return self._single(Modes)

    @cached_property
    def missing(self) -> list[str]:
        """Shared files that are not there at all, by their usual names."""
        written = {kind_of(page.source) for page in self.pages}
        return [name for kind, name in SHARED.items() if kind not in written]

    @cached_property
    def machine_tasks(self) -> Mapping[str, MachineTask] | None:
        """The work that a machine step may name; None if that is not known here."""
        return None if self.tasks is None else self.tasks()

    @property
    def misunderstood(self) -> list[Page]:
        """Shared files that nobody asked to check and that could not be understood."""
        return [page for page in self.pages[self.checked :] if page.content is None]

    @cached_property
    def procedure_ids(self) -> frozenset[str]:
        """The ids of all procedures, those that could not be understood included."""
        return frozenset({*self.files, *(_id(page) for page in self.pages if kind_of(page.source) is Procedure)})

    def procedure(self, name: str) -> Procedure | None:
        """A procedure by its id; None if there is none or it could not be understood."""
        if name not in self._procedures:
            page = open_page(self.files[name]) if name in self.files else None
            self._procedures[name] = page.content if page and isinstance(page.content, Procedure) else None
        return self._procedures[name]

    @cached_property
    def _procedures(self) -> dict[str, Procedure | None]:
        found = [page.content for page in self.pages if isinstance(page.content, Procedure)]
        return {procedure.procedure: procedure for procedure in reversed(found)}

    def _single(self, kind: type[_E]) -> _E | None:
        return next((page.content for page in self.pages if isinstance(page.content, kind)), None)


def read_context(
    folder: Path | None, checked: Iterable[Page], tasks: Callable[[], Mapping[str, MachineTask]] | None = None
) -> Context:
    """The context of some pages: themselves, and the shared files of the folder they belong to.

    Procedures and tests of the folder that are not checked are not read either, so that an
    editor that checks one file need not wait for forty.
    """
    pages = list(checked)
    count = len(pages)
    if folder is None or not folder.is_dir():
        return Context(folder.as_posix() if folder else "", tuple(pages), count, tasks=tasks)
    seen = {Path(page.source.name).resolve() for page in pages}
    files: dict[str, Path] = {}
    for path in yaml_files(folder):
        if path.resolve() in seen:
            continue
        kind, name = glance(path)
        if kind is Procedure:
            files.setdefault(name, path)
        elif kind in SHARED:
            pages.append(open_page(path))
    return Context(folder.as_posix(), tuple(pages), count, files, tasks)


def glance(path: Path) -> tuple[type[Element] | None, str]:
    """What a file is and what its first telling key says, without understanding it."""
    try:
        found = {key.decode(): value.decode("utf-8", "replace") for key, value in _KEY.findall(path.read_bytes())}
    except OSError:
        return None, ""
    key = next((key for key in KINDS if key in found), None)
    return (None, "") if key is None else (KINDS[key], found[key].strip("\"'"))


def _id(page: Page) -> str:
    data: Any = page.source.data
    return str(data.get("procedure", "")) if isinstance(data, dict) else ""
