"""Who: the ways a procedure names people, resolved only when somebody is asked."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from models.language.element import Element, Mistake
from models.language.names import as_list

SPECIAL = frozenset({"requester", "owner", "assignee", "participants", "everyone", "item_person"})
"""Words that name people by their part in the case instead of by role."""

LEVELS = frozenset({"L1", "L2", "L3", "L4"})
"""Places of an escalation chain; a procedure's chain says who stands there."""

_SELECTORS = ("role", "person", "field", "head_of", "superior_of", "on_duty", "did", "special")


class Who(Element):
    """One or several people, named by exactly one way of finding them."""

    role: str | None = Field(default=None, description="角色 / holders of a role of the organisation")
    within: str | None = Field(
        default=None, alias="in", description="限定部门（部门字段）/ only those of the department in this field"
    )
    person: str | None = Field(default=None, description="指定的人 / a named person")
    field: str | None = Field(default=None, description="字段中填写的人 / the person in this field")
    head_of: str | None = Field(
        default=None, description="部门负责人 / head of a department or of the one in this field"
    )
    superior_of: str | None = Field(
        default=None, description="直接上级 / superior of requester, assignee, a field's person, or who did a step"
    )
    on_duty: str | None = Field(default=None, description="当班人员 / who is on shift in this duty roster")
    did: str | None = Field(default=None, description="做过该步骤的人 / whoever did this step")
    special: str | None = Field(default=None, description="按事项中的身份 / requester, owner, assignee, participants")
    excluding: Annotated[
        tuple["WhoField", ...], BeforeValidator(as_list, json_schema_input_type="str | Who | list[str | Who]")
    ] = Field(default=(), alias="except", description="排除的人 / people who must not be asked")

    @model_validator(mode="after")
    def _one_selector(self) -> "Who":
        used = [name for name in _SELECTORS if getattr(self, name) is not None]
        if len(used) != 1:
            found = ", ".join(f"`{name}`" for name in used) or "none"
            raise Mistake(
                f"a person is found in exactly one way, but here are {len(used)}: {found}",
                f"找人的方式只能写一种，这里写了 {len(used)} 种：{found}",
                "keep one of: role, person, field, head_of, superior_of, on_duty, did",
                "请只保留一种：role、person、field、head_of、superior_of、on_duty、did",
            )
        return self

    def __str__(self) -> str:
        selector = next(name for name in _SELECTORS if getattr(self, name) is not None)
        value = str(getattr(self, selector))
        text = value if selector in ("role", "special") else f"{selector} {value}"
        return f"{text} in {self.within}" if self.within else text


def _read(value: Any) -> Any:
    if isinstance(value, str):
        return {"special": value} if value in SPECIAL or value in LEVELS else {"role": value}
    return value


WhoField = Annotated[Who, BeforeValidator(_read, json_schema_input_type=str | Who)]
"""A `Who`; a plain string is a role, or a word of `SPECIAL`, or a level of the chain."""

People = Annotated[tuple[WhoField, ...], BeforeValidator(as_list, json_schema_input_type=str | Who | list[str | Who])]
"""One `Who` or a list of them."""
