"""Policy tests: given, then; written by officers and played on a virtual clock."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from models.language.calendar_year import CalendarYear
from models.language.clauses import Period
from models.language.element import Element
from models.language.names import Slug, as_list
from models.language.organisation import Absence

Time = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?$")]
"""A moment, `YYYY-MM-DD HH:MM` or with seconds."""

Strings = Annotated[tuple[str, ...], BeforeValidator(as_list, json_schema_input_type=str | list[str])]


class Outage(Element):
    """A time in which Duly does not run; what falls due is caught up at its end."""

    start: Time = Field(alias="from", description="停机开始 / start")
    until: Time = Field(description="恢复 / end")


class GivenMail(Element):
    """A mail that comes in; the rules of `starts` make the form of it, or set it aside."""

    mailbox: str = Field(description="来信邮箱 / mailbox it comes to")
    sender: str = Field(default="someone@example.com", alias="from", description="发件地址 / address of the sender")
    name: str = Field(default="", description="发件人姓名 / name of the sender")
    subject: str = Field(default="", description="主题 / subject")
    text: str = Field(default="", description="正文 / text")
    received: Time | None = Field(default=None, description="到达时间，默认立项时 / when it arrived; when it is opened")
    verified: bool = Field(default=False, description="邮件服务器已核实发件人 / the mail server vouches for the sender")
    automatic: bool = Field(default=False, description="机器自动发出 / a machine wrote it")
    set_aside: str | None = Field(
        default=None, description="应被搁置，原因含此文字 / must be set aside, for a reason with this text"
    )


class Given(Element):
    """How the case of a test begins."""

    at: Time = Field(description="立项时间 / when the case is opened")
    by: str = Field(default="system", description="立项人 / who opens it")
    channel: str = Field(default="form", description="渠道 / the way in")
    form: dict[str, Any] = Field(default_factory=dict, description="表单内容 / answers of the form")
    mail: GivenMail | None = Field(default=None, description="来信，代替表单 / a mail, in place of the form")
    discovered_at: Time | None = Field(default=None, description="继承的发现时间 / inherited time of discovery")
    machines: dict[str, dict[str, Any]] = Field(
        default_factory=dict,
        description="自行完成的自动作业及其输出 / machine steps that finish by themselves, with their outputs",
    )
    absences: tuple[Absence, ...] = Field(default=(), description="请假 / who is away")
    periods: tuple[Period, ...] = Field(default=(), description="特殊时期 / modes that are on")
    outages: tuple[Outage, ...] = Field(default=(), description="停机 / times in which Duly does not run")


class Told(Element):
    """Somebody is told something, planned for exactly this time."""

    to: Strings = Field(min_length=1, description="谁 / who")
    kind: Literal["asked", "reminder", "escalation", "target", "notice", "substitute", "withdrawn", "deemed"] = Field(
        description="哪一种：提醒、升级… / reminder, escalation, ..."
    )
    about: str | None = Field(default=None, description="时限或步骤 / deadline or step")
    level: str | None = Field(default=None, description="升级层级 / level, e.g. L1")
    planned: Time | None = Field(default=None, description="原定时间（停机后补发）/ planned time, when caught up later")


class Expect(Element):
    """What must be true at this moment, after the action of this line."""

    told: Annotated[tuple[Told, ...], BeforeValidator(as_list, json_schema_input_type=Told | list[Told])] = Field(
        default=(), description="此刻告知了谁 / who is told at this moment"
    )
    not_told: Strings = Field(default=(), description="此刻没有告知谁 / who is told nothing at this moment")
    nobody_told: bool = Field(default=False, description="此刻无人被告知 / nobody is told anything")
    due: dict[str, Time] = Field(default_factory=dict, description="时限到期时间 / due times by deadline")
    target: dict[str, Time] = Field(default_factory=dict, description="内部目标时间 / internal targets by deadline")
    provisional: Strings = Field(default=(), description="暂定的时限 / deadlines that are provisional")
    deadlines: dict[str, Literal["none", "running", "missed", "met", "late", "cancelled"]] = Field(
        default_factory=dict, description="时限状态 / state of deadlines"
    )
    steps: dict[str, Literal["waiting", "held", "open", "done", "skipped", "cancelled"]] = Field(
        default_factory=dict, description="步骤状态 / state of steps"
    )
    asked: dict[str, Strings] = Field(default_factory=dict, description="谁有待办 / exactly who is asked, by step")
    owner: str | None = Field(default=None, description="负责人 / who is accountable")
    outcome: str | None = Field(
        default="", description="结局，留空表示尚未结束 / outcome of the case; left empty: not ended yet"
    )
    opens: Strings = Field(default=(), description="启动的规程 / procedures started at this moment")
    that: Strings = Field(default=(), description="成立的条件 / expressions that hold")


class Moment(Element):
    """One line of a test: at this time somebody does something, and then something is true."""

    at: Time = Field(description="时间 / when it is recorded")
    happened: Time | None = Field(default=None, description="实际发生时间（补录）/ when it really happened")
    by: str = Field(default="system", description="谁 / who")
    do: str | None = Field(default=None, description="办结步骤 / step that is done")
    approve: str | None = Field(default=None, description="同意 / step that is approved")
    reject: str | None = Field(default=None, description="不同意 / step that is rejected")
    return_: str | None = Field(default=None, alias="return", description="退回 / step that is returned for changes")
    refuse: str | None = Field(default=None, description="拒绝 / step that is refused")
    hand_over: str | None = Field(default=None, description="转交 / step that is handed over to `to`")
    add_approver: str | None = Field(default=None, description="加签 / step to which `to` is added")
    amend: dict[str, Any] | None = Field(default=None, description="更正表单 / fields that are corrected")
    withdraw: bool = Field(default=False, description="撤回 / the case is withdrawn")
    finish: str | None = Field(default=None, description="自动作业完成 / machine step that succeeds")
    fail: str | None = Field(default=None, description="自动作业失败 / machine step that fails")
    child_closed: str | None = Field(
        default=None, description="子事项办结 / step whose called case ends with `outcome`"
    )
    bounce: str | None = Field(default=None, description="退信 / step whose mail to `to` bounces")
    reached: str | None = Field(default=None, description="另行联系上 / step about which `to` was reached otherwise")
    override: str | None = Field(default=None, description="放行门禁 / gate that is passed with a reason")
    clear: str | None = Field(default=None, description="撤销违反记录 / deadline whose breach is cleared")
    exempt: str | None = Field(default=None, description="豁免 / campaign step from which `to` is exempt")
    join: str | None = Field(default=None, description="加入名册 / campaign step that `to` joins")
    leave: str | None = Field(default=None, description="离开名册 / campaign step that `to` leaves")
    reopen: bool = Field(default=False, description="重新开启 / the same matter comes back")
    calendar: CalendarYear | None = Field(default=None, description="导入日历 / calendar notice that is imported")
    to: Strings = Field(default=(), description="对谁 / whom it concerns")
    key: str | None = Field(default=None, description="第几行，从0起 / row of a table, counted from 0")
    values: dict[str, Any] = Field(default_factory=dict, alias="with", description="填写内容 / answers")
    reason: str = Field(default="", description="理由 / reason")
    outcome: str = Field(default="", description="结局 / outcome")
    until: Time | None = Field(default=None, description="豁免到期 / end of an exemption")
    refused: str | None = Field(
        default=None, description="应被系统拒绝，提示含此文字 / must be turned down with this text"
    )
    expect: Expect | None = Field(default=None, description="预期 / what must be true")


class PolicyTest(Element):
    """One scenario of a procedure."""

    name: str = Field(min_length=1, max_length=200, description="测试名称 / name")
    procedure: Slug = Field(description="规程 / procedure")
    about: str = Field(default="", description="说明 / what it shows")
    given: Given = Field(description="前提 / how the case begins")
    expect: Expect | None = Field(default=None, description="立项后的预期 / what is true after opening")
    then: tuple[Moment, ...] = Field(default=(), description="经过 / what happens")
    never: tuple[Told, ...] = Field(default=(), description="始终不得告知 / what nobody is ever told")
    complete: bool = Field(
        default=True, description="是否写全所有提醒和升级 / whether every reminder and escalation must be expected"
    )


class PolicyTests(Element):
    """A file of tests."""

    tests: tuple[PolicyTest, ...] = Field(min_length=1, description="测试 / tests")
