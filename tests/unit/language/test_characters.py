"""Encodings and characters: what a file may be saved as, and what nobody can see in it."""

import pytest

from models.language.source import read_bytes, read_text
from tests.unit.language.plan import found


def test_it_recognises_a_file_saved_as_gbk_and_reads_it_all_the_same() -> None:
    source = read_bytes("a: 1\ntitle: 客户投诉\n".encode("gb18030"), "x.yaml")

    assert found(source) == [("DL008", 2, 8)]
    assert "GB18030" in source.problems[0].message
    assert source.data == {"a": 1, "title": "客户投诉"}


@pytest.mark.parametrize("raw", ["a: 客".encode("utf-16"), b"a: \xff\xff\xff"])
def test_it_refuses_other_encodings(raw: bytes) -> None:
    assert "DL008" in {rule for rule, _, _ in found(read_bytes(raw, "x.yaml"))}


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x85", "\u2028", "\u200b", "\ufeff", "\u202e", "\ud800"])
def test_it_reports_characters_that_cannot_be_seen(sign: str) -> None:
    source = read_text(f"a: 1\nb: x{sign}y\n", "x.yaml")

    assert found(source) == [("DL001", 2, 5)]
    assert f"U+{ord(sign):04X}" in source.problems[0].message


@pytest.mark.parametrize("escape", ["\\0", "\\x07", "\\u202e", "\\u200b"])
def test_it_reports_characters_that_an_escape_would_hide(escape: str) -> None:
    assert found(read_text(f'a: "x{escape}"\n', "x.yaml")) == [("DL001", 1, 4)]
