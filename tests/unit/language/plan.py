"""A small model that has one of everything that can be got wrong, and shorthands for tests."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from models.language.durations import DurationField
from models.language.element import Element, Mistake
from models.language.problem import Problem
from models.language.source import Source, read_text
from models.language.validate import validate


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


class Ask(Element):
    kind: Literal["ask"]
    who: str = Field(description="由谁办理 / who does it")
    task: str | None = None
    within: DurationField | None = None
    times: int = Field(default=1, ge=1, le=9)


class Tell(Element):
    kind: Literal["tell"]
    text: str | None = Field(default=None, max_length=5)
    excluding: tuple[str, ...] = Field(default=(), alias="except")


class Span(Element):
    start: str = Field(alias="from")
    until: str

    @model_validator(mode="after")
    def _differs(self) -> "Span":
        if self.start == self.until:
            raise Mistake("ends where it starts", "终点与起点相同", "change it", "请修改", rule="DL099", at=("until",))
        return self


class Plan(Element):
    title: str = Field(description="规程名称 / title", examples=["来访登记"])
    level: Literal["normal", "sealed"] = "normal"
    urgent: bool = False
    share: float = 0.5
    code: str = Field(default="a-1", pattern=r"^[a-z]-\d$", description="代码 / the code")
    tags: Annotated[tuple[str, ...], BeforeValidator(_as_list)] = ()
    when: int | Span | None = None
    options: dict[Annotated[str, Field(min_length=2)], str] = Field(default_factory=dict)
    steps: tuple[Annotated[Ask | Tell, Field(discriminator="kind")], ...] = Field(default=(), min_length=1)

    @field_validator("title")
    @classmethod
    def _no_shouting(cls, value: str) -> str:
        if value.isupper():
            raise ValueError("do not shout")
        return value


def problems(text: str) -> list[Problem]:
    model, found = validate(Plan, read_text(text, "plan.yaml"))
    assert (model is None) == bool(found)
    return found


def only(text: str) -> Problem:
    found = problems(text)
    assert len(found) == 1, found
    return found[0]


def place(problem: Problem) -> tuple[str, int, int]:
    return problem.rule, problem.line, problem.column


def found(source: Source) -> list[tuple[str, int, int]]:
    """Rule, line and column of what the reader has found."""
    return [(problem.rule, problem.line, problem.column) for problem in source.problems]
