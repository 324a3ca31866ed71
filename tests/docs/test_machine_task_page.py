"""The task that the page shows is one: it has a shape that `duly check` can use, and it works."""

import re
import textwrap
from pathlib import Path
from typing import Any, Final

from models.expressions import Bool, Number
from tasks.registered import Outputs, Registered, Tools
from tasks.shapes import shape_of
from tasks.word_list import read_word_list
from tests.integration.tasks.sites import done

PAGE: Final = Path(__file__).parents[2] / "docs/how-to/add-a-machine-task.md"


def example() -> Registered:
    """The work of the page's only Python example."""
    (written,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {"__name__": "an_example_of_the_documentation"}
    exec(textwrap.dedent(written), names)  # noqa: S102 - our own page
    found = names["CHECK_DISK"]
    assert isinstance(found, Registered)
    return found


def test_its_example_has_a_shape() -> None:
    shape = shape_of(example())

    assert ({name: one.accepts for name, one in shape.inputs.items()}, shape.outputs) == (
        {"most": (Number,)}, {"full": Bool, "percent": Number},
    )  # fmt: skip


def test_its_example_works(tmp_path: Path) -> None:
    work = example()
    inputs = work.inputs.model_validate({"most": 100})

    async def run(tools: Tools) -> Outputs:
        return await work.run(inputs, tools)

    assert done(run, tmp_path).model_dump()["full"] is False


def test_the_word_list_of_the_page_about_running_is_one(tmp_path: Path) -> None:
    page = (PAGE.parent / "run-duly.md").read_text(encoding="utf-8")
    (written,) = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "words.txt"
    path.write_text(written, encoding="utf-8")

    assert read_word_list(path).words["incident"] == ("资料泄露",)
