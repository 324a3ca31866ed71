"""Typed: what a browser has sent, exactly as it was typed, so that nothing has to be typed twice."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException as StarletteHTTPException

MOST_INPUTS: Final = 4000
MOST_FILES: Final = 40
LONGEST_INPUT: Final = 1024 * 1024
"""Bytes of one input that is not a file."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""Half a character; UTF-7, which a browser never sends, can bring it in, and nothing can keep it."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Inputs by name, and files by the name of their input."""

    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, UploadFile] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """An input without spaces around it; empty if it was not sent."""
        return self.texts.get(name, "").strip()


async def typed(request: Request) -> AsyncIterator[Typed]:
    """Read a form. Raises 400 for one that cannot be read."""
    try:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_INPUTS, max_part_size=LONGEST_INPUT) as form:
            pairs = form.multi_items()
            texts = {name: value for name, value in pairs if isinstance(value, str)}
            if any(_SURROGATE.search(text) for pair in texts.items() for text in pair):
                raise HTTPException(400, "form")
            files = {name: value for name, value in pairs if isinstance(value, UploadFile) and value.filename}
            yield Typed(texts, files)
    except StarletteHTTPException as error:
        if error.status_code == 400 and not isinstance(error, HTTPException):
            raise HTTPException(400, "form") from error
        raise


Sent = Annotated[Typed, Depends(typed)]
"""A form that was sent, as a parameter of a page."""
