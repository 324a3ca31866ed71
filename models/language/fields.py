"""Fields: what a form or a step asks for, and what each kind of answer may be."""

from typing import Annotated, Literal

from pydantic import Field

from models.language.element import Element
from models.language.names import Name
from models.language.texts import Text


class _Field(Element):
    title: Text | None = Field(default=None, description="字段名称 / what people see next to the input")
    help: Text | None = Field(default=None, description="填写说明 / a hint under the input")
    required: bool = Field(
        default=True, description="是否必填，默认必填 / must be filled in; yes unless said otherwise"
    )
    editable: bool = Field(default=False, description="立项后可否更正 / may be corrected after the case has opened")
    sealed: bool = Field(default=False, description="密封内容：不进邮件和列表 / never shown in mails or lists")


class TextField(_Field):
    """A line or a paragraph of text."""

    type: Literal["text"] = Field(description="类型：文本 / text")
    long: bool = Field(default=False, description="多行文本 / several lines")
    at_most: int = Field(default=4000, ge=1, le=100_000, description="最多字数 / longest answer in characters")
    forbid: tuple[str, ...] = Field(default=(), description="不允许的答案，如“不明” / answers that are refused")
    pattern: str | None = Field(default=None, max_length=200, description="格式（正则表达式）/ regular expression")


class NumberField(_Field):
    """A number or an amount of money."""

    type: Literal["number"] = Field(description="类型：数字 / number")
    at_least: float | None = Field(default=None, description="最小值 / smallest value")
    at_most: float | None = Field(default=None, description="最大值 / largest value")
    unit: Text | None = Field(default=None, description="单位，如“元” / unit, e.g. CNY")


class YesNoField(_Field):
    """Yes or no."""

    type: Literal["yes_no"] = Field(description="类型：是/否 / yes or no")
    default: bool | None = Field(default=None, description="默认值 / value if nothing is chosen")
    must_be: bool | None = Field(default=None, description="必须为该值才能提交 / the only answer that is accepted")


class ChoiceField(_Field):
    """One of a list of options."""

    type: Literal["choice"] = Field(description="类型：单选 / one of several options")
    options: dict[str, Text] = Field(min_length=1, max_length=200, description="选项：代码与名称 / codes and titles")
    default: str | None = Field(default=None, description="默认选项 / option if nothing is chosen")
    refuse: dict[str, Text] = Field(
        default_factory=dict, description="一律拒绝的选项及理由 / options that are always refused, with the reason"
    )


class DateTimeField(_Field):
    """A point in time, China time."""

    type: Literal["datetime"] = Field(description="类型：时间点 / date and time")
    past_only: bool = Field(default=False, description="不得晚于现在 / may not lie in the future")


class PersonField(_Field):
    """A person of the organisation."""

    type: Literal["person"] = Field(description="类型：人员 / a person")


class DepartmentField(_Field):
    """A department of the organisation."""

    type: Literal["department"] = Field(description="类型：部门 / a department")


class FileField(_Field):
    """A file, kept by its hash."""

    type: Literal["file"] = Field(description="类型：文件（按哈希保存）/ a file, kept by its hash")


class TableField(_Field):
    """A list of rows with the same columns."""

    type: Literal["table"] = Field(description="类型：明细表 / a list of rows")
    columns: dict[Name, "Column"] = Field(min_length=1, max_length=40, description="列 / columns")
    at_least: int = Field(default=1, ge=0, le=10_000, description="最少行数 / fewest rows")
    at_most: int = Field(default=1000, ge=1, le=10_000, description="最多行数 / most rows")


Column = Annotated[
    TextField | NumberField | YesNoField | ChoiceField | DateTimeField | PersonField | DepartmentField | FileField,
    Field(discriminator="type"),
]
"""A field that may stand in a table."""

FormField = Annotated[
    TextField
    | NumberField
    | YesNoField
    | ChoiceField
    | DateTimeField
    | PersonField
    | DepartmentField
    | FileField
    | TableField,
    Field(discriminator="type"),
]
"""A field of a form or a step, told apart by its `type`."""
