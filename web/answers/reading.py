"""Reading: typed texts become values, and whatever is wrong is said in Chinese, beside its input, with what to do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Any, Final

from models.language.fields import (
    ChoiceField,
    DateTimeField,
    DepartmentField,
    FileField,
    FormField,
    NumberField,
    PersonField,
    TableField,
    TextField,
    YesNoField,
)
from models.language.moments import MomentError, parse_moment
from models.language.patterns import compiled
from web.answers.inputs import Surroundings, row_count
from web.answers.pickers import person_by_name

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(slots=True)
class Answers:
    """What was read: values by field, and what is wrong by input."""

    values: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def read_answers(fields: Mapping[str, FormField], texts: Mapping[str, str], around: Surroundings) -> Answers:
    """Read all fields; file inputs hold the reference of a file that has been kept."""
    found = Answers()
    for name, one in fields.items():
        value = _read(f"f.{name}", one, texts, around, found.wrong)
        if value is not None:
            found.values[name] = value
    return found


class _Wrong(ValueError):  # noqa: N818 - it says what is the case
    """One input that does not do; its text is shown beside the input."""


def _read(name: str, one: FormField, texts: Mapping[str, str], around: Surroundings, wrong: dict[str, str]) -> Any:
    if isinstance(one, TableField):
        return _table(name, one, texts, around, wrong)
    text = texts.get(name, "").replace("\r\n", "\n").strip()
    if not text:
        if one.required and getattr(one, "default", None) is None:
            wrong[name] = _missing(one)
        return None
    try:
        return _value(one, text, around)
    except _Wrong as error:
        wrong[name] = str(error)
        return None


def _missing(one: FormField) -> str:
    match one:
        case ChoiceField() | DepartmentField() | YesNoField():
            return "请选择一项"
        case PersonField():
            return "请选择人员"
        case FileField():
            return "请选择文件"
        case DateTimeField():
            return "请填写日期和时间"
        case _:
            return "请填写此项"


def _value(one: FormField, text: str, around: Surroundings) -> Any:  # noqa: PLR0911 - one line a kind
    match one:
        case TextField():
            return _text(one, text)
        case NumberField():
            return _number(one, text)
        case YesNoField():
            return _yes_no(one, text)
        case ChoiceField():
            return _choice(one, text)
        case DateTimeField():
            return _moment(one, text, around.now)
        case PersonField():
            person = person_by_name(around.company, text, around.now)
            if person is None:
                raise _Wrong("查不到这位人员：请填写姓名全称；不确定时请留空，并在说明中写明")
            return person
        case DepartmentField():
            if text not in around.company.organisation.departments:
                raise _Wrong("请从列表中选择部门")
            return text
        case _:
            return text


def _text(one: TextField, text: str) -> str:
    if _CONTROL.search(text):
        raise _Wrong("含有不可见的控制字符：请删除后重新输入，或先粘贴到记事本再复制")
    if len(text) > one.at_most:
        raise _Wrong(f"共 {len(text)} 字，最多 {one.at_most} 字：请精简 {len(text) - one.at_most} 字")
    if text.casefold() in {word.casefold() for word in one.forbid}:
        raise _Wrong(f"不能填“{text}”：请写明实际掌握的情况")
    if one.pattern and not compiled(one.pattern).fullmatch(text):
        raise _Wrong(f"格式不符：{one.help.zh if one.help else '请按规定格式填写'}")
    return text


def _number(one: NumberField, text: str) -> int | float:
    try:
        number = float(text.replace(",", "").replace("，", ""))
    except ValueError as error:
        raise _Wrong("请填写数字，例如 1200 或 12.5") from error
    if not isfinite(number):
        raise _Wrong("请填写数字，例如 1200 或 12.5")
    if one.at_least is not None and number < one.at_least:
        raise _Wrong(f"不能小于 {one.at_least:g}，请改大")
    if one.at_most is not None and number > one.at_most:
        raise _Wrong(f"不能大于 {one.at_most:g}，请改小")
    return int(number) if number.is_integer() else number


def _yes_no(one: YesNoField, text: str) -> bool:
    if text not in ("yes", "no"):
        raise _Wrong("请选择“是”或“否”")
    if one.must_be is not None and (text == "yes") is not one.must_be:
        raise _Wrong(f"须为“{'是' if one.must_be else '否'}”才能提交：请先完成此项")
    return text == "yes"


def _choice(one: ChoiceField, text: str) -> str:
    if text in one.refuse:
        raise _Wrong(f"不能选择此项：{one.refuse[text].zh}")
    if text not in one.options:
        raise _Wrong("请从列表中选择一项")
    return text


def _moment(one: DateTimeField, text: str, now: datetime) -> datetime:
    try:
        moment = parse_moment(text.replace("T", " ") if len(text) in (16, 19) else text)
    except MomentError as error:
        raise _Wrong("请填写完整的日期和时间，例如 2026-02-13 15:00") from error
    if one.past_only and moment > now:
        raise _Wrong("不能晚于现在：请填写实际发生的时间")
    return moment


def _table(
    name: str, one: TableField, texts: Mapping[str, str], around: Surroundings, wrong: dict[str, str]
) -> list[dict[str, Any]] | None:
    rows: list[dict[str, Any]] = []
    for number in range(row_count(name, texts, one)):
        prefix = f"{name}.{number}."
        if not any(value.strip() for key, value in texts.items() if key.startswith(prefix)):
            continue  # A row left empty is a row not used.
        row = {key: _read(prefix + key, column, texts, around, wrong) for key, column in one.columns.items()}
        rows.append({key: value for key, value in row.items() if value is not None})
    if len(rows) < one.at_least and (one.required or rows):
        wrong[name] = f"至少填写 {one.at_least} 行，现有 {len(rows)} 行：请点“添加一行”"
    return rows if rows or one.required else None
