"""Intake: how a mail becomes the answers of a form, and which mails a person must look at first."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from models.language.element import Element, Mistake
from models.language.names import as_list
from models.language.texts import Text

MailPart = Literal[
    "subject", "text", "sender", "sender_name", "person", "department", "recipient", "mailbox", "received_at",
    "reason", "sealed",
]  # fmt: skip
"""What can be taken of a mail.

`person` is the member of staff whose address it is, `department` theirs; `reason` is why it was set aside, and `sealed`
is there if only those may see it who read sealed matters.
"""

Pattern = Annotated[str, Field(min_length=1, max_length=500)]
"""A regular expression in the syntax of RE2, which needs time in proportion to the text whatever the pattern is."""


class Fill(Element):
    """Where the answer to one field comes from. Of several, the first that gives anything counts."""

    part: MailPart | None = Field(default=None, alias="from", description="取自来信的哪一部分 / part of the mail")
    pattern: Pattern | None = Field(
        default=None,
        description="正则表达式，取第一个括号或整个匹配 / regular expression: its first group, or all it matches",
    )
    value: str | bool | int | float | None = Field(
        default=None, description="填入的固定值（写了 pattern 时，匹配才填）/ fixed value, if the pattern matches"
    )

    @model_validator(mode="after")
    def _says_something(self) -> "Fill":
        if self.part is None and (self.value is None or self.pattern is not None):
            raise Mistake(
                "an answer is taken `from` a part of the mail, or is a fixed `value`",
                "要写明取自来信的哪一部分（from），或写固定值（value）",
                "write for example `{from: subject}`, `{value: email}`, or `{from: text, pattern: ..., value: ...}`",
                "例如 `{from: subject}`、`{value: email}`，或 `{from: text, pattern: ..., value: ...}`",
            )
        return self


def _fills(value: Any) -> Any:
    listed = value if isinstance(value, list | tuple) else [value]
    return [{"from": one} if isinstance(one, str) else one for one in listed]


Fills = Annotated[
    tuple[Fill, ...],
    Field(min_length=1),
    BeforeValidator(_fills, json_schema_input_type=MailPart | Fill | list[MailPart | Fill]),
]
"""One way to fill a field, or several in order; a word alone is the part of the mail that is taken as it stands."""

Parts = Annotated[
    tuple[MailPart, ...],
    Field(min_length=1),
    BeforeValidator(as_list, json_schema_input_type=MailPart | list[MailPart]),
]


class Sign(Element):
    """Something that is found in a mail."""

    parts: Parts = Field(alias="from", description="在来信的哪一部分中找 / parts of the mail that are searched")
    pattern: Pattern = Field(description="正则表达式 / regular expression")


class Aside(Sign):
    """A mail in which this is found opens no case by itself: a person looks at it first."""

    why: Text = Field(description="搁置的原因 / why it is set aside")
    sealed: bool = Field(
        default=False, description="内容只给密封接收人看 / whether only those who may read sealed matters see it"
    )


Senders = Literal["anyone", "verified", "staff", "verified_staff"]
"""Whose mails open a case: everybody's; those whose sender the company's own mail server vouches for; those that claim
to be of staff; those of staff that it vouches for."""
