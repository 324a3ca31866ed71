"""Library: a company and its programs, made from a rulebook that has been read."""

from collections.abc import Mapping

from engine.company import Company
from engine.compiling import compile_procedure
from engine.program import Program
from models.language.calendar_year import CalendarYear
from models.language.clauses import Modes, Terms
from models.language.company_hours import CompanyHours
from models.language.ladders import Ladders
from models.language.organisation import Organisation
from models.language.rulebook import Rulebook


class IncompleteRulebook(ValueError):  # noqa: N818 - it says what is the case
    """Files are missing without which no procedure can run; `duly check` says what is wrong with those there are."""


def company_of(rulebook: Rulebook) -> Company:
    """The company a rulebook describes. Raises `IncompleteRulebook`."""
    organisation, ladders = rulebook.single(Organisation), rulebook.single(Ladders)
    if organisation is None or ladders is None:
        missing = "organisation.yaml" if organisation is None else "ladders.yaml"
        raise IncompleteRulebook(f"{missing} is missing or has errors: run `duly check` on the folder")
    terms = rulebook.single(Terms)
    return Company(
        organisation=organisation,
        ladders=ladders,
        terms=terms.terms if terms else {},
        modes=rulebook.single(Modes) or Modes(modes={}),
        years=tuple(page.content for page in rulebook.of(CalendarYear)),
        hours=rulebook.single(CompanyHours) or CompanyHours(),
    )


def programs_of(rulebook: Rulebook, company: Company) -> Mapping[str, Program]:
    """Every procedure of a rulebook, ready to run, by id."""
    return {name: compile_procedure(page.content, company, page.version) for name, page in rulebook.procedures.items()}
