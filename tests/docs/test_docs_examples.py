"""Every example in the documentation is run as a reader would run it."""

import shutil
from pathlib import Path
from typing import Final

import pytest

from tests.docs.fences import examples, pages
from tests.docs.session import ExampleError, play

ROOT: Final = Path(__file__).parents[2]


@pytest.mark.parametrize("page", [str(page.relative_to(ROOT)) for page in pages(ROOT)])
def test_it_does_what_the_page_says(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "policies_as_yaml", tmp_path / "policies_as_yaml")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")  # help texts and tables wrap at the same place everywhere

    for fence in examples((ROOT / page).read_text(encoding="utf-8")):
        try:
            play(fence, tmp_path)
        except ExampleError as error:
            pytest.fail(f"{page}:{fence.line}: {error}", pytrace=False)
