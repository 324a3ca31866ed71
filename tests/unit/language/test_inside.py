"""Where a character of a value stands in the file, however the value is written."""

import pytest

from models.language.inside import line_and_column, offset
from models.language.source import read_text


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: x == foo\n", (1, 9)),
        ("a: 'x == ''foo'' and bar'\n", (1, 12)),
        ('a: "x == \\"foo\\" and\n  bar"\n', (1, 12)),
        ('a: "\\u5ba2 == foo"\n', (1, 15)),
        ('a: "x == \\\n  foo"\n', (2, 3)),
        ("a: >-\n  x ==\n  foo and bar\n", (3, 3)),
        ("a: |\n  x ==\n    foo\n", (3, 5)),
        ("a: x ==\n   foo\n", (2, 4)),
        ("a: 'x ==\n\n  foo'\n", (3, 3)),
        ("a: 客户 == foo\n", (1, 10)),
    ],
)
def test_it_finds_the_character_behind_quotes_escapes_and_folds(text: str, place: tuple[int, int]) -> None:
    source = read_text(text, "x.yaml")
    assert isinstance(source.data, dict)
    value, scalar = source.data["a"], source.place
    assert isinstance(value, str)
    assert scalar is not None
    assert scalar.children is not None

    found = offset(text, scalar.children["a"], value, value.index("foo"))

    assert line_and_column(text, found) == place


def test_the_end_of_a_value_is_the_last_it_points_to() -> None:
    text = "a: x == foo\n"
    place = read_text(text, "x.yaml").place
    assert place is not None
    assert place.children is not None

    assert offset(text, place.children["a"], "x == foo", 99) == len("a: x == foo")
