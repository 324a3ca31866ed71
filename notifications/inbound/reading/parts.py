"""A message split into its parts (RFC 2046, 5.1) in one pass over its bytes, however deep they are nested."""

import re
from dataclasses import dataclass, field
from typing import Final

from notifications.inbound.reading.bounds import DEPTH, PARTS, Reading
from notifications.inbound.reading.fields import Fields, message_fields, read_fields
from notifications.inbound.reading.parameters import Parameters, parameters
from notifications.inbound.reading.source import Source, search

_TYPE: Final = re.compile(r"[\w!#$&^.+-]{1,100}/[\w!#$&^.+-]{1,100}", re.ASCII)
_FIRST_LINE: Final = re.compile(rb"(?:\A|\n)--([^\s-][^\r\n]{0,68}|-[^\r\n]{1,68}?)[ \t]*\r?\n")


@dataclass(slots=True)
class Part:
    """A part: its fields and where its content stands in the source; a multipart also its parts."""

    fields: Fields
    start: int
    end: int
    default: str = "text/plain"
    """Its type if it does not say one."""
    parts: list["Part"] = field(default_factory=list)
    content_type: Parameters = field(init=False)
    disposition: Parameters = field(init=False)
    type: str = field(init=False)

    def __post_init__(self) -> None:
        self.content_type = parameters(self.fields.first("content-type"))
        self.disposition = parameters(self.fields.first("content-disposition"))
        declared = _TYPE.match(self.content_type.value)
        if declared:
            self.type = declared[0]
        else:
            self.type = self.default if self.content_type.value in {"", "text"} else "application/octet-stream"

    @property
    def multipart(self) -> bool:
        """Whether it is made of other parts."""
        return self.type.startswith("multipart/")


def split(data: Source, reading: Reading) -> Part:
    """The whole message, as the part that holds all others."""
    fields, body = message_fields(data, reading)
    root = Part(fields, body, len(data))
    if root.multipart:
        _Splitter(data, root, reading).run()
    return root


class _Splitter:
    """Keeps the multiparts that are open, the outermost first, each with its boundary."""

    def __init__(self, data: Source, root: Part, reading: Reading) -> None:
        self._data = data
        self._reading = reading
        self._open: list[tuple[bytes, Part]] = []
        self._count = 0
        self._last: Part | None = None  # the part whose end has not been seen
        self._enter(root)

    def run(self) -> None:
        place = max(self._open[0][1].start - 1, 0) if self._open else len(self._data)
        while self._open:
            found = search(self._lines(), self._data, place)
            if not found:
                return
            line = found[0].strip()[2:]
            closing = all(line != boundary for boundary, _ in self._open)
            self._close(line[:-2] if closing else line, found.start(), closing=closing)
            place = found.end() if closing else self._begin(found.end())
            place = max(place - 1, found.start() + 1)  # the line end before a boundary belongs to it

    def _lines(self) -> re.Pattern[bytes]:
        """The lines that mean something now."""
        known = _any_of({boundary for boundary, _ in self._open})
        return re.compile(rb"\n--" + known + rb"(?=[-\s]|\Z)(?:--)?[ \t]{0,80}(?:\r?\n|\Z)")

    def _close(self, line: bytes, place: int, *, closing: bool) -> None:
        """What was open within the multipart of this boundary ends before it; of two equal ones the inner one."""
        end = place - (self._data[place - 1 : place] == b"\r")
        while True:
            boundary, part = self._open[-1]
            if self._last:
                self._last.end = max(end, self._last.start)
                self._last = None
            if boundary == line:
                break
            part.end = end
            self._open.pop()
        if closing:
            part.end = end
            self._open.pop()

    def _begin(self, start: int) -> int:
        """A part begins; where to look on."""
        parent = self._open[-1][1]
        fields, body, complete = read_fields(self._data, start, self._reading.header_bytes, self._reading)
        self._reading.header_bytes -= body - start
        self._count += 1
        if not complete or self._count > PARTS:
            self._reading.trouble(f"邮件的组成部分过多（多于 {self._count - 1} 个），其余在原件中保留")
            self._open.clear()
            return body
        default = "message/rfc822" if parent.type == "multipart/digest" else "text/plain"
        part = Part(fields, body, parent.end, default)
        parent.parts.append(part)
        if part.multipart:
            self._enter(part)
        else:
            self._last = part
        return body

    def _enter(self, part: Part) -> None:
        if len(self._open) >= DEPTH:
            self._reading.trouble(f"邮件的组成部分嵌套过深（多于 {DEPTH} 层），更深的在原件中保留")
            return
        declared = part.content_type.named.get("boundary", "") or part.content_type.get("boundary")
        boundary = declared.rstrip()[:200].encode("utf-8", "replace")
        if not boundary:
            line = _FIRST_LINE.search(self._data[part.start : part.start + 4096])
            boundary = line[1].rstrip() if line else b""
        if boundary:
            self._open.append((boundary, part))


def _any_of(words: set[bytes]) -> bytes:
    """A pattern for any of the words that compares no byte twice, so that hostile lines cost no more than others."""
    first, last = min(words), max(words)
    alike = next((place for place, byte in enumerate(first) if last[place] != byte), len(first))
    common = first[:alike]
    rests = {word[alike:] for word in words}
    if rests == {b""}:
        return re.escape(common)
    begins = {rest[:1] for rest in rests}
    branches = [_any_of({rest for rest in rests if rest[:1] == begin}) for begin in begins]
    return re.escape(common) + b"(?:" + b"|".join(sorted(branches, reverse=True)) + b")"
