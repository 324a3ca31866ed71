"""What a person would read of an HTML page, as text: lines, quotations, links; not what is hidden."""

import re
from typing import Final

from notifications.inbound.reading.bounds import Reading
from notifications.inbound.reading.html_tokens import Tag, tokens

_LINES: Final = re.compile(
    "address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|header|hr|html|li|main"
    "|nav|option|section|summary|tr"
)
_PARAGRAPHS: Final = re.compile("h[1-6]|ol|p|pre|table|ul")
_EMPTY: Final = re.compile("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr")
_ENDED_BY_NEXT: Final = re.compile("p|li|td|th|tr|option|dd|dt")
"""Their closing tag may be missing."""
_HIDDEN: Final = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?:font-size|max-height|opacity)\s*:\s*0(?![.\d]*[1-9]))",
    re.IGNORECASE,
)
_DEEPEST_QUOTE: Final = 10
_LINK: Final = 1_000


def text_of(page: str, reading: Reading) -> str:
    """The text; `reading` says how many tags may be read."""
    writer = _Writer()
    before = reading.tags
    for token in tokens(page, reading.tags):
        if isinstance(token, str):
            writer.words(token)
        else:
            reading.tags -= 1
            writer.tag(token)
    if before and reading.tags <= 0:
        reading.trouble("HTML 正文的标记过多，只读取其开头，其余在原件中保留")
    return writer.text()


class _Writer:
    """Lines as they grow."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._space = False
        self._quote = 0
        self._preformatted = 0
        self._hidden = ""  # the element that hides what is in it, and how many of its name are open
        self._hidden_depth = 0
        self._link = ""
        self._link_text: list[str] = []

    def text(self) -> str:
        """All that was written, without more than one empty line in a row."""
        self._break()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def words(self, text: str) -> None:
        """White space is one space, unless it is preformatted."""
        if self._hidden:
            return
        if self._preformatted:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self._write(first)
            for line in others:
                self._break()
                self._write(line)
            return
        words = " ".join(text.split())
        if not words:
            self._space = self._space or bool(text)
            return
        self._space = self._space or text[0].isspace()
        self._write(words)
        self._space = text[-1].isspace()

    def tag(self, tag: Tag) -> None:
        """Begin or end an element."""
        if self._hidden:
            self._still_hidden(tag)
        elif not tag.closing and not _EMPTY.fullmatch(tag.name) and _hides(tag):
            self._hidden, self._hidden_depth = tag.name, 1
        else:
            self._layout(tag)
            self._meaning(tag)

    def _still_hidden(self, tag: Tag) -> None:
        if tag.name == self._hidden:
            if not tag.closing and _ENDED_BY_NEXT.fullmatch(tag.name):
                self._hidden = ""
                self.tag(tag)
                return
            self._hidden_depth += -1 if tag.closing else 1
        if self._hidden_depth <= 0:
            self._hidden = ""

    def _layout(self, tag: Tag) -> None:
        if tag.name == "br":
            self._break(always=True)
        elif _LINES.fullmatch(tag.name):
            self._break()
        elif _PARAGRAPHS.fullmatch(tag.name):
            self._break()
            if self._lines and self._lines[-1].strip("> "):
                self._lines.append(self._prefix().rstrip())
        elif tag.name in {"td", "th"} and not tag.closing and self._line:
            self._write("\t")

    def _meaning(self, tag: Tag) -> None:
        step = -1 if tag.closing else 1
        match tag.name:
            case "blockquote":
                self._quote = max(self._quote + step, 0)
            case "pre":
                self._preformatted = max(self._preformatted + step, 0)
            case "a":
                self._anchor(tag)
            case "hr":
                self._write("-" * 10)
                self._break()
            case "li" if not tag.closing:
                self._write("- ")
            case "img" if tag.attributes.get("alt", "").strip():
                self._write(f"[{' '.join(tag.attributes['alt'].split())}]")

    def _anchor(self, tag: Tag) -> None:
        """A link follows its text, unless the text is the link."""
        link, text = self._link, "".join(self._link_text)
        if link and link.removeprefix("mailto:").rstrip("/") not in text:
            self._write(f" <{link}>")
        href = "" if tag.closing else "".join(tag.attributes.get("href", "").split())
        self._link = href[:_LINK] if href.lower().startswith(("http://", "https://", "mailto:")) else ""
        self._link_text = []

    def _write(self, text: str) -> None:
        if not text:
            return
        if self._space and self._line:
            text = f" {text}"
        self._space = False
        self._line.append(text)
        if self._link:
            self._link_text.append(text)

    def _break(self, *, always: bool = False) -> None:
        """End the line; an empty one only if it is asked for."""
        line = "".join(self._line).replace("\xa0", " ").rstrip()
        if line or always:
            self._lines.append((self._prefix() + line).rstrip())
        self._line = []
        self._space = False

    def _prefix(self) -> str:
        return "> " * min(self._quote, _DEEPEST_QUOTE)


def _hides(tag: Tag) -> bool:
    attributes = tag.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))
