"""Recipients in a report of plain words: the address, and what stands below it until the next one."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from notifications.inbound.bounces.codes import Found, address_in, addresses, has_code, one_line, status_in
from notifications.inbound.bounces.dialects import LABELS, Verdict
from notifications.inbound.bounces.values import MOST_FAILURES, Failure
from notifications.inbound.mail import Mail
from notifications.inbound.senders import bare, local_part

MOST_LINES: Final = 400
MOST_LINE: Final = 2000
MOST_SEEN: Final = 1000
"""Addresses that are looked at."""
MOST_BELOW: Final = 40
"""Lines after the address in which its diagnosis may stand."""

DECORATION: Final = " \t<>*-•·|\"'“”「」【[(:：>"
"""What may stand before an address that opens its line."""
MARKS: Final = " \t:：>-*•·|."
"""What may stand before words."""


def failures_told(mail: Mail, lines: Sequence[str], verdict: Verdict, written_to: Sequence[str]) -> tuple[Failure, ...]:
    """What became of each recipient the words name; one without an address where they name none.

    Args:
        mail: the report.
        lines: its text, without the copy of the mail it is about.
        verdict: what its words say of all of them.
        written_to: To of the mail it is about, where that is known.
    """
    lines = [line[:MOST_LINE] for line in lines[:MOST_LINES]] or [""]
    named = _named(mail, lines, written_to)
    starts = sorted(number for _, number in named if number is not None)
    found: dict[str, Failure] = {}
    for address, number in named[:MOST_FAILURES]:
        first = 0 if number is None else number
        end = next((start for start in starts if start > first), len(lines))
        status, diagnosis = _said(lines[first : min(end, first + MOST_BELOW)], address)
        if not diagnosis and first:
            diagnosis = _words(lines[first - 1])  # Notes gives the reason above the address
        found.setdefault(address, Failure(address, status, verdict, diagnosis))
    return tuple(found.values())


def _named(mail: Mail, lines: Sequence[str], written_to: Sequence[str]) -> list[tuple[str, int | None]]:
    """Addresses of recipients and their lines, by the surest sign that there is any of."""
    headers = ",".join(mail.all_of("x-failed-recipients"))[:MOST_LINE]
    sure = [address for part in headers.split(",") if (address := address_in(part))]
    if sure := sure[:MOST_FAILURES]:
        return [(address, _line_of(address, lines)) for address in sure]
    own = {mail.sender.address.lower(), *mail.recipients}
    seen = list(islice(_all(lines), MOST_SEEN))
    others = [one for one in seen if not _is_own(one[2], own)]
    found = (
        _pick(others, _opens)
        or _pick(others, _labelled)
        or [(address, _line_of(address, lines)) for address in written_to if len(written_to) == 1]
        or _pick(seen, _opens)
        or _pick(seen, _labelled)
    )
    first = {address: (address, number) for address, number in reversed(found)}
    return list(first.values())[::-1] or [("", None)]


def _pick(seen: Sequence[tuple[int, str, Found]], sign: Callable[[str, Found], bool]) -> list[tuple[str, int | None]]:
    return [(one.address, number) for number, line, one in seen if sign(line, one)]


def _all(lines: Sequence[str]) -> Iterator[tuple[int, str, Found]]:
    for number, line in enumerate(lines):
        for one in addresses(line):
            yield number, line, one


def _is_own(one: Found, own: set[str]) -> bool:
    return one.address.lower() in own or bare(local_part(one.address)) in {"postmaster", "mailerdaemon"}


def _opens(line: str, one: Found) -> bool:
    return not line[: one.start].strip(DECORATION)


def _labelled(line: str, one: Found) -> bool:
    before = line[max(0, one.start - 60) : one.start].lower()
    return any(label in before for label in LABELS) and "from" not in before[-12:]


def _line_of(address: str, lines: Sequence[str]) -> int | None:
    return next((number for number, line in enumerate(lines) if address in line), None)


def _said(lines: Sequence[str], address: str) -> tuple[str, str]:
    """Status and diagnosis: from the first line with a code on, else the first words at and below the address."""
    number = next((number for number, line in enumerate(lines) if has_code(line.replace(address, ""))), None)
    if number is None:
        before, _, after = lines[0].partition(address) if address else ("", "", lines[0])
        texts = [after, *lines[1:], before.rstrip(MARKS)]
        return "", next((words for line in texts if (words := _words(line))), "")
    paragraph: list[str] = []
    for line in lines[number : number + 8]:
        if not line.strip():
            break
        paragraph.append(line.strip())
    text = " ".join(paragraph)
    status = status_in(text) or status_in("\n".join(lines))
    return "" if status.startswith("2") else status, one_line(text).lstrip(MARKS)


def _words(line: str) -> str:
    """A line that says something: no rule, no heading, no date of an attempt; else empty."""
    plain = one_line(line).lstrip(MARKS)
    heading = plain.endswith((":", "：", " to", " follows.", " follows")) or line.lstrip().startswith(
        ("--", "==", "**")
    )
    return "" if heading or plain.startswith("on ") or not any(letter.isalpha() for letter in plain) else plain
