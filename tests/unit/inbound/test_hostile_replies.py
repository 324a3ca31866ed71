"""A megabyte made to keep us busy takes no longer than any other."""

import time
from typing import Final

import pytest

from notifications.inbound.replies import MARKER, new_part

SIZE: Final = 1_000_000
MOST_SECONDS: Final = 20
"""Of processor time; a megabyte takes under three seconds on a slow machine, and what grows with its square, hours."""

HOSTILE: Final = {
    "nothing but line ends": "\n",
    "line ends of old Macs": "\r",
    "spaces": " ",
    "invisible characters": "\u200b",
    "one line of >": ">",
    "quoted lines": "> a\n",
    "quotes and gaps": "> a\n\n",
    "dashes": "-",
    "colons": ":",
    "angle brackets": "<",
    "signatures": "-- \n",
    "signatures of phones": "Sent from my iPhone\n",
    "a long signature of a phone": "Sent from my a ",
    "signatures above quotes": "发自我的iPhone\n> a\n",
    "rules and names": "_" * 32 + "\nabc@a\n",
    "cards": "| | a@b |\n",
    "fields": "From: a@b 1\n",
    "fields without an end": "From: a\nDate: b\n\n\nCc: c@d\n",
    "recipients": "From: a\n" + "x@y;\n" * 78,
    "dates in one line": "On 1 ",
    "dates": "在 2026年1月1日 ",
    "attributions without a date": "a wrote:\n",
    "attributions without a name": "在 2026年1月1日 写道：\n",
    "addresses": "<" + "a" * 100 + "@" + "b" * 200,
    "attributions that go on": "On 1 " + "a@" * 250 + "> wrote: \n",
    "words of QQ Mail": "original\n\n\n",
    "our own line": f"{MARKER}\n",
    "left-over entities": "&nbsp;",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_megabyte_is_parted_in_time(kind: str) -> None:
    text = HOSTILE[kind] * (SIZE // len(HOSTILE[kind]))
    start = time.process_time()
    new_part(text)
    assert time.process_time() - start < MOST_SECONDS
