"""The files that all procedures of the sample company share, read once for the tests about them."""

from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from engine.company import Company
from models.language.clauses import Clauses, Modes, Terms
from models.language.element import Element
from models.language.ladders import Ladders
from models.language.organisation import Organisation
from models.language.rulebook import Page, open_page
from tests.unit.calendar_files import files

FOLDER: Final = Path(__file__).parents[3] / "policies_as_yaml"

NAMES: Final = ("organisation", "ladders", "terms", "modes", "clauses")

E = TypeVar("E", bound=Element)


@cache
def page(name: str) -> Page:
    return open_page(FOLDER / f"{name}.yaml")


def _content(name: str, kind: type[E]) -> E:
    content = page(name).content
    assert isinstance(content, kind), [str(problem) for problem in page(name).problems]
    return content


def organisation() -> Organisation:
    return _content("organisation", Organisation)


def ladders() -> Ladders:
    return _content("ladders", Ladders)


def terms() -> Terms:
    return _content("terms", Terms)


def modes() -> Modes:
    return _content("modes", Modes)


def clauses() -> Clauses:
    return _content("clauses", Clauses)


@cache
def company() -> Company:
    return Company(organisation(), ladders(), terms().terms, modes(), tuple(files().years), files().hours)
