"""Files made to break the reader: it never raises, and never works long."""

import json
import sys
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.language.problem import Problem
from models.language.source import Source, read_bytes, read_text

_LONGEST = 2.0
"""Seconds of processor time; the slowest takes a fifth of it on an idle machine."""

# Pieces of YAML, so that random texts get past the first line.
_PIECES = st.sampled_from(
    [
        "a", "id", ": ", "：", "- ", "-", "\n", "\n  ", "\n    ", "\t", "{", "}", "[", "]", ",", "，", '"', "'",
        "“", "”", "|", ">", "&x ", "*x", "!t ", "# ", "＃", "---\n", "...\n", "%YAML 1.1\n", "<<", "? ", "1", "~",
        "\r", "客", "\u3000", "\ufeff", "\u2028", "\x00", "\ud800", "@", "`", "\\", "－", "true",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=60).map("".join)))
@settings(max_examples=400, deadline=None)
def test_it_never_raises_for_a_text(text: str) -> None:
    source = read_text(text, "x.yaml")

    assert source.place is not None or source.problems
    assert all(_is_inside(problem, source) for problem in source.problems)


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_it_never_raises_for_bytes(raw: bytes) -> None:
    source = read_bytes(raw, "x.yaml")

    assert source.place is not None or source.problems


_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-999, 999), st.text("ab 客:#-'\"，：\n", max_size=8)),
    lambda children: st.one_of(st.lists(children, max_size=3), st.dictionaries(st.text("abc客", min_size=1), children)),
    max_leaves=12,
)


@given(_VALUES)
@settings(max_examples=200, deadline=None)
def test_it_reads_json_as_json(value: object) -> None:
    source = read_text(json.dumps({"key": value}, ensure_ascii=False, indent=1), "x.yaml")

    assert source.problems == ()
    assert source.data == {"key": value}


def _is_inside(problem: Problem, source: Source) -> bool:
    return 1 <= problem.line <= len(source.lines) + 1 and problem.column >= 1


_LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))
_COLONS = "{" + "a：，" * 50_000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_LAUGHS, id="billion laughs"),
        pytest.param("[" * 10_000, id="deep brackets"),
        pytest.param("{a: " * 10_000, id="deep braces"),
        pytest.param("- " * 10_000, id="deep lists"),
        pytest.param("? " * 10_000, id="deep keys"),
        pytest.param("\n".join(" " * depth + "a:" for depth in range(900)), id="deep indentation"),
        pytest.param("a: " + "x" * 600_000, id="a huge text"),
        pytest.param("a: " + "x" * 500_000, id="a text as large as a file may be"),
        pytest.param('"' + "a\n" * 200_000, id="a quote over all lines"),
        pytest.param("- a\n" * 80_000, id="many values"),
        pytest.param("- &a\n" * 80_000, id="many anchors"),
        pytest.param("\x00" * 500_000, id="many invisible characters"),
        pytest.param("\tx\n" * 150_000, id="many tabs"),
        pytest.param(_COLONS, id="many full-width colons"),
        pytest.param("a: “" + " : ：" * 60_000, id="a line of colons"),
        pytest.param((": “" * 300 + "\n") * 100, id="quotes and colons"),
        pytest.param("a" * 250_000 + "：", id="a huge key"),
        pytest.param("a: " + "9" * 100_000, id="a huge number"),
    ],
)
def test_it_gives_up_on_a_hostile_file_quickly(text: str) -> None:
    start = process_time()

    source = read_text(text, "x.yaml")

    assert process_time() - start < _LONGEST
    assert len(source.problems) <= 100
    assert all(len(problem.message) < 3_000 for problem in source.problems)


def test_it_does_not_recurse() -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(200)
    try:
        source = read_text("[" * 10_000, "x.yaml")
    finally:
        sys.setrecursionlimit(limit)

    assert [problem.rule for problem in source.problems] == ["DL007"]
