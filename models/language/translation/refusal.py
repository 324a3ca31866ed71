"""Refusal, one error of Pydantic's with its place, and which refusals of a union are worth telling."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic_core import ErrorDetails

from models.language.element import Mistake
from models.language.translation.keys import closest_key
from models.language.translation.spot import Loc, Spot

NO_MEMBER: Final = "no_member"
"""Kind of the refusal of a value that is of none of several possible types."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error: `kind` and `context` are Pydantic's type and ctx, `found` the value it saw."""

    spot: Spot
    kind: str
    found: Any
    text: str
    context: dict[str, Any] = field(default_factory=dict)

    @property
    def mistake(self) -> Mistake | None:
        """What one of our validators raised, if it was one."""
        error = self.context.get("error")
        return error if isinstance(error, Mistake) else None


def refusal(spot: Spot, error: ErrorDetails) -> Refusal:
    """Pydantic's error at its place."""
    return Refusal(spot, error["type"], error["input"], error["msg"], error.get("ctx", {}))


def without_noise(refusals: Iterable[Refusal]) -> list[Refusal]:
    """Pydantic reports every type it tried for a value; keep what the type meant by the author says."""
    kept: list[Refusal] = []
    unions: dict[Loc, dict[str, list[Refusal]]] = {}
    for one in refusals:
        if _is_echo(one):
            continue
        if one.spot.union is None:
            kept.append(one)
        else:
            unions.setdefault(one.spot.union, {}).setdefault(one.spot.member, []).append(one)
    for members in unions.values():
        kept.extend(_meant(members))
    return kept


def _is_echo(one: Refusal) -> bool:
    """Whether a list is said to be too short only because its entries were refused, each on its own."""
    return one.kind == "too_short" and len(one.found) >= one.context["min_length"]


def without_misspelt(refusals: Iterable[Refusal]) -> list[Refusal]:
    """A misspelt key is unknown, and the right one is missing: that is one mistake, told where it was written."""
    found = list(refusals)
    meant = {
        (*one.spot.path[:-1], closest_key(str(one.spot.path[-1]), one.spot.owner))
        for one in found
        if one.kind == "extra_forbidden" and one.spot.path and one.spot.owner is not None
    }
    return [one for one in found if one.kind != "missing" or one.spot.path not in meant]


def _meant(members: dict[str, list[Refusal]]) -> list[Refusal]:
    """The refusals of the type that came closest; one refusal for all if none has the right shape."""
    best = min(members.values(), key=_distance)
    if not _distance(best)[0]:
        return best
    kinds = [one.kind for refusals in members.values() for one in refusals]
    first = best[0]
    return [Refusal(first.spot, NO_MEMBER, first.found, first.text, {"kinds": kinds})]


def _distance(refusals: list[Refusal]) -> tuple[bool, int, bool]:
    wrong_shape = any(one.kind.endswith("_type") and one.spot.path == one.spot.union for one in refusals)
    return wrong_shape, len(refusals), refusals[0].mistake is None
