"""How much of a message is read. Beyond a bound it is cut, and the mail says so; the original keeps everything.

Together they hold the promise of two seconds and 256 MB for any message: each loop over hostile input runs against
one of them, and those that can be reached part after part are spent for the whole message and not for each part.
"""

from dataclasses import dataclass, field
from typing import Final

MESSAGE_BYTES: Final = 120_000_000
"""Of a message; what stands behind them is only counted and hashed."""
HEADER_BYTES: Final = 1_000_000
"""Of the header of the message; and as many of the headers of all its parts together."""
FIELDS: Final = 1_000
"""Header fields of the message."""
VALUE_BYTES: Final = 65_536
"""Of one header field."""
PARTS: Final = 1_000
DEPTH: Final = 20
"""Multiparts within multiparts."""
TEXT_BYTES: Final = 4_000_000
"""Encoded text, plain and HTML, of all parts together."""
TEXT: Final = 1_000_000
"""Characters of the text of a mail."""
TAGS: Final = 120_000
"""Of HTML, in all parts together."""
FILE_BYTES: Final = 80_000_000
"""Decoded, of all files together. A file that does not fit is listed without its content, never with half of it."""
LONE_CR_BYTES: Final = 30_000_000
"""Of a message whose lines end in CR alone: it is copied to be read."""
REPORT: Final = 65_536
"""Characters of a report, and of a returned message."""
NAME: Final = 255
"""Characters of the name of a file or of a mailbox."""
RECIPIENTS: Final = 1_000
IDENTIFIERS: Final = 100
TROUBLES: Final = 50


@dataclass(slots=True)
class Reading:
    """What is left of the bounds while one message is read, and what could not be read of it."""

    header_bytes: int = HEADER_BYTES
    text_bytes: int = TEXT_BYTES
    tags: int = TAGS
    file_bytes: int = FILE_BYTES
    troubles: dict[str, None] = field(default_factory=dict)

    def trouble(self, sentence: str) -> None:
        """Say once what could not be read: one sentence, Chinese."""
        if len(self.troubles) < TROUBLES:
            self.troubles.setdefault(sentence)
