"""The content filter reads the officer's list anew each time, and fails where there is none."""

from pathlib import Path

import pytest

from tasks.filtering import FilterInputs, FilterOutputs, content_filter
from tasks.registered import WorkFailed
from tests.integration.tasks.sites import done


def filtered(folder: Path, words: Path | None, **inputs: str) -> FilterOutputs:
    return done(lambda tools: content_filter(FilterInputs(**inputs), tools), folder, word_list=words)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.txt"
    path.write_text("C5 黑店\nC7 免费领取\nincident 泄露\n", encoding="utf-8")
    return path


def test_a_plain_text_passes(tmp_path: Path, words: Path) -> None:
    assert filtered(tmp_path, words, title="通知", text="明日休息") == FilterOutputs(hit="none", names_incident=False)


def test_a_word_of_the_title_counts_as_one_of_the_text(tmp_path: Path, words: Path) -> None:
    found = filtered(tmp_path, words, title="免费领取", text="黑店，资料泄露")

    assert found == FilterOutputs(hit="C7", names_incident=True)


def test_a_new_word_counts_at_once(tmp_path: Path, words: Path) -> None:
    before = filtered(tmp_path, words, text="代开发票")
    words.write_text("C6 代开发票\n", encoding="utf-8")

    assert (before.hit, filtered(tmp_path, words, text="代开发票").hit) == ("none", "C6")


def test_without_a_list_nothing_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(WorkFailed, match=r"machines\.word_list"):
        filtered(tmp_path, None, text="明日休息")


@pytest.mark.parametrize("content", ["C9 词\n", None])
def test_a_list_that_cannot_be_used_passes_nothing(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "bad.txt"
    if content:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(WorkFailed, match=r"bad\.txt"):
        filtered(tmp_path, path, text="明日休息")
