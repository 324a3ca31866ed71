"""Reads the fenced examples of a page and says what each of them is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from markdown_it import MarkdownIt

Language = Literal["yaml", "console"]
LANGUAGES: Final[Mapping[str, Language]] = {"yaml": "yaml", "console": "console"}
OPTIONS: Final[Mapping[Language, frozenset[str]]] = {
    "yaml": frozenset({"fragment", "procedure", "part", "wrong", "file"}),
    "console": frozenset({"fragment", "exit"}),
}


class FenceError(ValueError):
    """A fence that says nothing, or nonsense, about how it is to be tested."""


@dataclass(frozen=True, slots=True)
class Fence:
    """One example: its language, the words after it (`exit=1` is `{"exit": "1"}`), its text and first line."""

    language: Language
    options: Mapping[str, str]
    text: str
    line: int


def examples(page: str) -> list[Fence]:
    """The fences of a page that are to be run, in order; raises `FenceError` for one that is not marked."""
    fences = [
        _fence(token.info.split(), token.content, token.map[0] + 1)
        for token in MarkdownIt().parse(page)
        if token.type == "fence" and token.map and token.info.split()[:1] and token.info.split()[0] in LANGUAGES
    ]
    return [fence for fence in fences if "fragment" not in fence.options]


def pages(root: Path) -> list[Path]:
    """Every page that a reader may copy from."""
    return sorted([*root.glob("README*.md"), *root.glob("docs/**/*.md")])


def _fence(words: list[str], text: str, line: int) -> Fence:
    language = LANGUAGES[words[0]]
    pairs = [word.partition("=") for word in words[1:]]
    options = {name: value for name, _, value in pairs}
    unknown = sorted(options.keys() - OPTIONS[language])
    if unknown:
        raise FenceError(f"line {line}: {', '.join(unknown)}: a {language} fence knows {sorted(OPTIONS[language])}.")
    if language == "yaml" and not options:
        raise FenceError(f"line {line}: write ```yaml procedure, ```yaml part, ```yaml file=NAME or ```yaml fragment.")
    return Fence(language, options, text, line)
