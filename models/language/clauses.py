"""Clauses and terms: the register of what the policy says, and the spans given to its vague words."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from models.language.durations import DurationField
from models.language.element import Element
from models.language.names import ClauseId, as_list
from models.language.texts import Text

Kind = Literal["PROCEDURE", "PERIODIC", "GATE", "RECORD", "DUTY", "GOVERNANCE", "DEFINITION", "LAW"]
"""What a clause demands; the first of several is the leading one."""


class Clause(Element):
    """One testable rule of the policy, or of a law it refers to."""

    title: Text = Field(description="内容概要 / what it says, in our words")
    kind: Annotated[tuple[Kind, ...], BeforeValidator(as_list, json_schema_input_type=Kind | list[Kind])] = Field(
        min_length=1, description="类型 / kind"
    )
    limit: DurationField | None = Field(default=None, description="条款明文时限 / the time it states in so many words")


class Clauses(Element):
    """The register of clauses."""

    clauses: dict[ClauseId, Clause] = Field(min_length=1, description="条款 / clauses by number")


class Term(Element):
    """A vague word of the policy with the span we give it and the range an administrator may choose from."""

    title: Text = Field(description="用语 / the word and its use")
    within: DurationField = Field(description="默认时限 / default span")
    least: DurationField = Field(description="最短 / shortest allowed")
    most: DurationField = Field(description="最长 / longest allowed")
    in_mode: dict[str, DurationField] = Field(default_factory=dict, description="特殊时期 / span inside a mode")


class Terms(Element):
    """The file of vague words."""

    terms: dict[str, Term] = Field(min_length=1, description="模糊用语 / vague words")


class Period(Element):
    """A time in which a mode is switched on."""

    mode: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="模式，如 sensitive / the mode")
    title: Text = Field(description="名称 / name")
    start: str = Field(alias="from", description="开始 / start, YYYY-MM-DD HH:MM")
    until: str = Field(description="结束 / end, YYYY-MM-DD HH:MM")
    decision: Text = Field(description="决定依据 / the decision behind it")


class Modes(Element):
    """The file of modes and their periods."""

    modes: dict[str, Text] = Field(description="模式 / modes by name")
    periods: tuple[Period, ...] = Field(default=(), description="时期 / periods")
