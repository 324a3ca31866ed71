"""Check: all that is wrong with some files, found by reading them and by every rule of the catalogue."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from models.language.context import Context
from models.language.element import Element
from models.language.problem import Problem
from models.language.rule import catalogue
from models.language.rulebook import KINDS, Page
from models.language.subject import Subject

Check = Callable[[Subject], Iterator[Problem]]


def check(pages: Iterable[Page], context: Context) -> list[Problem]:
    """Every problem of the pages, sorted by file and line.

    A page that could not be understood has the problems of reading it and no others: what a
    rule would find in half a file need not be true of the whole.
    """
    found: set[Problem] = set()
    for page in pages:
        found.update(page.problems)
        if page.content is not None:
            found.update(_examine(Subject(page, context)))
    return sorted(found)


def _examine(subject: Subject) -> Iterator[Problem]:
    for examine in _checks().get(type(subject.page.content), ()):
        yield from examine(subject)


@cache
def _checks() -> Mapping[type[Element], tuple[Check, ...]]:
    """What to call for each kind of file."""
    rules = [rule for rule in catalogue().values() if rule.check is not None]
    return {
        kind: tuple(rule.check for rule in rules if rule.check is not None and key in rule.of)
        for key, kind in KINDS.items()
    }
