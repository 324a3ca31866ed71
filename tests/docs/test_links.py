"""A page must not send its reader to a file that is not there."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from markdown_it import MarkdownIt

from tests.docs.fences import pages

ROOT: Final = Path(__file__).parents[2]


def links(text: str) -> Iterator[str]:
    """The targets inside the repository, without anchors."""
    for token in MarkdownIt().parse(text):
        for child in token.children or ():
            target = str(child.attrs.get("href", child.attrs.get("src", "")))
            if target and "://" not in target and not target.startswith("#"):
                yield target.partition("#")[0]


@pytest.mark.parametrize("page", [str(page.relative_to(ROOT)) for page in pages(ROOT)])
def test_it_links_only_to_files_that_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")

    assert [link for link in links(text) if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_it_sees_links_and_pictures_but_not_addresses_elsewhere() -> None:
    text = "[a](a.md#part) ![b](b.svg) [c](https://example.org/c) [d](#here)"

    assert list(links(text)) == ["a.md", "b.svg"]
