"""Organisation: people, departments, roles, deputies, absences and duty shifts of a company."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from models.language.element import Element
from models.language.ladders import Clock
from models.language.names import as_list
from models.language.texts import Text

PersonId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.\-]*$", max_length=60)]
"""How a person is named in files, e.g. `wang.fang`."""

Instant = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$")]
"""A date or a point in time; a last date counts to its end."""


class Person(Element):
    """Somebody who works for the company."""

    name: str = Field(min_length=1, max_length=60, description="姓名 / name")
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$", description="邮箱 / email")
    phone: str | None = Field(default=None, description="电话 / phone")
    department: str = Field(description="部门 / department")
    superior: PersonId | None = Field(default=None, description="直接上级 / superior; the department's head")
    joined: Instant | None = Field(default=None, description="入职日期 / first day")
    left: Instant | None = Field(default=None, description="离职日期 / last day")


class Department(Element):
    """A unit of the company with one head."""

    name: Text = Field(description="部门名称 / name")
    head: PersonId = Field(description="负责人 / head")
    deputy: PersonId | None = Field(default=None, description="副职 / deputy head")
    parent: str | None = Field(default=None, description="上级部门 / department above it")


class Deputy(Element):
    """Somebody who stands in for the holder of a role between two dates."""

    person: PersonId = Field(description="代理人 / deputy")
    start: Instant = Field(alias="from", description="开始 / first day")
    until: Instant = Field(description="结束 / last day")
    recorded: Instant | None = Field(default=None, description="授权登记日期 / when it was recorded")


class Role(Element):
    """A function that procedures ask by name."""

    title: Text = Field(description="角色名称 / title")
    holders: tuple[PersonId, ...] = Field(default=(), description="任职人 / holders, in order")
    everyone: bool = Field(default=False, description="全体员工 / everybody in the company")
    deputies: tuple[Deputy, ...] = Field(default=(), description="代理人及期限 / deputies with dates")
    chair: PersonId | None = Field(default=None, description="组长 / chair of a group")
    vice_chair: PersonId | None = Field(default=None, description="副组长 / vice-chair of a group")
    fallback: str | None = Field(default=None, description="空缺时改由该角色 / role that takes over when vacant")


class Absence(Element):
    """A time in which a person cannot act."""

    person: PersonId = Field(description="人员 / person")
    start: Instant = Field(alias="from", description="开始 / from")
    until: Instant = Field(description="结束 / until")
    reason: Text | None = Field(default=None, description="原因 / reason")


class Shift(Element):
    """A daily shift and the people who take it in turn, one day each."""

    start: Clock = Field(alias="from", description="上班 / start")
    until: Clock = Field(description="下班（可次日）/ end, possibly the next day")
    rota: tuple[PersonId, ...] = Field(min_length=1, description="轮值人员 / people in turn, one day each")
    since: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = Field(
        description="轮值起始日 / day the first person is on"
    )


class Duty(Element):
    """A duty roster; every minute somebody is on."""

    title: Text = Field(description="名称 / title")
    shifts: tuple[Shift, ...] = Field(min_length=1, description="班次 / shifts")


Address = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)]
"""An email address."""


class Mailbox(Element):
    """An address that people write to and that Duly reads."""

    title: Text = Field(description="名称 / title")
    addresses: Annotated[
        tuple[Address, ...],
        Field(alias="address", min_length=1),
        BeforeValidator(as_list, json_schema_input_type=Address | list[Address]),
    ] = Field(description="地址，可有多个 / its address or addresses")


class Organisation(Element):
    """The company as procedures see it."""

    company: Text = Field(description="公司名称 / company")
    departments: dict[str, Department] = Field(min_length=1, description="部门 / departments")
    people: dict[PersonId, Person] = Field(min_length=1, description="人员 / people")
    roles: dict[str, Role] = Field(min_length=1, description="角色 / roles")
    duty: dict[str, Duty] = Field(default_factory=dict, description="值班表 / duty rosters")
    absences: tuple[Absence, ...] = Field(default=(), description="请假与出差 / absences")
    mailboxes: dict[str, Mailbox] = Field(default_factory=dict, description="来信邮箱 / mailboxes that Duly reads")
    duty_person: str = Field(description="紧急步骤的值班表 / roster that emergency steps fall to")
    vacancy: str = Field(description="岗位空缺时报告的角色 / role that is told when another is vacant")
