"""The runner of examples must notice what is wrong with them, or the others prove nothing."""

from pathlib import Path

import pytest

from tests.docs.fences import Fence, FenceError, examples
from tests.docs.session import Call, ExampleError, calls, matches, play


def console(text: str, **options: str) -> Fence:
    return Fence("console", options, text, 1)


def test_it_finds_examples_inside_lists_with_their_line() -> None:
    page = "1. Look:\n\n   ```console\n   $ duly --version\n   ```\n"

    assert examples(page) == [Fence("console", {}, "$ duly --version\n", 3)]


def test_it_runs_no_fragment_and_no_other_language() -> None:
    assert examples("```yaml fragment\na: 1\n```\n\n```text\n$ duly\n```\n\n```\nplain\n```\n") == []


def test_it_refuses_yaml_that_is_not_marked() -> None:
    with pytest.raises(FenceError, match="line 3: write ```yaml procedure"):
        examples("Text\n\n```yaml\na: 1\n```\n")


def test_it_refuses_a_word_it_does_not_know() -> None:
    with pytest.raises(FenceError, match="fragmnet"):
        examples("```yaml fragmnet\na: 1\n```\n")


@pytest.mark.parametrize(
    ("expected", "printed"),
    [
        ("a\nb\n", "a\nb\n"),
        ("a\n", "\na  \n\n"),
        ("a ... c\n", "a b c\n"),
        ("a\n...\nc\n", "a\nb\nb\nc\n"),
        ("a\n...\n", "a\n"),
        ("1 + 1? (yes)\n", "1 + 1? (yes)\n"),
        ("", ""),
    ],
)
def test_it_accepts_the_expected_output(expected: str, printed: str) -> None:
    assert matches(expected, printed)


@pytest.mark.parametrize(
    ("expected", "printed"),
    [
        ("a\n", "b\n"),
        ("a\n", "a\nb\n"),
        ("a\nb\n", "a\n"),
        ("a ... c\n", "a b\nb c\n"),
        ("", "a\n"),
        ("a.c\n", "abc\n"),
    ],
)
def test_it_refuses_any_other_output(expected: str, printed: str) -> None:
    assert not matches(expected, printed)


def test_it_reads_several_commands_from_a_fence() -> None:
    text = "$ duly check \\\n    a.yaml\nfine\n\n$ duly due\n"

    assert list(calls(text)) == [Call("duly check      a.yaml", "fine\n\n"), Call("duly due", "")]


def test_it_refuses_a_console_without_a_command(tmp_path: Path) -> None:
    with pytest.raises(ExampleError, match="begins with a line"):
        play(console("just output\n"), tmp_path)


def test_it_runs_nothing_but_duly(tmp_path: Path) -> None:
    with pytest.raises(ExampleError, match="only plain duly commands"):
        play(console("$ make demo\n"), tmp_path)


def test_it_shows_the_difference_between_page_and_program(tmp_path: Path) -> None:
    with pytest.raises(ExampleError, match=r"-duly 0\.0\.0\n\+duly "):
        play(console("$ duly --version\nduly 0.0.0\n"), tmp_path)


def test_it_expects_success_unless_the_fence_says_otherwise(tmp_path: Path) -> None:
    with pytest.raises(ExampleError, match="exit code 2, expected 0"):
        play(console("$ duly nothing\n...\n"), tmp_path)


def test_it_accepts_the_exit_code_that_the_fence_names(tmp_path: Path) -> None:
    play(console("$ duly --version\nduly ...\n$ duly nothing\n...\n", exit="2"), tmp_path)


def test_it_writes_a_file_for_the_examples_below(tmp_path: Path) -> None:
    play(Fence("yaml", {"file": "mine/a.yaml"}, "a: 1\n", 1), tmp_path)

    assert (tmp_path / "mine" / "a.yaml").read_text(encoding="utf-8") == "a: 1\n"
