"""Rulebook: everything a company has written down for Duly, read from one folder."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.language.calendar_year import CalendarYear
from models.language.clauses import Clauses, Modes, Terms
from models.language.company_hours import CompanyHours
from models.language.element import Element
from models.language.ladders import Ladders
from models.language.organisation import Organisation
from models.language.policy_test import PolicyTests
from models.language.problem import Problem
from models.language.procedure import Procedure
from models.language.source import Source, read
from models.language.validate import validate

KINDS: Final[Mapping[str, type[Element]]] = {
    "procedure": Procedure,
    "departments": Organisation,
    "ladders": Ladders,
    "clauses": Clauses,
    "terms": Terms,
    "modes": Modes,
    "tests": PolicyTests,
    "year": CalendarYear,
    "business_hours": CompanyHours,
}
"""What a file is, by the key that only files of its kind have at the top."""


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the rulebook: its text with positions, and what it says if that could be understood."""

    source: Source
    content: Any
    problems: tuple[Problem, ...]

    @property
    def version(self) -> str:
        """The first 12 hexadecimal digits of the SHA-256 of the text."""
        return hashlib.sha256(self.source.text.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Rulebook:
    """All files of a company, by what they are."""

    pages: tuple[Page, ...] = ()

    def of(self, kind: type[Any]) -> list[Page]:
        """The pages of one kind, in the order of their names."""
        return [page for page in self.pages if isinstance(page.content, kind)]

    @property
    def procedures(self) -> dict[str, Page]:
        """Procedures by id; of two with the same id, the first."""
        found: dict[str, Page] = {}
        for page in self.of(Procedure):
            found.setdefault(page.content.procedure, page)
        return found

    def single(self, kind: type[Any]) -> Any:
        """The content of the only page of a kind, or None."""
        pages = self.of(kind)
        return pages[0].content if pages else None


def kind_of(source: Source) -> type[Element] | None:
    """What a file is, told by its top-level keys; None if by none of them."""
    if not isinstance(source.data, dict):
        return None
    # A ladders file also has `chains`, a modes file `periods`: the first distinctive key decides.
    return next((model for key, model in KINDS.items() if key in source.data), None)


def open_page(path: Path) -> Page:
    """Read one file and understand it as what it is."""
    source = read(path)
    model = kind_of(source)
    if model is None:
        return Page(source, None, source.problems)
    content, problems = validate(model, source)
    return Page(source, content, (*source.problems, *problems))


def read_folder(folder: Path) -> Rulebook:
    """Read every YAML file below a folder."""
    return Rulebook(tuple(open_page(path) for path in yaml_files(folder)))


def yaml_files(folder: Path) -> Iterable[Path]:
    """The YAML files below a folder, in the order of their names."""
    return sorted(path for path in folder.rglob("*.yaml") if path.is_file())
