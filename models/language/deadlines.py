"""Deadlines: clocks from an event to an event, with reminders and a ladder."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from models.language.durations import DurationField
from models.language.element import Element, Mistake
from models.language.names import ClauseId, Name, as_list
from models.language.texts import Text
from models.language.who import People

Basis = Literal["explicit", "default", "law"]
"""Where a value comes from: stated by the clause, our default for a vague word, or an outside law."""

Events = Annotated[tuple[str, ...], BeforeValidator(as_list, json_schema_input_type=str | list[str])]
"""One event or several; of several, the latest that has happened counts."""


class RecordedDecision(Element):
    """The decision that allows what a clause forbids: an explicit value made looser."""

    number: str = Field(min_length=1, description="决定文号 / number of the decision")
    by: str = Field(min_length=1, description="作出决定的人 / who decided")
    on: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="日期 / date, YYYY-MM-DD")
    reason: Text = Field(description="理由 / the reason")


class Replacement(Element):
    """Another span for the same clock, from the same start, once a condition holds in time."""

    when: str = Field(description="条件成立时替换 / the condition")
    within: DurationField = Field(description="新的时限，从原起点算 / the new span, from the same start")
    clause: ClauseId | None = Field(default=None, description="依据条款 / clause")
    basis: Basis | None = Field(default=None, description="依据类型 / basis")
    ladder: str | None = Field(default=None, description="升级链 / ladder")


class Extension(Element):
    """A later due time, asked for and allowed before the old one has passed."""

    on: str = Field(description="允许延期的事件 / event that allows it, e.g. `approve_extension.approved`")
    to: str | None = Field(default=None, description="新的到期时间字段 / datetime field with the new due time")
    start: str | None = Field(default=None, alias="from", description="新的起点时间字段 / field with the new start")
    by: DurationField | None = Field(default=None, description="延长多久 / span added to the due time")
    at_most: int = Field(default=1, ge=1, le=20, description="最多几次 / how often")

    @model_validator(mode="after")
    def _one_way(self) -> "Extension":
        if sum(value is not None for value in (self.to, self.start, self.by)) != 1:
            raise Mistake(
                "an extension says its new time in exactly one way",
                "延期的写法只能有一种",
                "write one of `to: FIELD`, `from: FIELD` or `by: 5 working days`",
                "请只写 `to: 字段`、`from: 字段` 或 `by: 5 working days` 之一",
            )
        return self


class Bounds(Element):
    """The smallest and largest value an administrator may choose."""

    least: DurationField | None = Field(default=None, description="最短 / shortest")
    most: DurationField | None = Field(default=None, description="最长 / longest")


class StepDeadline(Element):
    """A deadline written at its step; it runs until the step is done."""

    id: Name | None = Field(default=None, description="时限名称，默认同步骤 / name; the step's unless said otherwise")
    title: Text | None = Field(default=None, description="名称 / title")
    clause: ClauseId | None = Field(default=None, description="依据条款 / the clause it carries out")
    basis: Basis = Field(default="default", description="依据类型：条款明文、默认、法律 / explicit, default or law")
    within: DurationField | None = Field(default=None, description="时限 / the span, e.g. `24 hours`")
    term: str | None = Field(default=None, description="模糊用语（立即、及时…）/ a vague word of terms.yaml")
    at: str | None = Field(default=None, description="到期时间字段 / datetime field that is the due time itself")
    before: DurationField | None = Field(default=None, description="提前量 / how long before `at` it is due")
    start: Events = Field(default=(), alias="from", description="起点事件 / event that starts it")
    counts: Literal["latest", "first"] = Field(
        default="first", description="起点再次发生时是否重新计时 / whether a later start event restarts a running clock"
    )
    override: str | None = Field(
        default=None, description="上级机关限定的时间字段，填写后以它为准 / field with a time an authority has set"
    )
    hours: Literal["business", "service"] = Field(default="business", description="工作时段 / hours that count")
    ladder: str | None = Field(default=None, description="升级链 / ladder; by the kind of span unless said otherwise")
    chain: str | None = Field(default=None, description="升级人员 / who stands on the ladder's levels")
    remind: People = Field(default=(), description="提醒谁，默认待办人 / who is reminded; the assignees")
    bounds: Bounds | None = Field(default=None, description="可调范围 / the range an administrator may choose from")
    target: bool = Field(default=False, description="内部目标：超过只提醒，不算违反 / missing it is no breach")
    receiver: Literal["authority"] | None = Field(
        default=None, description="报送主管机关：内部目标遇假日前移 / internal target rolls backwards over days off"
    )
    in_mode: dict[str, DurationField] = Field(
        default_factory=dict, description="特殊时期的时限 / span for what starts inside a mode, e.g. `sensitive`"
    )
    replaced: tuple[Replacement, ...] = Field(default=(), description="替换 / other spans under conditions")
    extended: tuple[Extension, ...] = Field(default=(), description="延期 / extensions")
    cancelled: str | None = Field(default=None, description="取消条件 / condition that ends the clock unmet")
    missed: Literal["escalate", "deem"] = Field(
        default="escalate", description="到期未办：升级，或视为已办 / escalate, or deem the step done"
    )
    loosened: RecordedDecision | None = Field(default=None, description="放宽的书面决定 / decision that allows it")

    @model_validator(mode="after")
    def _one_span(self) -> "StepDeadline":
        given = [name for name in ("within", "term", "at") if getattr(self, name) is not None]
        if not given or ("at" in given and len(given) > 1):
            raise Mistake(
                "a deadline needs a span (`within` or `term`) or a time (`at`), and not both",
                "时限要么写时长（within 或 term），要么写时间点（at），不能都写或都不写",
                "write for example `within: 24 hours`",
                "例如写 `within: 24 hours`",
            )
        return self


class Deadline(StepDeadline):
    """A deadline of its own, between two events of the case."""

    id: Name = Field(description="时限名称 / name")
    start: Events = Field(min_length=1, alias="from", description="起点事件 / event that starts it")
    until: str = Field(description="终点事件 / event that stops it")


StepDeadlines = Annotated[
    tuple[StepDeadline, ...], BeforeValidator(as_list, json_schema_input_type=StepDeadline | list[StepDeadline])
]
"""One deadline of a step or several."""
