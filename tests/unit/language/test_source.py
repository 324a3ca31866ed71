"""What the reader makes of a file: data, positions and problems."""

from pathlib import Path

import pytest

from models.language.source import read, read_bytes, read_text
from tests.unit.language.plan import found

PROCEDURE = """\
# yaml-language-server: $schema=schema/procedure.schema.json
procedure: complaint-handling
title: {zh: 客户投诉受理与处理, en: Complaint handling}
clauses: [7-4.2.2]
form:
  received_at: {type: datetime, title: 收到时间, required: true}
steps:
  # 第一步
  - id: forward
    kind: task
    title: 转交责任部门
    within: 1 hour
  - id: close
    note: |
      两行
      文字
    times: 2
"""


def test_it_reads_plain_data() -> None:
    source = read_text(PROCEDURE, "complaint.yaml")

    assert source.problems == ()
    assert source.data == {
        "procedure": "complaint-handling",
        "title": {"zh": "客户投诉受理与处理", "en": "Complaint handling"},
        "clauses": ["7-4.2.2"],
        "form": {"received_at": {"type": "datetime", "title": "收到时间", "required": True}},
        "steps": [
            {"id": "forward", "kind": "task", "title": "转交责任部门", "within": "1 hour"},
            {"id": "close", "note": "两行\n文字\n", "times": 2},
        ],
    }


@pytest.mark.parametrize(
    "text",
    [
        "17:30", "1:30", "on", "off", "yes", "no", "y", "N", "0o17", "0x1F", "0571", "1_000", "2026-02-13", "12e4",
        "1.", ".5", ".inf", "NaN", "110101199003078515", "7-4.2.2", "+", "1.10.2", "50 %",
    ],
)  # fmt: skip
def test_it_keeps_as_text_what_only_looks_like_something_else(text: str) -> None:
    assert read_text(f"value: {text}", "x.yaml").data == {"value": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None), ("0", 0), ("-12", -12),
        ("+3", 3), ("1.5", 1.5), ("-0.25", -0.25), ("1.5e3", 1500.0), ("999999999999999", 999999999999999),
    ],
)  # fmt: skip
def test_it_resolves_true_false_null_and_numbers(text: str, value: object) -> None:
    data = read_text(f"value: {text}", "x.yaml").data

    assert isinstance(data, dict)
    assert data["value"] == value
    assert type(data["value"]) is type(value)


@pytest.mark.parametrize("text", ["'true'", '"5"', "'~'", '"null"'])
def test_it_keeps_as_text_what_is_quoted(text: str) -> None:
    assert read_text(f"value: {text}", "x.yaml").data == {"value": text.strip("'\"")}


@pytest.mark.parametrize(
    ("loc", "key", "position"),
    [
        (("procedure",), False, (2, 12)),
        (("procedure",), True, (2, 1)),
        (("title", "en"), False, (3, 28)),
        (("title", "en"), True, (3, 24)),
        (("clauses", 0), False, (4, 11)),
        (("steps",), True, (7, 1)),
        (("steps", 0), False, (9, 5)),
        (("steps", 0, "title"), False, (11, 12)),
        (("steps", 1, "note"), False, (14, 11)),
        (("steps", 1, "times"), False, (17, 12)),
    ],
)
def test_it_knows_where_a_value_stands(loc: tuple[str | int, ...], key: bool, position: tuple[int, int]) -> None:
    assert read_text(PROCEDURE, "x.yaml").at(loc, key=key) == position


@pytest.mark.parametrize(
    ("loc", "position"),
    [
        (("steps", 0, "who", 3), (9, 5)),
        (("steps", 7), (9, 3)),
        (("unheard_of", "at", "all"), (2, 1)),
        ((), (2, 1)),
    ],
)
def test_it_points_at_the_closest_parent_of_what_is_missing(
    loc: tuple[str | int, ...], position: tuple[int, int]
) -> None:
    assert read_text(PROCEDURE, "x.yaml").at(loc) == position


def test_it_counts_lines_and_columns_alike_with_windows_line_ends_and_a_byte_order_mark() -> None:
    raw = b"\xef\xbb\xbf" + PROCEDURE.replace("\n", "\r\n").encode()

    source = read_bytes(raw, "x.yaml")

    assert source.problems == ()
    assert source.data == read_text(PROCEDURE, "x.yaml").data
    assert source.at(("steps", 1, "times")) == (17, 12)
    assert source.lines == PROCEDURE.split("\n")


def test_it_counts_a_character_beyond_the_basic_plane_as_one_column() -> None:
    assert read_text("a: {𠮷: 1, b: 2}", "x.yaml").at(("a", "b")) == (1, 14)


def test_it_reports_a_duplicate_key_with_the_line_of_the_first() -> None:
    source = read_text("a: 1\nb: 2\na: 3\n", "x.yaml")

    assert found(source) == [("DL005", 3, 1)]
    assert "line 1" in source.problems[0].message
    assert source.data == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a: &x 1", 4),
        ("a: !!str 1", 4),
        ("a: *x", 4),
        ("a:\n  <<: {b: 1}", 3),
        ("%YAML 1.1\n---\na: 1", 1),
        ("a: *.exe", 4),
    ],
)
def test_it_refuses_references_tags_and_merges(text: str, column: int) -> None:
    assert [(rule, at) for rule, _, at in found(read_text(text, "x.yaml"))] == [("DL006", column)]


@pytest.mark.parametrize("key", ["1", "true", "null", "1.5", "? [a]\n", "{a: b}"])
def test_it_refuses_keys_that_are_not_text(key: str) -> None:
    assert "DL015" in {rule for rule, _, _ in found(read_text(f"x: {{{key}: value}}\n", "x.yaml"))}


def test_it_refuses_a_second_document() -> None:
    source = read_text("a: 1\n---\nb: 2\n", "x.yaml")

    assert found(source) == [("DL001", 2, 1)]
    assert source.data == {"a": 1}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "   "])
def test_it_says_that_an_empty_file_is_empty(text: str) -> None:
    source = read_text(text, "x.yaml")

    assert found(source) == [("DL001", 1, 1)]
    assert "says nothing" in source.problems[0].message


def test_it_says_that_a_missing_file_cannot_be_opened(tmp_path: Path) -> None:
    source = read(tmp_path / "missing.yaml")

    assert found(source) == [("DL001", 1, 1)]
    assert source.data is None


def test_it_names_the_file_in_every_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\na: 2\n", encoding="utf-8")

    assert read(path).problems[0].path == path.as_posix()
