"""Texts people read: Chinese, or Chinese and English side by side."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from models.language.element import Element


class Bilingual(Element):
    """A text in Chinese with an English translation."""

    zh: str = Field(min_length=1, max_length=2000, description="中文 / Chinese text")
    en: str = Field(default="", max_length=2000, description="英文 / English text")

    def __str__(self) -> str:
        return self.zh

    @property
    def english(self) -> str:
        """The English text; the Chinese one where nobody has translated it."""
        return self.en or self.zh


def _read(value: Any) -> Any:
    return {"zh": value} if isinstance(value, str) else value


Text = Annotated[Bilingual, BeforeValidator(_read, json_schema_input_type=str | Bilingual)]
"""A bilingual text; a plain string is its Chinese."""
