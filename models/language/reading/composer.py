"""Composer, which turns YAML events into plain data with a tree of places.

Aliases are refused as they come and never followed, so a small file cannot grow into a large
one ("billion laughs"); nothing recurses, so a deep one cannot exhaust the stack.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from models.language.places import Place
from models.language.problem import Problem, Wording
from models.language.reading import refusals
from models.language.reading.characters import CONTROL, hidden_in
from models.language.reading.lookalikes import in_key, in_value, key_of
from models.language.scalars import resolve

Data = None | bool | int | float | str | list["Data"] | dict[str, "Data"]

_WORD: Final = re.compile(r"\S+")
_MOST_PROBLEMS: Final = 100
_KINDS: Final = {bool: ("yes or no", "是/否"), int: ("a number", "数字"), float: ("a number", "数字")}


class StopReading(Exception):  # noqa: N818 - like StopIteration: an end, not an error
    """What follows is not read; the reason is among the problems."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that has begun and not ended."""

    value: dict[str, Data] | list[Data]
    place: Place
    children: dict[str | int, Place]
    key: Place | None = None
    """Where the key stands whose value comes next; None while a key is expected."""
    name: str | None = None
    """The text of that key; None if its value is not to be kept."""


class Composer:
    """Consumes the events of one text, given as libyaml's parser."""

    def __init__(self, text: str, name: str) -> None:
        self.data: Data = None
        self.place: Place | None = None
        self.problems: list[Problem] = []
        self.slipped = False
        """Whether something was accepted that is surely a slip of the hand, e.g. a full-width colon."""
        self._text = text
        self._name = name
        self._open: list[_Open] = []
        self._nodes = 0

    def run(self, parser: Any, kinds: Any) -> None:
        """Consume all events; `StopReading` if something makes the rest meaningless."""
        actions = {
            kinds.ScalarEvent: self._scalar,
            kinds.MappingStartEvent: self._begin_mapping,
            kinds.SequenceStartEvent: self._begin_list,
            kinds.MappingEndEvent: self._end,
            kinds.SequenceEndEvent: self._end,
            kinds.AliasEvent: self._alias,
            kinds.DocumentStartEvent: self._document,
        }
        following, end = parser.get_event, kinds.StreamEndEvent
        while (event := following()) is not None and type(event) is not end:
            if action := actions.get(type(event)):
                action(event)

    def forget(self) -> None:
        """Drop the data, because half a file means something else than the whole."""
        self.data = self.place = None

    def _document(self, event: Any) -> None:
        if self.place is not None:
            self._refuse(refusals.SECOND_DOCUMENT, event.start_mark)
            raise StopReading
        if event.version or event.tags:
            self._refuse(refusals.DIRECTIVE, event.start_mark)

    def _scalar(self, event: Any) -> None:
        style = event.style or ""
        place = _place(event, style)
        self._refuse_properties(event)
        if style == '"' and (code := hidden_in(event.value)):
            self._say(CONTROL, place, code=code)
        self._add(event.value if style else resolve(event.value), place, event.value)

    def _alias(self, event: Any) -> None:
        self._refuse(refusals.ALIAS, event.start_mark)
        self._add("*", _place(event, "*"), "*")

    def _begin_mapping(self, event: Any) -> None:
        self._begin(event, {}, "{" if event.flow_style else ":")

    def _begin_list(self, event: Any) -> None:
        self._begin(event, [], "[" if event.flow_style else "-")

    def _begin(self, event: Any, value: dict[str, Data] | list[Data], style: str) -> None:
        if event.anchor or event.tag:
            self._refuse_properties(event)
        place = _place(event, style)
        place.children = {}
        self._add(value, place, "")
        if len(self._open) >= refusals.MOST_DEPTH:
            self._too_much(refusals.TOO_DEEP, place, refusals.MOST_DEPTH)
        self._open.append(_Open(value, place, place.children))

    def _end(self, event: Any) -> None:
        self._open.pop().place.end = event.end_mark.index

    def _add(self, value: Data, place: Place, text: str) -> None:
        """Put a node where it belongs: into the document, a list, or a mapping as key or value."""
        self._nodes += 1
        if self._nodes > refusals.MOST_NODES:
            self._too_much(refusals.TOO_MANY, place, refusals.MOST_NODES)
        if not self._open:
            self.data, self.place = value, place
            return
        parent = self._open[-1]
        if isinstance(parent.value, list):
            if not place.style and isinstance(value, str):
                self._check_value(value, place, parent)
            parent.children[len(parent.value)] = place
            parent.value.append(value)
        elif parent.key is None:
            parent.key = place
            parent.name = self._key(value, place, text, parent)
        else:
            if parent.name is not None:
                if not place.style and isinstance(value, str):
                    self._check_value(value, place, parent)
                place.key = parent.key
                parent.children[parent.name] = place
                parent.value[parent.name] = value
            parent.key = parent.name = None

    def _key(self, value: Data, place: Place, text: str, parent: _Open) -> str | None:
        """The name under which the next value is kept, None if it is not."""
        if isinstance(value, dict | list):
            self._say(refusals.KEY_COMPOUND, place)
            return None
        if text == "<<" and not place.style:
            self._say(refusals.MERGE, place)
            return None
        if not isinstance(value, str):
            kind, kind_zh = _KINDS.get(type(value), ("empty", "空值"))
            self._say(refusals.KEY_NOT_TEXT, place, key=text, kind=kind, kind_zh=kind_zh)
        elif not place.style and (wording := in_key(text)):
            self._slip(wording, place, text)
        first = parent.children.get(text)
        if first is not None and first.key is not None:
            self._say(refusals.DUPLICATE, place, key=text, first=first.key.line)
            return None
        return text

    def _check_value(self, value: str, place: Place, parent: _Open) -> None:
        below_key = parent.key is not None and place.line > parent.key.line
        if wording := in_value(value, parent.place.style, below_key=below_key):
            self._slip(wording, place, value)

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor:
            self._refuse(refusals.ANCHOR, event.start_mark)
        elif event.tag:
            self._refuse(refusals.TAG, event.start_mark)

    def _refuse(self, wording: Wording, mark: Any) -> None:
        word = _WORD.match(self._text, mark.index)
        found = word.group().rstrip(",]}") if word else ""
        self._note(wording, mark.line + 1, mark.column + 1, found=found)

    def _slip(self, wording: Wording, place: Place, text: str) -> None:
        self.slipped |= wording.severity == "error"
        self._say(wording, place, key=key_of(text), found=text[0])

    def _say(self, wording: Wording, place: Place, **values: object) -> None:
        self._note(wording, place.line, place.column, **values)

    def _note(self, wording: Wording, line: int, column: int, **values: object) -> None:
        self.problems.append(wording.at(self._name, line, column, **values))
        if len(self.problems) >= _MOST_PROBLEMS:
            # Something else is wrong with this file than a hundred things.
            self.forget()
            raise StopReading

    def _too_much(self, wording: Wording, place: Place, limit: int) -> None:
        self._say(wording, place, limit=limit)
        self.forget()
        raise StopReading


def _place(event: Any, style: str) -> Place:
    start = event.start_mark
    return Place(start.line + 1, start.column + 1, start.index, event.end_mark.index, style)
