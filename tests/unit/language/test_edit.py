"""Edits by a program: what changes changes, and everything else stays to the letter."""

from difflib import unified_diff
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.language.edit import EditError, edit
from models.language.source import read_text

TEXT = """\
# 开头的注释
procedure:   visitor   # spaced out
title: {zh: '来访', en: "Visitor"}   # 标题

steps:
  # 第一步
  - id: register    # the id
    kind: task
    who: [a,  b]
    within: 2 hours
    help: |
      多行
      文字

  - id: badge
    kind: task
    note:
    clock: 17:30
form:
    x: {type: text}
"""


def changed(changes: dict[tuple[str | int, ...], Any], text: str = TEXT) -> list[str]:
    """The lines taken away and put in, in the order of the file."""
    edited = edit(text, changes)
    lines = unified_diff(text.splitlines(), edited.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:3] not in ("---", "+++") and not line.startswith("@@")]


def test_it_returns_the_text_itself_when_nothing_changes() -> None:
    assert edit(TEXT, {}) == TEXT


@pytest.mark.parametrize(
    ("loc", "value", "line"),
    [
        (("procedure",), "guest", "procedure:   guest   # spaced out"),
        (("procedure",), "true", 'procedure:   "true"   # spaced out'),
        (("procedure",), "注意: 外传", 'procedure:   "注意: 外传"   # spaced out'),
        (("title", "zh"), "来访'", "title: {zh: '来访''', en: \"Visitor\"}   # 标题"),
        (("title", "en"), "A, b", "title: {zh: '来访', en: \"A, b\"}   # 标题"),
        (("steps", 0, "id"), "a", "  - id: a    # the id"),
        (("steps", 0, "who", 1), "c，d", '    who: [a,  "c，d"]'),
        (("steps", 1, "note"), "now", "    note: now"),
        (("steps", 1, "clock"), 5, "    clock: 5"),
        (("steps", 1, "clock"), True, "    clock: true"),
        (("steps", 1, "clock"), None, "    clock: null"),
        (("steps", 1, "clock"), "0571", "    clock: 0571"),
        (("steps", 1, "clock"), "571", '    clock: "571"'),
    ],
)
def test_it_replaces_a_scalar_in_its_place(loc: tuple[str | int, ...], value: object, line: str) -> None:
    taken, put = changed({loc: value})

    assert put == f"+{line}"
    assert taken.startswith("-" + line[:5])


@pytest.mark.parametrize(
    ("loc", "value", "lines"),
    [
        (("steps", 0, "help"), "新的\n两行\n", ["-      多行", "-      文字", "+      新的", "+      两行"]),
        (("steps", 0, "title"), "登记", ["+    title: 登记"]),
        (("steps", 0, "who"), ["c"], ["-    who: [a,  b]", "+    who:", "+      - c"]),
        (("steps", 2), {"id": "new", "kind": "task"}, ["+  - id: new", "+    kind: task"]),
        (("form", "y"), {"type": "text"}, ["+    y:", "+      type: text"]),
        (("about",), "two\nlines\n", ["+about: |", "+  two", "+  lines"]),
    ],
)
def test_it_changes_only_the_lines_of_a_larger_change(
    loc: tuple[str | int, ...], value: object, lines: list[str]
) -> None:
    assert changed({loc: value}) == lines


def test_it_puts_a_new_key_before_the_empty_line_after_its_block() -> None:
    edited = edit(TEXT, {("steps", 0, "title"): "登记"})

    assert "      文字\n    title: 登记\n\n  - id: badge" in edited


def test_it_makes_several_changes_at_once() -> None:
    assert changed({("procedure",): "guest", ("steps", 1, "clock"): 1, ("steps", 0, "title"): "登记"}) == [
        "-procedure:   visitor   # spaced out",
        "+procedure:   guest   # spaced out",
        "+    title: 登记",
        "-    clock: 17:30",
        "+    clock: 1",
    ]


@pytest.mark.parametrize("value", ["guest", {"zh": "a"}])
def test_it_keeps_windows_line_ends_and_the_byte_order_mark(value: object) -> None:
    windows = "\ufeff" + TEXT.replace("\n", "\r\n")

    assert edit(windows, {("procedure",): value}) == "\ufeff" + edit(TEXT, {("procedure",): value}).replace(
        "\n", "\r\n"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {("no", "such", "place"): 1},
        {("steps", 5): 1},
        {("steps", "x"): 1},
        {("steps", 0, 1): 1},
        {(): 1},
        {("about",): object()},
        {("about",): float("nan")},
        {("about",): "\x00"},
    ],
)
def test_it_refuses_what_cannot_be_set(changes: dict[tuple[str | int, ...], Any]) -> None:
    with pytest.raises(EditError):
        edit(TEXT, changes)


def test_it_keeps_a_tab_after_a_value_on_the_lines_it_does_not_touch() -> None:
    assert edit("a: 1\t\nb: 2\n", {("c",): [3]}) == "a: 1\t\nb: 2\nc:\n  - 3\n"


def test_it_says_so_when_the_layout_of_a_file_is_beyond_it() -> None:
    with pytest.raises(EditError, match="layout"):
        edit("a: # c\n|\n  x\n\nc: 1\n", {("d",): [1]})


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "a: [\n", "", "a：1\nb: 2\n"])
def test_it_refuses_a_file_with_errors(text: str) -> None:
    with pytest.raises(EditError):
        edit(text, {("a",): 1})


_LOCS = st.sampled_from(
    [("procedure",), ("title", "en"), ("steps", 0, "who"), ("steps", 0, "who", 0), ("steps", 1, "x"), ("steps", 2)]
)
_TEXTS = st.text(st.sampled_from("ab 1:#-'\"，：{}[]|>&*!%@`\\客“”\t?~"), max_size=6)
_VALUES = st.one_of(_TEXTS, st.integers(-99, 99), st.booleans(), st.none(), st.lists(_TEXTS, max_size=2))


@given(_LOCS, _VALUES)
@settings(max_examples=150, deadline=None)
def test_it_writes_any_value_so_that_it_is_read_back(loc: tuple[str | int, ...], value: Any) -> None:
    source = read_text(edit(TEXT, {loc: value}), "x.yaml")

    data: Any = source.data
    for part in loc:
        data = data[part]
    assert data == value
    assert not [problem for problem in source.problems if problem.severity == "error"]
    assert "# the id" in source.text
