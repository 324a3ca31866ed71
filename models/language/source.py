"""Source, a YAML file that has been read: its data, where each value stands, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.language.places import Place, nearest
from models.language.problem import Problem, Wording, Words
from models.language.reading.characters import MOST_BYTES, clean, decode
from models.language.reading.compose import Composed, compose
from models.language.reading.composer import Data
from models.language.reading.diagnose import diagnose
from models.language.reading.repairs import TAB, repair

_MOST_PROBLEMS: Final = 100

EMPTY: Final = Wording(
    "DL001",
    Words("the file says nothing", "文件没有内容"),
    Words("begin with `procedure: ` and a name, or delete the file", "请从 `procedure: ` 加名称写起，或删除该文件"),
)
UNREADABLE: Final = Wording(
    "DL001",
    Words("the file cannot be opened: {reason}", "文件无法打开：{reason}"),
    Words("check that it exists and that you may read it", "请确认文件存在且有读取权限"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it was read.

    `data` are plain dicts, lists, texts, numbers, truth values and None. They are None where
    the file could not be understood; `problems` then says why. Slips that leave no doubt, such
    as a full-width colon, are problems, and the data are those without the slip.
    """

    name: str
    text: str
    data: Data
    problems: tuple[Problem, ...]
    place: Place | None = None

    @property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def at(self, loc: Sequence[str | int], key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of a value, e.g. `("steps", 0, "who")`.

        Where the file does not have it, the closest parent is meant; with `key`, the key
        rather than its value.
        """
        if self.place is None:
            return 1, 1
        place = nearest(self.place, loc)
        if key and place.key is not None:
            place = place.key
        return place.line, place.column


def read(path: Path) -> Source:
    """Read a file; its name in messages is the path as given. Never raises for what is in it."""
    name = path.as_posix()
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Source(name, "", None, (UNREADABLE.at(name, 1, 1, reason=reason),))
    return read_bytes(raw, name)


def read_bytes(raw: bytes, name: str) -> Source:
    """Read what was uploaded or stored; see `read`."""
    text, problems = decode(raw, name)
    if problems and not text:
        return Source(name, "", None, tuple(problems))
    return _read(text, name, problems)


def read_text(text: str, name: str) -> Source:
    """Read a text, for instance from an editor; see `read`."""
    # Surrogates cannot be encoded; they count as one byte here and are reported by `clean`.
    raw = text.encode("utf-8", "replace")
    if len(raw) > MOST_BYTES:
        return read_bytes(raw, name)
    return _read(text.removeprefix("\ufeff"), name, [])


def _read(text: str, name: str, problems: list[Problem]) -> Source:
    readable, unseen = clean(text, name)
    composed, slips = _compose(readable, name)
    problems = [*problems, *unseen, *slips, *composed.problems]
    if composed.place is None and not problems:
        problems = [EMPTY.at(name, 1, 1)]
    return Source(name, text, composed.data, tuple(sorted(set(problems)))[:_MOST_PROBLEMS], composed.place)


def _compose(text: str, name: str) -> tuple[Composed, list[Problem]]:
    """Read; if there are slips of the hand, report them and read again as if they were not there."""
    first = compose(text, name)
    if first.failure is None and not first.slipped:
        return first, []
    repaired, slips = repair(text, name)
    again = compose(repaired, name) if slips else first
    if again.failure is not None and not any(problem.rule == TAB.rule for problem in slips):
        # How deep a tab was meant to be is a guess; what fails after it may be no fault of the author.
        slips.append(diagnose(again.failure, repaired.split("\n"), name))
    return again, slips
