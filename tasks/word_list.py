"""The word list: what the company will not publish, by class, in a plain text file that its officer keeps.

    # 分类 词语；一行一条 / class and word; one a line
    C7 免费领取
    C7 bad-downloads.example
    incident 泄露

Classes are C1 to C8 of the policy's taxonomy (DEF-1), and `incident` for words that speak of a security incident.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

INCIDENT: Final = "incident"

CLASSES: Final = ("C1", "C2", "C3", "C4", "C7", "C8", "C6", "C5")
"""What stops a text (clause 3-3) before what is only noted: of several that are found, the first is the answer."""

MOST_BYTES: Final = 2_000_000
"""Of a file; a larger one is not a list of words."""

_LINE: Final = re.compile(rf"({'|'.join([*CLASSES, INCIDENT])})\s+(\S.*)")
_SIGNS: Final = re.compile(r"[\W_]+")
_ACTIVE: Final = re.compile(
    r"<\s*(?:script|iframe|object|embed|applet|meta|base|form)\b|<[^<>]{0,1000}\son[a-z]{1,40}\s*=|"
    r"(?:java|vb)script\s*:|data\s*:\s*text/html|X5O!P%@AP",
    re.IGNORECASE,
)
"""What a browser would run, or the test string of virus scanners (EICAR): class C7, with or without a list."""


class BadWordList(ValueError):  # noqa: N818 - it says what is the case
    """A file that is not a word list; it says where."""


@dataclass(frozen=True)
class WordList:
    """Words by class."""

    words: Mapping[str, tuple[str, ...]]

    def classes(self, text: str) -> frozenset[str]:
        """Every class of which a word stands in the text, `incident` among them."""
        plain = _plain(text)
        letters = _SIGNS.sub("", plain)
        found = {name for name, words in self.words.items() if any(_stands(one, plain, letters) for one in words)}
        return frozenset(found | {"C7"} if _ACTIVE.search(text) else found)


def worst(classes: Iterable[str]) -> str:
    """The class that decides; `none` if there is no class but `incident`."""
    found = set(classes)
    return next((name for name in CLASSES if name in found), "none")


def read_word_list(path: Path) -> WordList:
    """Read a file. Raises `BadWordList`, and `OSError` if there is none."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadWordList(f"{path} is larger than {MOST_BYTES} bytes")
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BadWordList(f"{path} is not UTF-8: save it as UTF-8") from error
    found: dict[str, list[str]] = {name: [] for name in (*CLASSES, INCIDENT)}
    for number, line in enumerate(lines, start=1):
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        read = _LINE.fullmatch(written)
        word = _plain(read[2]) if read else ""
        if read is None or not word:
            raise BadWordList(f"{path}:{number}: write a class (C1 to C8, {INCIDENT}), a space and a word")
        found[read[1]].append(word)
    return WordList({name: tuple(words) for name, words in found.items()})


def _plain(text: str) -> str:
    """Full-width and decorated letters as plain ones, without case and what is put between letters to hide a word."""
    letters = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(one for one in letters if unicodedata.category(one) not in ("Cf", "Mn", "Cc") or one.isspace())
    return " ".join(seen.split())


def _stands(word: str, plain: str, letters: str) -> bool:
    """Whether a word stands in a text. A pattern is tried only where its letters do: lists and texts are long."""
    near = word in plain if word.isascii() else _SIGNS.sub("", word) in letters
    return near and re.search(_pattern(word), plain) is not None


def _pattern(word: str) -> str:
    """A Chinese word also with spaces and signs between its characters; another one only where it stands alone."""
    if word.isascii():
        return rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])"
    return r"[\W_]{0,3}".join(re.escape(one) for one in word if not one.isspace())
