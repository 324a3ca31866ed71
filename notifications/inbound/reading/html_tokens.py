"""HTML as a row of texts and tags, in time linear in its length whatever it is.

The parser of the standard library needs minutes for some pages of 200 KB (an unclosed `<!--` or `<a `, repeated); no
tree is needed here, and a mail is nobody's page to be repaired.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:_-]{0,40})")
_QUOTE_OR_END: Final = re.compile(r"=\s*([\"'])|>")
_ATTRIBUTE: Final = re.compile(r"([a-zA-Z-]{1,40})(?:\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_NUMBER: Final = re.compile(r"&#[0-9]{8}[0-9]*|&#[xX][0-9a-fA-F]{7}[0-9a-fA-F]*")
_SOURCE_ONLY: Final = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "svg"})
"""What stands between these tags is no markup, and not to be read either."""
_TAG_LENGTH: Final = 4_000


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that begins or ends an element, its name and attributes' names in lower case."""

    name: str
    closing: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def tokens(page: str, most: int) -> Iterator[str | Tag]:
    """Texts with their entities replaced, and at most so many tags; what is cut off by that is not read."""
    place, count = 0, 0
    unclosed: set[str] = set()  # quotes that do not come again, so that they are not searched for again
    while place < len(page):
        opens = page.find("<", place)
        if opens < 0 or count >= most:
            yield entities(page[place:] if opens < 0 else page[place:opens])
            return
        if opens > place:
            yield entities(page[place:opens])
        count += 1
        tag = _TAG.match(page, opens)
        if not tag:
            place = _after_declaration(page, opens)
            if place == opens + 1:
                yield "<"
            continue
        place = _after_tag(page, tag.end(), unclosed)
        name = tag[2].lower()
        if not tag[1] and name in _SOURCE_ONLY:
            place = _after_source(page, place, name)
        else:
            yield Tag(name, bool(tag[1]), {} if tag[1] else _attributes(page[tag.end() : place]))


def entities(text: str) -> str:
    """`&lt;` and its kin replaced; numbers beyond all characters too, which `html.unescape` cannot take."""
    return unescape(_NUMBER.sub("\ufffd", text)) if "&" in text else text


def _after_declaration(page: str, opens: int) -> int:
    """After a comment or a declaration; one that never ends takes the rest, as in a browser."""
    if page.startswith("<!--", opens):
        end, length = page.find("-->", opens + 4), 3
    elif page[opens + 1 : opens + 2] in {"!", "?", "/"}:
        end, length = page.find(">", opens), 1
    else:
        return opens + 1  # a plain <
    return len(page) if end < 0 else end + length


def _after_tag(page: str, place: int, unclosed: set[str]) -> int:
    while True:
        found = _QUOTE_OR_END.search(page, place)
        if not found:
            return len(page)
        place = found.end()
        quote = found[1]
        if not quote:
            return place
        if quote not in unclosed:
            close = page.find(quote, place)
            if close < 0:
                unclosed.add(quote)
            else:
                place = close + 1


def _after_source(page: str, place: int, name: str) -> int:
    end = re.compile(f"</{name}[^>]*>?", re.IGNORECASE).search(page, place)
    return end.end() if end else len(page)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text[:_TAG_LENGTH]):
        found.setdefault(name.lower(), entities(double or single or bare))
    return found
