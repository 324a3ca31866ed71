"""What a reader sees of a page, and pages made to keep a worker busy for ever."""

import pytest

from tasks.seen_text import seen_text


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("<p>甲</p><p>乙</p>", "甲乙"),
        ("甲<br/>乙", "甲乙"),
        ("<a title='a>b' href=\"c>d\">甲</a>", "甲"),
        ("<p it's>甲</p>", "甲"),
        ("<!DOCTYPE html><?xml version='1.0'?><!-- <p>乙</p> -->甲", "甲"),
        ("<script>if (a</b>'</p>') x</script >甲", "甲"),
        ("<SCRIPT>乙</Script>甲<style>p{}</style>", "甲"),
        ("<template><p>乙<template>丙</template></p></template>甲", "甲"),
        ("<noscript>乙</noscript>甲</noscript>丁", "甲丁"),
        ("1 < 2 && 3 > 2", "1 < 2 && 3 > 2"),
        ("&lt;b&gt;&amp;&#30002;&#x7532;&nbsp;", "<b>&甲甲\xa0"),
        ("甲<!-- 乙", "甲"), ("甲<script>乙", "甲"), ("甲<a href='乙", "甲"), ("甲<", "甲<"), ("", ""),
        ("<title>甲</title>", "甲"),
        ("<scripty>甲</scripty>", "甲"),
    ],
)  # fmt: skip
def test_it_sees_what_a_reader_sees(page: str, seen: str) -> None:
    assert seen_text(page) == seen


@pytest.mark.parametrize(
    "unit",
    [
        "<!--", "<!a", "<?", "<a ", "</a ", "</", "<![CDATA[", "<script>", "<script></scrip", "&", "&#x", "<a b='",
        "<a b=", "<a =  ", "<template>", "<", "<a b='>", "<style></script>",
    ],
)  # fmt: skip
def test_no_page_keeps_a_worker_busy(unit: str) -> None:
    page = unit * (1_000_000 // len(unit))

    assert len(seen_text(page)) <= len(page)


def test_a_character_beyond_all_numbers_is_a_fault_of_the_page() -> None:
    with pytest.raises(ValueError, match="digits"):
        seen_text(f"&#{'9' * 5000};")
