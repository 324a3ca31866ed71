"""Message identifiers (RFC 5322, 3.6.4), also as they should not be written."""

import re
from typing import Final

from notifications.inbound.reading.bounds import IDENTIFIERS
from notifications.inbound.reading.words import one_line

_BRACKETED: Final = re.compile(r"<([^<>]{1,998})>")


def identifiers(values: list[str]) -> tuple[str, ...]:
    """Each `<left@right>` once, in order. Of more than a hundred, the first and the last ones: the ends of a thread."""
    found: dict[str, None] = {}
    for value in values:
        bracketed = [match[1] for match in _BRACKETED.finditer(value)]
        for bare in bracketed or [word for word in value.split() if "@" in word]:
            identifier = "".join(one_line(bare).split()).strip("<>")[:998]
            if identifier:
                found.setdefault(f"<{identifier}>")
    known = tuple(found)
    return known if len(known) <= IDENTIFIERS else (known[0], *known[1 - IDENTIFIERS :])
