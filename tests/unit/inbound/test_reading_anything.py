"""Whatever the bytes are, a mail comes of them, and it keeps what `Mail` promises."""

import os
from itertools import islice
from pathlib import Path
from random import Random
from time import process_time
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from notifications.inbound.mail import Mail
from notifications.inbound.reading import read_bytes, read_mail
from notifications.inbound.reading.bounds import IDENTIFIERS, RECIPIENTS, REPORT, TEXT
from notifications.inbound.reading.html_tokens import tokens
from notifications.inbound.reading.message import UNREAD
from tests.unit.inbound.mutated_mails import SAMPLES, mutated

FUZZED: Final = int(os.environ.get("DULY_FUZZED_MAILS", "3000"))
"""The benchmark reads 100,000."""
_CORPUS: Final = Path(__file__).parents[4] / "shared/corpus/mail"


def kept(mail: Mail) -> bool:
    """Whether a mail is as `Mail` says it is."""
    lines = [mail.subject, mail.sender.name, mail.sender.address, mail.message_id, *mail.recipients, *mail.references]
    lines += [value for _, value in mail.headers] + [file.name for file in mail.files]
    texts = [mail.text, mail.returned, *(report.text for report in mail.reports)]
    "".join((*lines, *texts, mail.type)).encode()  # nothing that a database could not take
    return (
        not any(UNREAD in trouble for trouble in mail.troubles)
        and not any(character < " " or "\u202a" <= character <= "\u202e" for line in lines for character in line)
        and not any("\0" in text for text in texts)
        and "\r" not in mail.text
        and len(mail.text) <= TEXT
        and all(len(text) <= REPORT for text in texts[1:])
        and len(mail.recipients) == len(set(mail.recipients)) <= RECIPIENTS
        and len(mail.references) <= IDENTIFIERS
        and (mail.date is None or mail.date.tzinfo is not None)
    )


def test_no_mutated_mail_is_left_unread() -> None:
    random = Random(20260302)  # noqa: S311 - the same messages for everybody
    slowest = 0.0
    for message in islice(mutated(random), FUZZED):
        begin = process_time()
        mail = read_bytes(message)
        slowest = max(slowest, process_time() - begin)
        assert kept(mail), message
    assert slowest < 2


@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_mail(content: bytes) -> None:
    mail = read_bytes(content)
    assert kept(mail)
    assert mail.size == len(content)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_header_and_any_page_are_read(value: str, page: str) -> None:
    header = f"From: {value}\nSubject: {value}\nContent-Type: text/html; {value}\n\n".encode("utf-8", "surrogatepass")
    assert kept(read_bytes(header + page.encode("utf-8", "surrogatepass")))


@given(
    st.lists(st.sampled_from(["<", ">", "</", "<!--", "-->", "<a ", "'", '"', "=", "script", "a", " ", "&lt;", "<p>"]))
)
def test_tokens_of_html_end_and_keep_texts_in_order(pieces: list[str]) -> None:
    texts = [token for token in tokens("".join(pieces), 1_000) if isinstance(token, str)]
    assert sum(len(text) for text in texts) <= len("".join(pieces))


def test_a_file_and_its_bytes_are_the_same_mail(tmp_path: Path) -> None:
    original = tmp_path / "mail.eml"
    for sample in (*SAMPLES, b""):
        original.write_bytes(sample)
        assert read_mail(original) == read_bytes(sample)


def test_public_mails_are_all_read_where_they_are_there() -> None:
    files = [path for path in sorted(_CORPUS.rglob("*")) if path.is_file()]
    mails = [read_bytes(sample) for sample in SAMPLES]
    for path in files:
        begin = process_time()
        mails.append(read_mail(path))
        assert process_time() - begin < 2, path
    assert all(kept(mail) for mail in mails)
    assert sum(bool(mail.text.strip()) for mail in mails) > 0.8 * len(mails)
