"""Lists of addresses (RFC 5322, 3.4), in one pass, with a depth that is counted and never entered.

Structure is read before encoded words are decoded, so that an encoded name cannot become an address. What can be read
in two ways, `<a@b> <c@d>` or `a@b@c`, is no address: who wrote a mail must not depend on who reads it.
"""

import re
from typing import Final

from notifications.inbound.mail import Mailbox
from notifications.inbound.reading.bounds import NAME
from notifications.inbound.reading.words import decoded

_PIECE: Final = re.compile(r'[^"(),:;<>\\]+|\\.|.', re.DOTALL)
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_COMMENT: Final = re.compile(r"[^()\\]+|\\.|.", re.DOTALL)
_ATOMS: Final = r'[^\s"(),:;<>@\[\\\]]'
_ADDRESS: Final = re.compile(rf'("[^"\r\n]{{1,64}}"|{_ATOMS}{{1,128}})@(\[[0-9A-Za-z:.]{{1,60}}\]|{_ATOMS}{{1,255}})')


def mailboxes(text: str) -> list[Mailbox]:
    """All of the list, each with an empty address where none can be read."""
    return _List(text).mailboxes


def address(text: str) -> str:
    """`local@domain` with the domain in lower case, if the text is that and nothing else; otherwise empty."""
    found = _ADDRESS.fullmatch(text.strip())
    if not found or decoded(found[0]) != found[0]:
        return ""
    return f"{found[1]}@{found[2].lower()}"


class _List:
    """Reads once through the text; each piece is words before, within and after the angle brackets."""

    def __init__(self, text: str) -> None:
        self.mailboxes: list[Mailbox] = []
        self._text = text
        self._clear()
        self._read()
        self._end()

    def _clear(self) -> None:
        self._words: list[str] = []
        self._angles: list[list[str]] = []
        self._comments: list[str] = []
        self._within = False

    def _read(self) -> None:
        place, unclosed = 0, False
        while place < len(self._text):
            character = self._text[place]
            if character == "(":
                place = self._comment(place)
                continue
            found = _QUOTED.match(self._text, place) if character == '"' and not unclosed else None
            unclosed = unclosed or (character == '"' and not found)
            found = found or _PIECE.match(self._text, place)
            if not found:
                return
            self._take(found[0])
            place = found.end()

    def _take(self, piece: str) -> None:
        match piece:
            case "," | ";" if not self._within:
                self._end()
            case ":" if not self._within:
                self._clear()  # the name of a group
            case "<":
                self._within = True
                self._angles.append([])
            case ">":
                self._within = False
            case _ if self._within:
                self._angles[-1].append(piece)
            case _:
                self._words.append(piece)

    def _comment(self, place: int) -> int:
        """Keep what stands in a comment; where it goes on. One that never ends takes the rest."""
        depth, begin = 0, place
        while place < len(self._text):
            found = _COMMENT.match(self._text, place)
            if not found:
                break
            place = found.end()
            depth += {"(": 1, ")": -1}.get(found[0], 0)
            if not depth:
                break
        self._comments.append(self._text[begin + 1 : place - 1])
        return place

    def _end(self) -> None:
        """A mailbox ends here, if there was one."""
        words = "".join(self._words).strip()
        if self._angles:
            inner = "".join(self._angles[0]).strip()
            route, colon, rest = inner.partition(":")
            known = address(rest if colon and route.startswith("@") else inner) if len(self._angles) == 1 else ""
            name = _plain(words) or _plain(" ".join(self._comments))
            self.mailboxes.append(Mailbox(name, known))
        elif words:
            known = address(words)
            self.mailboxes.append(Mailbox(_plain(" ".join(self._comments)) if known else _plain(words), known))
        self._clear()


def _plain(name: str) -> str:
    """A display name as a person reads it."""
    unquoted = re.sub(r'\\(.)|"', r"\1", name[: 4 * NAME])
    return " ".join(decoded(unquoted).split())[:NAME]
