"""What a model's keys are called and mean, and which one an author may have meant."""

import unicodedata
from collections.abc import Iterable
from typing import Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from models.language.problem import Words
from models.language.translation.spot import unwrap

_EXAMPLES: Final[dict[type, str]] = {bool: "true", int: "1", float: "1.5", str: "…", tuple: "[…]", list: "[…]"}


def keys(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The keys as a file writes them, in the model's order."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def describe(info: FieldInfo) -> Words:
    """What a key is for. Descriptions are written `中文 / English`; either half may be missing."""
    return bilingual(info.description or "")


def bilingual(text: str) -> Words:
    """A text that is written `中文 / English`, taken apart."""
    zh, slash, en = text.rpartition("/ ")
    return Words(en, zh.rstrip()) if slash else Words(text, text)


def example(key: str, info: FieldInfo) -> str:
    """A line that would be accepted, or at least shows the form: `kind: task`."""
    if info.examples:
        return f"{key}: {info.examples[0]}"
    expected: Any = unwrap(info.annotation)
    if get_origin(expected) is Literal:
        return f"{key}: {get_args(expected)[0]}"
    return f"{key}: {_EXAMPLES.get(get_origin(expected) or expected, '…')}"


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that this one is a slip of: letters swapped, hyphens, capitals, full-width letters."""
    # Imported by the first wrong word: a file without one does not pay for it.
    from difflib import get_close_matches  # noqa: PLC0415

    # Of a short word, one swap of letters changes a larger share.
    cutoff = 0.6 if len(word) < 5 else 0.7
    candidates = {_plain(candidate): candidate for candidate in known}
    found = get_close_matches(_plain(word), candidates, n=1, cutoff=cutoff)
    return candidates[found[0]] if found else None


def closest_key(word: str, model: type[BaseModel]) -> str | None:
    """The key that was meant, also by its Chinese name: `标题` finds the key described so."""
    known = keys(model)
    if not word.isascii() and (plain := _plain(word)) and not plain.isascii():
        return next((key for key, info in known.items() if plain in describe(info).zh), None)
    return closest(word, known)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().lower().replace("-", "_").replace(" ", "_")
