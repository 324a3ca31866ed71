"""Slips of the hand: what libyaml rejects or misreads, said in words and with the right position."""

import pytest

from models.language.source import read_text


@pytest.mark.parametrize(
    ("text", "problem", "data"),
    [
        ("a: 1\ntitle：客户\nb: 2\n", ("DL002", 2, 6), {"a": 1, "title": "客户", "b": 2}),
        ("s:\n  - id：accept\n    kind: task\n", ("DL002", 2, 7), {"s": [{"id": "accept", "kind": "task"}]}),
        ("form：\n  a: 1\n", ("DL002", 1, 5), {"form": {"a": 1}}),
        ("a: {zh: 客户，en: x}\n", ("DL002", 1, 11), {"a": {"zh": "客户", "en": "x"}}),
        ("a: {zh：客户, en: x}\n", ("DL002", 1, 7), {"a": {"zh": "客户", "en": "x"}}),
        ("s:\n  －id: a\n    kind: t\n", ("DL002", 2, 3), {"s": [{"id": "a", "kind": "t"}]}),
        ("s:\n　　b: 1\n", ("DL002", 2, 1), {"s": {"b": 1}}),
        ("a: “客户: 投诉”\nb: 1\n", ("DL002", 1, 4), {"a": "客户: 投诉", "b": 1}),
        ("a: [b，c-1]\n", ("DL002", 1, 6), {"a": ["b", "c-1"]}),
        ("a: [c-1、d.e]\n", ("DL002", 1, 8), {"a": ["c-1", "d.e"]}),
        ("a: {b: 1, at: 09:00}\n", ("DL001", 1, 15), {"a": {"b": 1, "at": "09:00"}}),
        ("title: 受理: 电话  # 注释\nb: 1\n", ("DL001", 1, 8), {"title": "受理: 电话", "b": 1}),
        ("a: 1\n＃ 注释\n", ("DL002", 2, 1), {"a": 1}),
        ("a: 1\nid:accept\nb: 1\n", ("DL001", 2, 3), {"a": 1, "id": "accept", "b": 1}),
        ("s:\n  - id: a\n  -id: b\n", ("DL001", 3, 3), {"s": [{"id": "a"}, {"id": "b"}]}),
        ("a:\n\tb: 1\n", ("DL003", 2, 1), {"a": {"b": 1}}),
    ],
)
def test_it_reads_on_as_if_the_slip_were_not_there(text: str, problem: tuple[str, int, int], data: object) -> None:
    source = read_text(text, "x.yaml")

    assert [(one.rule, one.line, one.column) for one in source.problems] == [problem]
    assert source.data == data


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\n  b: 2\nc: 3\n", ("DL004", 2, 3)),
        ("a:\n    b: 1\n  c: 2\n", ("DL004", 3, 3)),
        ("s:\n  - id: a\n     kind: t\n", ("DL004", 3, 6)),
        ("s:\n  - id: a\n   kind: t\n", ("DL004", 3, 4)),
        ("a:\n  - b\n  c: d\n", ("DL004", 3, 3)),
        ("a:\n  c: d\n  - b\n", ("DL004", 3, 3)),
        ('a: "abc\nb: 1\n', ("DL001", 1, 4)),
        ("a: 'abc\nb: 1\n", ("DL001", 1, 4)),
        ("a: {b: 1, c: 2\nd: 3\n", ("DL001", 1, 4)),
        ("a: [b, c\nd: 3\n", ("DL001", 1, 4)),
        ("a: [b,, c]\n", ("DL001", 1, 7)),
        ("a: @x\n", ("DL001", 1, 4)),
        ('a: "C:\\q"\n', ("DL001", 1, 7)),
        ("a: - b\n", ("DL001", 1, 4)),
        ('a: "x" y\n', ("DL001", 1, 8)),
        ("a: 1\nhello\nb: 2\n", ("DL001", 2, 1)),
        ("a: > 3 days\n", ("DL001", 1, 4)),
    ],
)
def test_it_says_why_a_file_cannot_be_read(text: str, problem: tuple[str, int, int]) -> None:
    source = read_text(text, "x.yaml")

    assert [(one.rule, one.line, one.column) for one in source.problems] == [problem]
    assert source.data is None
    assert "cannot be read as YAML" not in source.problems[0].message


def test_it_finds_the_slips_of_all_lines_at_once() -> None:
    text = "title：客户\nform:\n\ta: 1\nsteps:\n  － id: a\n  - id:b\n    kind: task\n"

    assert [(one.rule, one.line) for one in read_text(text, "x.yaml").problems] == [
        ("DL002", 1),
        ("DL003", 3),
        ("DL002", 5),
        ("DL001", 6),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("who:\n  role：abc\n", ("DL002", "error")),
        ("clauses: [7-4.2.2，7-4.2.3]\n", ("DL002", "error")),
        ("who: [张三，李四]\n", ("DL002", "warning")),
        ("kind: “task”\n", ("DL002", "warning")),
        ("who: ［a, b］\n", ("DL002", "error")),
        ("-id: a\n", ("DL001", "error")),
        ("— id: a\n", ("DL002", "error")),
    ],
)
def test_it_suspects_legal_yaml_that_cannot_be_meant(text: str, problem: tuple[str, str]) -> None:
    assert [(one.rule, one.severity) for one in read_text(text, "x.yaml").problems] == [problem]


@pytest.mark.parametrize(
    "text",
    [
        "note: 注意：不得外传，违者处理\n",
        "note: IP：10.0.0.1\n",
        "note: “十四五”规划与“双碳”\n",
        'who: "［a］"\n',
        "note: |\n  id：accept\n  -id: x\n  \ttab\n",
        "title: {zh: 客户投诉，受理, en: x}\n",
        "link: http://intranet/a：b\n",
        "list:\n  - VPN：关闭\n  - 检查：完成\n",
    ],
)
def test_it_leaves_prose_alone(text: str) -> None:
    assert read_text(text, "x.yaml").problems == ()
