"""Words: a text of a message in both languages of its readers."""

from typing import NamedTuple


class Words(NamedTuple):
    """The same said in English and in Chinese; code in it stands in backticks in both."""

    en: str
    zh: str
