"""ruamel.yaml's round trip, for edits that are larger than one scalar.

It keeps comments and quoting, but not every space. So the file is written twice, without and
with the change, and only the lines in which the two differ are carried over to the original.
"""

import re
from collections.abc import Mapping
from io import StringIO
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from models.language.changed_lines import carry_over
from models.language.places import Place
from models.language.source import Source, read_text

Changes = Mapping[tuple[str | int, ...], object]

_NO_WRAPPING: Final = 1 << 20
_TAB_AT_END: Final = re.compile(r"[ \t]*\t[ \t]*$", re.MULTILINE)

ROUND_TRIP_ERRORS: Final = (YAMLError, NotImplementedError)
"""What ruamel.yaml raises for the few files and values that libyaml reads and it does not."""


def round_trip(text: str, source: Source, changes: Changes) -> str:
    """The text with the changes made, all other lines as they were."""
    yaml, body = _yaml(source), _body(source)
    before = _dump(yaml, yaml.load(body))
    original = source.text.replace("\r\n", "\n")
    return _as_it_was(text, source, carry_over(original, before, _rewritten(yaml, body, changes)))


def rewrite(text: str, source: Source, changes: Changes) -> str:
    """The same in ruamel.yaml's own layout, for a file in which no line can be changed alone."""
    return _as_it_was(text, source, _rewritten(_yaml(source), _body(source), changes))


def _yaml(source: Source) -> Any:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _NO_WRAPPING
    yaml.indent(**_indentation(source.place))
    return yaml


def _body(source: Source) -> str:
    # ruamel.yaml, unlike libyaml, does not read a tab after a value, which a paste from a table leaves.
    return _TAB_AT_END.sub("", source.text.replace("\r\n", "\n"))


def _rewritten(yaml: Any, body: str, changes: Changes) -> str:
    document = yaml.load(body)
    for loc, value in changes.items():
        apply(document, loc, _styled(value))
    return _dump(yaml, document)


def _as_it_was(text: str, source: Source, edited: str) -> str:
    """With the byte order mark and line ends of the original."""
    mark = text[: len(text) - len(source.text)]
    return mark + (edited.replace("\n", "\r\n") if "\r\n" in text else edited)


def apply(data: Any, loc: tuple[str | int, ...], value: object) -> None:
    """Set a value deep in dicts and lists; an index equal to a list's length appends.

    Raises:
        KeyError, IndexError, TypeError: There is no such place.
    """
    if not loc:
        raise KeyError(loc)
    for part in loc[:-1]:
        data = data[part]
    last = loc[-1]
    if isinstance(data, dict) and not isinstance(last, str):
        raise TypeError(last)
    if isinstance(data, list) and last == len(data):
        data.append(value)
    else:
        data[last] = value


def _styled(value: Any) -> Any:
    """The value with its texts quoted where they need it, and as a block (`|`) if they have several lines."""
    if isinstance(value, Mapping):
        return {key: _styled(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_styled(item) for item in value]
    if isinstance(value, str):
        if "\n" in value:
            return LiteralScalarString(value)
        return value if can_stand_plain(value) else DoubleQuotedScalarString(value)
    return value


def can_stand_plain(text: str) -> bool:
    """Whether a text needs no quotes anywhere: between brackets and braces a plain text may hold the least."""
    trial = read_text(f"{{key: {text}, list: [{text}]}}", "")
    return trial.data == {"key": text, "list": [text]} and not trial.problems


def _indentation(root: Place | None) -> dict[str, int]:
    """How the file indents, from its first nested mapping and its first list below a key."""
    offset, mapping = 2, 2
    places = [root] if root else []
    for place in places:
        for child in (place.children or {}).values():
            places.append(child)
            if child.key is None or child.line == child.key.line:
                continue
            step = child.column - child.key.column
            if child.style == "-":
                return {"mapping": mapping, "sequence": step + 2, "offset": step}
            if child.style == ":" and step > 0:
                mapping = step
    return {"mapping": mapping, "sequence": offset + 2, "offset": offset}


def _dump(yaml: Any, document: Any) -> str:
    stream = StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()
