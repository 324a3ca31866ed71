"""Two seconds and 256 MB for any message: each of these is read by a process of its own that may not have more."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from notifications.inbound.reading import read_bytes
from notifications.inbound.reading.bounds import FILE_BYTES, IDENTIFIERS, PARTS, RECIPIENTS, TEXT
from notifications.inbound.reading.message import UNREAD
from tests.unit.inbound.hostile_mails import HOSTILE, multipart

_ROOT: Final = Path(__file__).parents[3]
_SECONDS: Final = 2.0
"""Of a processor: on a machine with others on it, the clock on the wall tells how busy they are. The quickest of a few
readings counts: others make a processor slower, never quicker."""
_READINGS: Final = 4
_MEMORY: Final = 256_000_000
_READ: Final = """\
import resource, sys, time
from pathlib import Path
from notifications.inbound.reading import read_mail
resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[2]), int(sys.argv[2])))
seconds = float("inf")
for _ in range(int(sys.argv[4])):
    begin = time.process_time()
    mail = read_mail(Path(sys.argv[1]))
    seconds = min(seconds, time.process_time() - begin)
    if seconds < float(sys.argv[3]):
        break
kilobytes = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
print(seconds, kilobytes, *mail.troubles, sep="\\n")
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_message_costs_two_seconds_and_256_mb_at_most(name: str, tmp_path: Path) -> None:
    original = tmp_path / "hostile.eml"
    original.write_bytes(HOSTILE[name]())
    read = subprocess.run(
        [sys.executable, "-c", _READ, str(original), str(_MEMORY), str(_SECONDS), str(_READINGS)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    original.unlink()
    assert read.returncode == 0, read.stderr
    seconds, kilobytes, *troubles = read.stdout.splitlines()
    assert float(seconds) < _SECONDS
    assert int(kilobytes) * 1024 < _MEMORY
    assert not any(UNREAD in trouble for trouble in troubles)


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("100 MB in one line", "正文过长"),
        ("a header of 10 MB", "邮件头过长"),
        ("100,000 headers", "邮件头过长"),
        ("10,000 recipients", "收件人过多"),
        ("5,000 multiparts in each other", "嵌套过深"),
        ("100,000 parts", "组成部分过多"),
        ("HTML: lines", "标记过多"),
        ("lone CR", "单个回车"),
    ],
)
def test_what_is_cut_is_said_and_stands_in_the_original(name: str, trouble: str) -> None:
    told = [one for one in read_bytes(HOSTILE[name]()).troubles if trouble in one]
    assert told
    assert all("原件中保留" in one for one in told)


def test_lists_end_somewhere() -> None:
    recipients = b"To: " + b", ".join(b"u%d@x.cn" % number for number in range(3_000)) + b"\r\n"
    references = b"References: " + b" ".join(b"<%d@x.cn>" % number for number in range(500)) + b"\r\n"
    mail = read_bytes(recipients + references + b"\r\n" + b"x" * (TEXT + 1))
    assert (len(mail.recipients), len(mail.references), len(mail.text)) == (RECIPIENTS, IDENTIFIERS, TEXT)
    assert (mail.references[0], mail.references[-1]) == ("<0@x.cn>", "<499@x.cn>")
    assert len(read_bytes(multipart([b"Content-Type: a/b\r\n\r\n"] * (PARTS + 1))).files) == PARTS


def test_a_file_that_does_not_fit_is_listed_without_half_of_it() -> None:
    file = b"Content-Type: application/pdf; name=%s.pdf\r\n\r\n%s"
    half = b"x" * (FILE_BYTES // 2)
    mail = read_bytes(multipart([file % (b"one", half), file % (b"two", half + b"x"), file % (b"three", b"y")]))
    assert [(one.name, len(one.content)) for one in mail.files] == [
        ("one.pdf", len(half)),
        ("two.pdf", 0),
        ("three.pdf", 1),
    ]
    assert "附件“two.pdf”过大，没有取出，在原件中保留" in mail.troubles
