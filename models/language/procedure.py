"""Procedure: a YAML file that carries out clauses of the policy."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from models.language.deadlines import Deadline
from models.language.element import Element
from models.language.fields import FormField
from models.language.intake import Aside, Fills, Senders, Sign
from models.language.names import ClauseId, Name, Outcome, Slug, as_list
from models.language.schedules import Schedule
from models.language.steps import Names, Step
from models.language.texts import Text
from models.language.who import People

Sensitivity = Literal["normal", "restricted", "sealed"]
"""Who may see a case: staff concerned; the people asked; the sealed circle, with mails that carry no content."""


class Gate(Element):
    """A condition that holds steps back; nobody can click past it."""

    id: Name = Field(description="门禁名称 / name")
    holds: Names = Field(min_length=1, description="被拦住的步骤 / steps that stay closed")
    until: str = Field(description="放行条件 / condition that opens it")
    says: Text = Field(description="拦住时的说明 / what people read while it is closed")
    clause: ClauseId | None = Field(default=None, description="依据条款 / clause")
    override: People = Field(
        default=(), description="可凭理由放行的人，默认无人 / who may pass it with a reason; nobody"
    )


class Start(Element):
    """A way in which a case begins."""

    by: Literal["form", "public_form", "email", "unsorted_email", "schedule", "procedure"] = Field(
        description="方式：内部表单、公开表单、邮件、无法归类的来信、日程、其他规程 / the way in"
    )
    who: People = Field(default=(), description="谁可以填表 / who may use the form")
    mailbox: str | None = Field(default=None, description="来信邮箱（organisation 中的 mailboxes）/ the mailbox")
    senders: Senders = Field(default="anyone", description="谁的来信可以立项 / whose mails open a case; anyone's")
    automatic: bool = Field(
        default=False, description="自动发出的邮件（如告警）也可立项 / whether mails of machines, e.g. alerts, do too"
    )
    takes: tuple[Sign, ...] = Field(default=(), description="来信须符合的条件 / all of this must be found in the mail")
    sets_aside: tuple[Aside, ...] = Field(
        default=(), description="须先由人查看的来信 / mails that a person looks at first"
    )
    fills: dict[Name, Fills] = Field(
        default_factory=dict, description="表单各项取自来信何处 / where the answers of the form come from"
    )
    on: Schedule | None = Field(default=None, description="日程 / the schedule")


class Reopening(Element):
    """How a closed case begins again when the same matter comes back."""

    at: str = Field(description="从哪一步重新开始 / step at which it begins again")
    owner: People = Field(default=(), description="重新开始后的负责人 / who becomes accountable")
    outcomes: Annotated[tuple[Outcome, ...], BeforeValidator(as_list, json_schema_input_type=str | list[str])] = Field(
        default=(), description="可重新开始的结局，默认全部 / outcomes that can be reopened; all"
    )


class Procedure(Element):
    """One procedure of the policy."""

    procedure: Slug = Field(description="规程代码，与文件名相同 / id, the same as the file's name")
    title: Text = Field(description="规程名称 / title")
    about: Text | None = Field(default=None, description="说明 / what it is for")
    clauses: tuple[ClauseId, ...] = Field(default=(), description="落实的条款 / clauses it carries out")
    owner: People = Field(min_length=1, description="事项负责人 / who is accountable for a case")
    sensitivity: Sensitivity = Field(default="normal", description="敏感级别 / who may see it")
    content_in_mail: bool = Field(default=True, description="邮件是否可含内容 / whether mails may carry content")
    chain: str = Field(description="升级人员（organisation 中的 chains）/ the chain of its ladders")
    occurred: str | None = Field(
        default=None, description="事件发生时间字段，子事项继承最早者 / field with the time of the event, inherited"
    )
    conflicts: Names = Field(default=(), description="涉事人员字段：回避 / fields whose people must not act or read")
    starts: tuple[Start, ...] = Field(min_length=1, description="如何立项 / how a case begins")
    form: dict[Name, FormField] = Field(default_factory=dict, description="立项表单 / the form")
    steps: tuple[Step, ...] = Field(min_length=1, max_length=200, description="步骤 / steps")
    deadlines: tuple[Deadline, ...] = Field(default=(), description="跨步骤的时限 / deadlines between events")
    gates: tuple[Gate, ...] = Field(default=(), description="门禁 / gates")
    reopens: Reopening | None = Field(default=None, description="重新开启 / how it is reopened")
