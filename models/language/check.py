"""Check: all that is wrong with some files, found by reading them and by every rule of the catalogue."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from models.language.context import Context
from models.language.element import Element
from models.language.problem import Problem, Wording, Words
from models.language.rule import catalogue
from models.language.rulebook import KINDS, Page, kind_of
from models.language.subject import Subject
from models.language.translation.keys import closest

_NO_KIND: Final = Wording(
    "DL010",
    Words("nothing says what this file is", "看不出这是什么文件"),
    Words(
        "begin it with the key of its kind: {kinds}; move a file that is not for Duly out of the folder",
        "请以表明种类的键开头：{kinds}；与 Duly 无关的文件请移出该文件夹",
    ),
)
_MISSPELT_KIND: Final = Wording(
    "DL010",
    Words(
        "nothing says what this file is; did you mean `{close}` by `{key}`?",
        "看不出这是什么文件；`{key}` 是否应为 `{close}`？",
    ),
    _NO_KIND.remedy,
)

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
        elif page.source.place is not None and kind_of(page.source) is None:
            found.add(_unknown_kind(page))
    return sorted(found)


def _unknown_kind(page: Page) -> Problem:
    keys = page.source.data if isinstance(page.source.data, dict) else {}
    meant = ((key, close) for key in keys if (close := closest(key, KINDS)))
    key, close = next(meant, ("", ""))
    line, column = page.source.at((key,), key=True) if key else (1, 1)
    wording = _MISSPELT_KIND if close else _NO_KIND
    return wording.at(page.source.name, line, column, key=key, close=close, kinds=", ".join(KINDS))


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
