"""Policies: the folder of a company's files, of which only what a command needs is read and understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from duly.errors import UserError
from duly.machine_tasks import known_tasks
from engine.company import Company
from engine.compiling import ProgramError, compile_procedure
from engine.library import IncompleteRulebook, company_of
from engine.program import Program
from models.language.calendar_year import CalendarYear
from models.language.check import check
from models.language.clauses import Modes, Terms
from models.language.company_hours import CompanyHours
from models.language.context import glance, read_context
from models.language.element import Element
from models.language.ladders import Ladders
from models.language.organisation import Organisation
from models.language.policy_test import PolicyTests
from models.language.problem import Problem, Wording, Words
from models.language.procedure import Procedure
from models.language.rulebook import Page, Rulebook, open_page, yaml_files

_COMPANY: Final = (Organisation, Ladders, Terms, Modes, CalendarYear, CompanyHours)
"""Kinds of files that make up the company in which procedures run."""

_NO_PROCEDURE: Final = Wording(
    "DL013",
    Words("this file is not a procedure", "这个文件不是规程"),
    Words("name a file that begins with `procedure:`", "请给出以 `procedure:` 开头的文件"),
)


class FaultyFile(Exception):  # noqa: N818 - the fault is in an author's file, not in the program
    """A file that cannot be used; `problems` say where and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems[0].message if problems else "")
        self.problems = problems


@dataclass(frozen=True)
class Policies:
    """The files of a folder by what they are; each is opened when it is first asked for."""

    folder: Path

    @cached_property
    def _glances(self) -> list[tuple[type[Element] | None, str, Path]]:
        return [(*glance(path), path) for path in yaml_files(self.folder)]

    @cached_property
    def procedure_files(self) -> Mapping[str, Path]:
        """Files of procedures by id; of two with the same id, the first."""
        found: dict[str, Path] = {}
        for kind, name, path in self._glances:
            if kind is Procedure:
                found.setdefault(name, path)
        return found

    @cached_property
    def test_files(self) -> list[Path]:
        """Files of policy tests."""
        return [path for kind, _, path in self._glances if kind is PolicyTests]

    @cached_property
    def company(self) -> Company:
        """The company. Raises `UserError` where its files have errors: nothing can run in half a company."""
        pages = tuple(open_page(path) for kind, _, path in self._glances if kind in _COMPANY)
        problems = sorted(problem for page in pages if page.content is None for problem in page.problems)
        if problems:
            raise UserError(
                "\n".join(map(str, problems)), "请先改正公司的共用文件\n    correct the company's shared files first"
            )
        try:
            return company_of(Rulebook(pages))
        except IncompleteRulebook as error:
            raise UserError(str(error), f"请检查文件夹 {self.folder}\n    check the folder {self.folder}") from None

    def shared(self, kind: type[Element]) -> Page:
        """The file of the company that is of a kind, such as its ladders. Raises `KeyError` if there is none."""
        path = next((path for found, _, path in self._glances if found is kind), None)
        if path is None:
            raise KeyError(kind.__name__)
        return open_page(path)

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return {}

    def page(self, procedure: str) -> Page:
        """The file of a procedure. Raises `FaultyFile` if it cannot be understood, `KeyError` if there is none."""
        if procedure not in self._pages:
            self._pages[procedure] = open_page(self.procedure_files[procedure])
        return _understood(self._pages[procedure])

    def program(self, procedure: str) -> Program:
        """A procedure ready to run. Raises `FaultyFile` if it has errors, `KeyError` if there is none."""
        return self._compiled(self.page(procedure))

    def program_at(self, path: Path) -> Program:
        """A procedure in a file anywhere, ready to run in this company. Raises `FaultyFile`."""
        return self._compiled(_understood(open_page(path)))

    def _compiled(self, page: Page) -> Program:
        try:
            return compile_procedure(page.content, self.company, page.version)
        except ProgramError as error:
            found = check([page], read_context(self.folder, [page], known_tasks))
            raise FaultyFile(tuple(found) or (_unexplained(page, error),)) from None


def _understood(page: Page) -> Page:
    if not isinstance(page.content, Procedure):
        raise FaultyFile(page.problems or (_NO_PROCEDURE.at(page.source.name, 1, 1),))
    return page


def _unexplained(page: Page, error: ProgramError) -> Problem:
    """What the engine refuses and no rule of `duly check` explains: better said badly than not at all."""
    return Problem(page.source.name, 1, 1, "DL000", str(error), "correct what is named here")
