"""What is new in mails as some thirty clients write them: from their bytes, through the reader of mails."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Final

from notifications.inbound.reading import read_bytes
from notifications.inbound.replies import NewPart, new_part
from tests.unit.inbound.clients.corpus import CLIENTS, corpus
from tests.unit.inbound.clients.judging import is_right, telling
from tests.unit.inbound.clients.writing import Written

SEED: Final = 20260310
EACH: Final = 12
LEAST: Final = 0.98
LEAST_OF_ONE_CLIENT: Final = 0.95

MAILS: Final = tuple(corpus(SEED, EACH))
HTML_ALONE: Final = tuple(written.without_plain() for written in MAILS if written.html)


def from_bytes(written: Written) -> tuple[str, NewPart]:
    mail = read_bytes(written.content())
    return mail.text, new_part(mail.text, mail.subject)


def from_plain_text(written: Written) -> tuple[str, NewPart]:
    text = written.plain or ""
    return text, new_part(text, written.subject)


def check(mails: Iterable[Written], found: Callable[[Written], tuple[str, NewPart]]) -> None:
    """Nearly all are right, and so are nearly all of each client; the others are told."""
    wrong: dict[str, list[str]] = defaultdict(list)
    total: Counter[str] = Counter()
    for written in mails:
        total[written.client] += 1
        text, part = found(written)
        if not is_right(written, part):
            wrong[written.client].append(telling(written, text, part))
    told = "\n".join(line for lines in wrong.values() for line in lines)
    share = 1 - sum(map(len, wrong.values())) / total.total()
    assert share >= LEAST, f"{share:.1%} of {total.total()} are right\n{told}"
    for client, lines in wrong.items():
        assert 1 - len(lines) / total[client] >= LEAST_OF_ONE_CLIENT, f"{client}\n{told}"


def test_the_mails_are_many_and_of_many_kinds() -> None:
    assert len(MAILS) >= 400
    assert len(HTML_ALONE) >= 200
    assert len({written.client for written in MAILS} - {"Habit", "Passed on"}) >= 30
    assert len(CLIENTS) >= 50
    assert {written.charset for written in MAILS} >= {"utf-8", "gbk", "gb2312", "gb18030", "big5", "us-ascii"}
    assert {written.coding for written in MAILS} == {"base64", "quoted-printable"}


def test_what_is_new_is_found_from_the_bytes_of_a_mail() -> None:
    check(MAILS, from_bytes)


def test_what_is_new_is_found_where_a_client_sends_html_alone() -> None:
    check(HTML_ALONE, from_bytes)


def test_what_is_new_is_found_in_plain_text_with_any_line_ends() -> None:
    check([written for written in MAILS if written.plain], from_plain_text)
