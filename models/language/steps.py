"""Steps: the few kinds a procedure is composed of, told apart by `kind`."""

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, model_validator

from models.language.deadlines import StepDeadline, StepDeadlines
from models.language.durations import DurationField
from models.language.element import Element, Mistake
from models.language.fields import FormField
from models.language.names import ClauseId, Name, Outcome, Slug, as_list
from models.language.schedules import Schedule
from models.language.texts import Text
from models.language.who import People

Names = Annotated[tuple[str, ...], BeforeValidator(as_list, json_schema_input_type=str | list[str])]
"""One name or a list of names."""


class Requirement(Element):
    """Something that must be true of the answers before a step counts as done."""

    that: str = Field(description="必须成立的条件 / the condition")
    says: Text = Field(description="不成立时的提示 / what to tell the person")
    clause: ClauseId | None = Field(default=None, description="依据条款 / clause")


class Repeat(Element):
    """Doing a step again and again, until a condition holds."""

    every: DurationField | None = Field(default=None, description="固定间隔 / fixed interval from the start event")
    start: str | None = Field(default=None, alias="from", description="间隔起点 / event the interval counts from")
    on: Schedule | None = Field(default=None, description="日程，如每天17:00 / a schedule, e.g. daily at 17:00")
    until: str = Field(description="停止条件 / condition that ends the repetition")


class Each(Element):
    """A campaign: the step carried out once for every person of a roster or every row of a table."""

    people: People = Field(default=(), description="名册：范围内的人员 / the people of the roster")
    rows: str | None = Field(default=None, description="逐行办理的明细表字段 / table field, one answer a row")
    of: str | None = Field(
        default=None, description="跟随上文的逐项步骤，其每一行符合条件即办 / follows the rows of such a step above"
    )
    when: str | None = Field(
        default=None, description="条件，用 item 指代 / condition on the person or row, called `item`"
    )
    joiners: bool = Field(default=False, description="中途加入者是否纳入 / whether people who join later are asked too")
    latecomers: DurationField | None = Field(
        default=None, description="中途加入或返岗人员的时限 / span for joiners and for those whose exemption ends"
    )
    refusable: bool = Field(
        default=False, description="可否拒绝（须写理由）/ whether a person may refuse, with a reason"
    )

    @model_validator(mode="after")
    def _one_source(self) -> "Each":
        if sum((bool(self.people), self.rows is not None, self.of is not None)) != 1:
            raise Mistake(
                "`each` says for each of what in exactly one way",
                "each 要写明逐什么办理，写法只能有一种",
                "write one of `people: ROLE`, `rows: TABLE FIELD` or `of: STEP`",
                "请只写 `people: 角色`、`rows: 明细表字段` 或 `of: 步骤` 之一",
            )
        return self


class Evidence(Element):
    """What a step leaves behind as proof."""

    title: Text = Field(description="证据名称 / what it is")
    custodian: People = Field(default=(), description="保管人 / who keeps it")
    sealed: bool = Field(default=False, description="密封保存 / sealed: only the custodian may open it")
    keep: DurationField | None = Field(default=None, description="保存期限 / how long it is kept")


class AlreadyDone(Element):
    """A step that the facts show to be done, so nobody is asked."""

    when: str = Field(description="视为已办的条件 / the condition")
    at: str = Field(
        description="视为办结的时间：字段或 步骤.done_at / the time it was done: a field, or `STEP.done_at`"
    )


class _Step(Element):
    id: Name = Field(description="步骤代码，全规程唯一 / name of the step, unique in the file")
    title: Text | None = Field(default=None, description="步骤名称 / title")
    help: Text | None = Field(default=None, description="办理说明 / instructions")
    clause: ClauseId | None = Field(default=None, description="依据条款 / clause it carries out")
    after: Names | None = Field(
        default=None, description="在哪些步骤之后，默认上一步 / steps it waits for; the one above"
    )
    wait_for: Literal["all", "any"] = Field(default="all", description="全部完成或任一完成 / all of `after` or any")
    when: str | None = Field(default=None, description="条件：不成立则不办 / only if this holds")

    @property
    def name(self) -> str:
        """The Chinese title, or the id where there is none."""
        return self.title.zh if self.title else self.id


class _PeopleStep(_Step):
    who: People = Field(default=(), description="由谁办理 / who does it")
    start: Literal["automatic", "on_request"] = Field(
        default="automatic", description="自动开始，或由人随时发起 / opens by itself, or whenever somebody asks for it"
    )
    during: str | None = Field(
        default=None, alias="while", description="可发起的条件 / when it may be asked for or done"
    )
    times: int = Field(default=1, ge=1, le=1000, description="最多发起次数 / how often it may be asked for")
    asks: Names = Field(default=(), description="补填的表单字段 / form fields to fill in or correct here")
    fields: dict[Name, FormField] = Field(default_factory=dict, description="本步骤填写的字段 / answers of this step")
    require: tuple[Requirement, ...] = Field(default=(), description="提交前须成立的条件 / what must hold to submit")
    within: DurationField | None = Field(default=None, description="时限简写 / short for one deadline")
    deadline: StepDeadlines = Field(default=(), description="时限 / the step's deadlines")
    each: Each | None = Field(default=None, description="逐人或逐项办理 / once for every person or row")
    emergency: bool = Field(default=False, description="紧急步骤：岗位空缺时由值班人员办理 / falls to the duty person")
    tells: People = Field(default=(), description="办结时告知 / who is told when it is done")
    owner: People = Field(default=(), description="办结后事项负责人 / who becomes accountable when it is done")
    sets: dict[str, str] = Field(default_factory=dict, description="办结时更新的字段 / fields set by expressions")
    hold: Names = Field(default=(), description="同时冻结删除的记录 / records that may not be deleted from now on")
    release: Names = Field(default=(), description="解除冻结 / holds that end here")
    evidence: tuple[Evidence, ...] = Field(default=(), description="应留存的证据 / proof to be kept")
    code: bool = Field(default=False, description="需要一次性验证码 / needs a one-time code as well as the link")
    back_to: str | None = Field(default=None, description="办结后退回到该步骤 / when done, go back to this step")

    @property
    def deadlines(self) -> tuple[StepDeadline, ...]:
        """All deadlines of the step, `within` written out first."""
        return _written_out(self)


class Task(_PeopleStep):
    """Somebody does something and says so."""

    kind: Literal["task"] = Field(description="类型：任务 / somebody does something")
    answers: Literal["any", "all"] = Field(default="any", description="多人时任一人或每个人 / one of them or each")
    statement: Text | None = Field(default=None, description="须本人确认的文字 / text that each person confirms")
    repeat: Repeat | None = Field(default=None, description="重复办理 / repeated until a condition holds")
    already: AlreadyDone | None = Field(default=None, description="视为已办 / when the facts show it is done")


class Approve(_PeopleStep):
    """Somebody decides on what is shown; silence is never consent."""

    kind: Literal["approve"] = Field(description="类型：审批 / a decision")
    rule: Literal["one", "all", "quorum", "sequence"] = Field(
        default="one", description="一人、全部、法定人数、依次 / one, all, a quorum, one after another"
    )
    quorum: str = Field(
        default="2/3", pattern=r"^[1-9]\d?/[1-9]\d?$", description="到会比例 / share of the members that must vote"
    )
    chair: People = Field(
        default=(), description="主持人，平票时由其决定 / whose vote breaks a tie and must be present"
    )
    shows: Names = Field(default=(), description="审批所依据的字段，变更即失效 / facts it is bound to")
    rejected: str = Field(
        default="stop", description="不同意后：步骤、结局或 continue / step, `end OUTCOME` or `continue`"
    )
    returned: str | None = Field(default=None, description="退回修改到哪一步 / step that a return for changes goes to")
    delegable: bool = Field(default=True, description="可否由代理人审批 / whether a deputy may decide")
    ratifies: str | None = Field(default=None, description="事后追认的步骤 / step that was taken first and is ratified")
    by_reply: bool = Field(
        default=False,
        description="可否回复邮件审批，仅限低风险 / may be decided by replying to its mail; for what risks little only",
    )


class Notify(_Step):
    """People are told; nothing is asked of them."""

    kind: Literal["notify"] = Field(description="类型：通知 / people are told")
    tells: People = Field(min_length=1, description="告知谁 / who is told")
    text: Text | None = Field(default=None, description="通知内容 / what they are told")


class Machine(_Step):
    """A registered task that a machine does; if it fails, a person takes over."""

    kind: Literal["machine"] = Field(description="类型：自动作业 / work done by a machine")
    runs: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="登记的作业名称 / name of the registered task")
    inputs: dict[str, str] = Field(default_factory=dict, description="输入（表达式）/ inputs, as expressions")
    outputs: dict[Name, FormField] = Field(default_factory=dict, description="输出字段 / what it answers")
    shows: Names = Field(default=(), description="作业所依据的字段，变更后重新作业 / facts its result is bound to")
    repeat: Repeat | None = Field(
        default=None, description="定时重复作业 / repeated by a timetable until a condition holds"
    )
    retries: int = Field(default=3, ge=0, le=20, description="重试次数 / retries")
    timeout: DurationField | None = Field(default=None, description="单次超时 / longest run")
    runs_on: str | None = Field(default=None, description="运行队列 / queue, e.g. `dmz`")
    otherwise: People = Field(min_length=1, description="失败时由谁接手 / who takes over when it fails")
    within: DurationField | None = Field(default=None, description="时限简写 / short for one deadline")
    deadline: StepDeadlines = Field(default=(), description="时限 / deadlines")

    @property
    def deadlines(self) -> tuple[StepDeadline, ...]:
        """All deadlines of the step, `within` written out first."""
        return _written_out(self)

    @model_validator(mode="after")
    def _with_pauses(self) -> "Machine":
        if self.repeat and self.repeat.every is None and self.repeat.on is None:
            raise Mistake(
                "a machine that begins again at once would never pause",
                "自动作业做完立即重做，会不停运转",
                "say how often, e.g. `repeat: {every: 15 minutes, until: ...}`",
                "请写明多久一次，例如 `repeat: {every: 15 minutes, until: ...}`",
            )
        return self


class Call(_Step):
    """Another procedure is started; it inherits the earliest time of discovery."""

    kind: Literal["call"] = Field(description="类型：启动另一规程 / starts another procedure")
    procedure: Slug = Field(description="规程代码 / the procedure")
    inputs: dict[str, str] = Field(default_factory=dict, description="传入的字段（表达式）/ its form, as expressions")
    waits: bool = Field(default=False, description="是否等它办结 / whether to wait for its end")
    responsible: People = Field(default=(), description="等待期间谁负责 / who answers for the wait")
    moves_mail: bool = Field(
        default=False,
        description="来信及附件一并移出，密封后归新事项 / whether mails leave this case, sealed, for that one",
    )
    each: Each | None = Field(default=None, description="逐行启动 / started once for each row")
    within: DurationField | None = Field(default=None, description="时限简写 / short for one deadline")
    deadline: StepDeadlines = Field(default=(), description="时限 / deadlines")

    @property
    def deadlines(self) -> tuple[StepDeadline, ...]:
        """All deadlines of the step, `within` written out first."""
        return _written_out(self)

    @model_validator(mode="after")
    def _each_lets_go(self) -> "Call":
        if self.each and (self.waits or self.each.people):
            raise Mistake(
                "a procedure started for each row is linked, not waited for",
                "逐行启动的规程只关联，不等待",
                "remove `waits`, and name the rows with `rows` or `of`",
                "请删除 `waits`，并用 `rows` 或 `of` 写明逐什么启动",
            )
        return self


class Wait(_Step):
    """Nothing happens for a span of time, e.g. a watch of 72 hours, or until a time in a field."""

    kind: Literal["wait"] = Field(description="类型：等待一段时间 / time passes")
    lasts: DurationField | None = Field(default=None, description="多久 / how long")
    until: str | None = Field(default=None, description="等到哪个时间字段 / datetime field it waits for")

    @model_validator(mode="after")
    def _one_way(self) -> "Wait":
        if (self.lasts is None) == (self.until is None):
            raise Mistake(
                "a wait says either how long it lasts or until when",
                "等待要么写多久，要么写等到何时",
                "write `lasts: 72 hours`, or `until: ` and a datetime field",
                "请写 `lasts: 72 hours`，或 `until: ` 加时间字段",
            )
        return self


class End(_Step):
    """The case ends with an outcome."""

    kind: Literal["end"] = Field(description="类型：结束 / the case ends")
    outcome: Outcome = Field(description="结局 / the outcome")


def _written_out(step: _PeopleStep | Machine | Call) -> tuple[StepDeadline, ...]:
    short = (StepDeadline(within=step.within, clause=step.clause),) if step.within else ()
    return (*short, *step.deadline)


Step = Annotated[Task | Approve | Notify | Machine | Call | Wait | End, Field(discriminator="kind")]
"""A step of a procedure, told apart by `kind`."""

PEOPLE_STEPS: Final = (Task, Approve)
"""Kinds of steps that ask people, as `isinstance` takes them fastest."""

CAMPAIGN_STEPS: Final = (Task, Approve, Call)
"""Kinds of steps that can be carried out for each of many."""

TIMED_STEPS: Final = (Task, Approve, Machine, Call)
"""Kinds of steps that can carry deadlines of their own."""
