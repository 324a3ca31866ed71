"""DL043: procedures and shared files that are written twice."""

from collections.abc import Iterator
from typing import Final

from models.language.context import SHARED
from models.language.problem import Problem, Wording, Words
from models.language.procedure import Procedure
from models.language.rule import Rule
from models.language.rulebook import KINDS, Page, kind_of
from models.language.subject import Subject

_PROCEDURE: Final = Wording(
    "DL043",
    Words("procedure `{id}` is written twice; the first is in {first}", "规程 `{id}` 写了两次，第一次在 {first}"),
    Words("give one of them another id and file name, or delete it", "请给其中一个换代码和文件名，或删除"),
)
_SHARED: Final = Wording(
    "DL043",
    Words(
        "there is a second file with `{key}`; the first is {first}, and only that one counts",
        "含 `{key}` 的文件有两个，第一个是 {first}，只有它生效",
    ),
    Words("put everything into one of the two files", "请把内容合并到其中一个文件"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    content, first = subject.page.content, _first(subject)
    if isinstance(content, Procedure):
        written = subject.context.files.get(content.procedure)
        name = first.source.name if first else str(written) if written else None
        if name:
            yield subject.say(_PROCEDURE, ("procedure",), id=content.procedure, first=name)
    elif first is not None:
        key = next(key for key, kind in KINDS.items() if isinstance(content, kind))
        yield subject.say_key(_SHARED, (key,), key=key, first=first.source.name)


def _first(subject: Subject) -> Page | None:
    """The page before this one that says it is the same thing."""
    for page in subject.context.pages:
        if page is subject.page:
            return None
        if _is_same(page, subject.page):
            return page
    return None


def _is_same(one: Page, other: Page) -> bool:
    if isinstance(one.content, Procedure) and isinstance(other.content, Procedure):
        return one.content.procedure == other.content.procedure
    return kind_of(one.source) is kind_of(other.source) and type(other.content) in SHARED


_RIGHT: Final = """\
# file: visitor-registration.yaml
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
owner: security_officer
chain: office
starts:
  - by: form
steps:
  - id: register
    kind: task
    title: 登记来访人员
    who: security_guard
    within: 2 working hours
  - id: finished
    kind: end
    outcome: registered
# file: guests/guest-registration.yaml
procedure: guest-registration
title: {zh: 贵宾登记, en: Guest registration}
owner: security_officer
chain: office
starts:
  - by: form
steps:
  - id: register
    kind: task
    title: 登记贵宾
    who: security_guard
    within: 1 working hour
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL043",
    title="written twice",
    title_zh="重复编写",
    why=(
        "Two files with one procedure, or two registers of people, contradict each other sooner or later, and which of "
        "them counts would depend on the order of their names."
    ),
    why_zh="同一规程写在两个文件里，或者有两份组织文件，迟早会互相矛盾，而哪个生效只取决于文件名的次序。",
    wrong=_RIGHT.replace("guest-registration", "visitor-registration"),
    right=_RIGHT,
    check=_check,
    of=("procedure", "departments", "ladders", "clauses", "terms", "modes"),
)
