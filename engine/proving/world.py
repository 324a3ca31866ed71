"""World: a program and what a proof knows about it from the outset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from engine.program import Program
from engine.proving.influence import Influence
from engine.sampling.cast import Cast
from engine.sampling.literals import Literals, literals_of


@dataclass(frozen=True)
class World:
    """One program in one company."""

    program: Program
    outcomes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """How the procedures that it calls can end, by their ids, as far as they are known."""

    @cached_property
    def influence(self) -> Influence:
        """What depends on what."""
        return Influence(self.program)

    @cached_property
    def cast(self) -> Cast:
        """Who plays whom."""
        return Cast(self.program)

    @cached_property
    def literals(self) -> Literals:
        """What conditions compare things with."""
        return literals_of(self.program)
