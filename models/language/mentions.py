"""Mentions: everything a policy test names, and where, so that each name can be looked up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from models.language.parts import answers_of
from models.language.policy_test import Expect, Moment, PolicyTest, Told
from models.language.procedure import Procedure
from models.language.scope import Loc
from models.language.steps import PEOPLE_STEPS

_STEP_ACTIONS: Final = (
    "do", "approve", "reject", "return_", "refuse", "hand_over", "add_approver", "finish", "fail", "child_closed",
    "bounce", "reached", "exempt", "join", "leave",
)  # fmt: skip
_OTHER_ACTIONS: Final = (("override", "gate"), ("clear", "deadline"))

_EXPECTED: Final = (
    ("due", "deadline"), ("target", "deadline"), ("deadlines", "deadline"), ("steps", "step"), ("asked", "step"),
)  # fmt: skip
_LISTED: Final = (("not_told", "person"), ("provisional", "deadline"))
_SINGLE: Final = (("owner", "person"), ("outcome", "outcome"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a test: what kind of thing it is the name of, where it stands, and the name."""

    kind: str
    loc: Loc
    name: str
    among: tuple[str, ...] | None = None
    """What there is to choose from here, if that is less than all of the kind."""


def mentions(loc: Loc, test: PolicyTest, procedure: Procedure) -> Iterator[Mention]:
    """All names of one test, in the order of its keys."""
    yield Mention("person", (*loc, "given", "by"), test.given.by)
    for name in test.given.form:
        yield Mention("field", (*loc, "given", "form", name), name, tuple(procedure.form))
    for step, outputs in test.given.machines.items():
        yield Mention("step", (*loc, "given", "machines", step), step)
        yield from _answers((*loc, "given", "machines", step), outputs, step, procedure)
    for index, absence in enumerate(test.given.absences):
        yield Mention("person", (*loc, "given", "absences", index, "person"), absence.person)
    if test.expect:
        yield from _expected((*loc, "expect"), test.expect)
    for index, line in enumerate(test.then):
        yield from _line((*loc, "then", index), line, procedure)
    for index, told in enumerate(test.never):
        yield from _told((*loc, "never", index), told)


def conditions(loc: Loc, test: PolicyTest) -> Iterator[tuple[Loc, str]]:
    """The conditions that a test expects to hold, and where they stand."""
    expected = [(loc, test.expect), *(((*loc, "then", n), line.expect) for n, line in enumerate(test.then))]
    for at, expect in expected:
        for index, text in enumerate(expect.that if expect else ()):
            yield (*at, "expect", "that", index), text


def _line(loc: Loc, line: Moment, procedure: Procedure) -> Iterator[Mention]:
    # Who is not known may be turned down, and a test may want to see that.
    if line.refused is None:
        yield Mention("person", (*loc, "by"), line.by)
    yield from _list((*loc, "to"), "person", line.to)
    for action in _STEP_ACTIONS:
        name = getattr(line, action)
        if name:
            yield Mention("step", (*loc, action.rstrip("_")), name)
            yield from _answers((*loc, "with"), line.values, name, procedure)
    for action, kind in _OTHER_ACTIONS:
        if getattr(line, action):
            yield Mention(kind, (*loc, action), getattr(line, action))
    for name in line.amend or ():
        yield Mention("field", (*loc, "amend", name), name, tuple(procedure.form))
    if line.expect:
        yield from _expected((*loc, "expect"), line.expect)


def _answers(loc: Loc, values: Mapping[str, Any], step: str, procedure: Procedure) -> Iterator[Mention]:
    found = next((one for one in procedure.steps if one.id == step), None)
    if found is None:
        return
    asks = found.asks if isinstance(found, PEOPLE_STEPS) else ()
    for name in values:
        yield Mention("field", (*loc, name), name, (*answers_of(found), *asks))


def _expected(loc: Loc, expect: Expect) -> Iterator[Mention]:
    for index, told in enumerate(expect.told):
        yield from _told((*loc, "told", index), told)
    for key, kind in _LISTED:
        yield from _list((*loc, key), kind, getattr(expect, key))
    for key, kind in _EXPECTED:
        for name in getattr(expect, key):
            yield Mention(kind, (*loc, key, name), name)
    for step, people in expect.asked.items():
        yield from _list((*loc, "asked", step), "person", people)
    for key, kind in _SINGLE:
        if getattr(expect, key):
            yield Mention(kind, (*loc, key), getattr(expect, key))


def _told(loc: Loc, told: Told) -> Iterator[Mention]:
    yield from _list((*loc, "to"), "person", told.to)
    if told.about:
        yield Mention("about", (*loc, "about"), told.about)


def _list(loc: Loc, kind: str, names: Iterable[str]) -> Iterator[Mention]:
    for index, name in enumerate(names):
        yield Mention(kind, (*loc, index), name)
