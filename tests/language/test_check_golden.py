"""Files as officers write them: `err/*.yaml` with exactly what `duly check` answers, `ok/*.yaml` that are clean.

They are checked in the small company of this folder. To accept new messages after reading them:

    cd tests/language && for f in err/*.yaml; do duly check $f > ${f%.yaml}.expected; done
"""

from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from duly.commands.check import command

HERE: Final = Path(__file__).parent
WRONG: Final = sorted(path.stem for path in HERE.glob("err/*.yaml"))
RIGHT: Final = sorted(path.stem for path in HERE.glob("ok/*.yaml"))


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)


@pytest.mark.parametrize("name", WRONG)
def test_it_says_what_is_wrong_and_what_to_do(name: str) -> None:
    answer = CliRunner().invoke(command, [f"err/{name}.yaml"])

    assert answer.output == (HERE / f"err/{name}.expected").read_text(encoding="utf-8")
    assert answer.exit_code == 1


@pytest.mark.parametrize("name", RIGHT)
def test_it_finds_nothing_wrong_with_what_is_right(name: str) -> None:
    answer = CliRunner().invoke(command, [f"ok/{name}.yaml"])

    assert (answer.exit_code, answer.output) == (0, "检查了 1 个文件，没有问题 / 1 file checked, no problems\n")


def test_it_has_an_expected_answer_for_every_wrong_file_and_no_other() -> None:
    assert sorted(path.stem for path in HERE.glob("err/*.expected")) == WRONG
