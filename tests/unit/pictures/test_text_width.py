from hypothesis import given
from hypothesis import strategies as st

from engine.pictures.text_width import NOT_FIRST, clean, clip, columns, pad, width, wrap

TITLE = "重大投诉须先报告分管领导（报告即可，不必等批示）。The manager apologises，7-4.2.2"


def test_it_counts_a_chinese_character_as_one_em() -> None:
    assert width("转交责任部门") == 6


def test_it_counts_a_chinese_character_as_two_columns_and_a_joined_mark_as_none() -> None:
    assert width("转a\u0301👍\u200d", columns) == 5


def test_it_begins_no_line_with_closing_punctuation() -> None:
    assert [line for size in range(4, 20) for line in wrap(TITLE, size)[1:] if line[0] in NOT_FIRST] == []


def test_it_ends_no_line_with_an_opening_bracket() -> None:
    assert [line for size in range(4, 20) for line in wrap(TITLE, size) if line[-1] in "（「"] == []


def test_it_keeps_words_and_clauses_whole() -> None:
    assert wrap("the manager 7-4.2.2", 6) == ["the manager", "7-4.2.2"]


def test_it_breaks_a_word_that_is_longer_than_the_line() -> None:
    assert [len(line) for line in wrap("a" * 25, 10, measure=columns)] == [10, 10, 5]


def test_it_breaks_anywhere_in_a_text_of_nothing_but_commas() -> None:
    assert wrap("，" * 6, 4) == ["，，，，", "，，"]


def test_it_cuts_what_does_not_fit_on_the_last_line() -> None:
    assert wrap("一二三四五六七八九十", 4, lines=2) == ["一二三四", "五六七…"]


def test_it_leaves_out_what_cannot_be_drawn_and_what_turns_the_reading_direction() -> None:
    assert clean("a\x00b\x1b[1m\u202ec\ufffed\n e") == "ab[1mcd e"


def test_it_pads_by_columns() -> None:
    assert pad("转交", 6) == "转交  "


@given(st.text(max_size=80), st.floats(2, 30))
def test_it_loses_no_character_when_it_wraps(text: str, most: float) -> None:
    assert "".join(wrap(text, most)).replace(" ", "") == clean(text).replace(" ", "")


@given(st.text(max_size=80), st.integers(2, 30))
def test_no_line_is_wider_than_allowed(text: str, most: int) -> None:
    assert all(width(line, columns) <= most or len(clean(line)) == 1 for line in wrap(text, most, measure=columns))


@given(st.text(max_size=40), st.integers(1, 30))
def test_a_clipped_text_fits(text: str, most: int) -> None:
    assert width(clip(text, most, columns), columns) <= most
