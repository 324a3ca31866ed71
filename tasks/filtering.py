"""`content_filter`: looks for forbidden words and active content in what is to be published (clause 3-3).

It finds what is on the list and nothing else, so it never replaces the two reviews; it spares them what is plain.
"""

import asyncio
from typing import Final, Literal

from pydantic import Field

from tasks.registered import Inputs, Outputs, Registered, Tools, WorkFailed
from tasks.word_list import INCIDENT, BadWordList, WordList, read_word_list, worst

MOST_CHARACTERS: Final = 200_000


class FilterInputs(Inputs):
    """What is to be published."""

    title: str = Field(default="", max_length=1000, description="标题 / title")
    text: str = Field(max_length=MOST_CHARACTERS, description="正文 / text")


class FilterOutputs(Outputs):
    """What was found."""

    hit: Literal["none", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"]
    """The class that decides, if there are several: one that stops the text before one that does not."""
    names_incident: bool
    """Whether it speaks of a security incident (clause 4-3.3)."""


async def content_filter(inputs: FilterInputs, tools: Tools) -> FilterOutputs:
    """Look for the words of the setting `machines.word_list`. Without a list nothing was looked for, so it fails."""
    found = await asyncio.to_thread(_find, inputs, tools)
    return FilterOutputs.model_validate({"hit": worst(found), "names_incident": INCIDENT in found})


def _find(inputs: FilterInputs, tools: Tools) -> frozenset[str]:
    # Read anew each time: the officer's new word counts from now on, without a restart.
    return _list(tools).classes(f"{inputs.title}\n{inputs.text}")


def _list(tools: Tools) -> WordList:
    if tools.word_list is None:
        raise WorkFailed("the setting `machines.word_list` names no file, so nothing was looked for")
    try:
        return read_word_list(tools.word_list)
    except (OSError, BadWordList) as error:
        raise WorkFailed(f"the word list cannot be used: {error}") from error


CONTENT_FILTER = Registered(
    "content_filter",
    "按违禁词表和活动内容过滤待发布的文字 / look for forbidden words and active content",
    FilterInputs,
    FilterOutputs,
    content_filter,
)
