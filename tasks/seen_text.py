"""Seen text: what a reader sees of an HTML page, in one pass.

Every character is looked at once, whatever the page is: Python's own parser takes hours for a megabyte of `<!--`. It
knows no CSS, so what a style hides counts as seen.
"""

import html
import re
from typing import Final

_RAW: Final = frozenset({"script", "style"})
"""Elements whose content is no markup and that end only with their own end tag."""

_UNSEEN: Final = frozenset({"template", "noscript"})

_TAG: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9-]{0,40})")
_END_OR_QUOTE: Final = re.compile(r">|=\s*([\"'])")
_RAW_END: Final = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


def seen_text(page: str) -> str:
    """The texts of a page one after another; a mark that does not end hides the rest, as it does in a browser.

    Raises `ValueError` for a reference to a character beyond all numbers.
    """
    seen: list[str] = []
    at, hidden = 0, 0
    while (mark := page.find("<", at)) >= 0:
        if not hidden:
            seen.append(page[at:mark])
        tag = _TAG.match(page, mark)
        name = tag[1].lower() if tag else ""
        at = _after(page, mark, tag)
        closes = page.startswith("</", mark)
        if name in _RAW and not closes:
            end = _RAW_END[name].search(page, at)
            at = end.start() if end else len(page)
        elif name in _UNSEEN:
            hidden = max(0, hidden - 1) if closes else hidden + 1
        elif at == mark + 1 and not hidden:
            seen.append("<")
    if not hidden:
        seen.append(page[at:])
    return html.unescape("".join(seen))


def _after(page: str, mark: int, tag: re.Match[str] | None) -> int:
    """Where a mark ends that begins with the `<` at `mark`; right behind it if it is none."""
    if tag is not None:
        return _tag_end(page, tag.end())
    for start, stop in (("<!--", "-->"), ("<!", ">"), ("<?", ">"), ("</", ">")):
        if page.startswith(start, mark):
            end = page.find(stop, mark + len(start))
            return len(page) if end < 0 else end + len(stop)
    return mark + 1


def _tag_end(page: str, at: int) -> int:
    """Behind the `>` of a tag that is not inside a quoted value."""
    while found := _END_OR_QUOTE.search(page, at):
        if not found[1]:
            return found.end()
        close = page.find(found[1], found.end())
        if close < 0:
            break
        at = close + 1
    return len(page)
