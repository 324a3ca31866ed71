"""The doctor says what machine work lacks, before a step fails at night."""

from pathlib import Path

import pytest

from duly.doctoring.machines import look_at_machines
from duly.settings import Settings
from duly.settings_parts import MachineSettings


def looked(folder: Path, **machines: Path) -> list[tuple[str, str]]:
    found = look_at_machines(Settings(data=folder, machines=MachineSettings.model_validate(machines)))
    return [(one.state, one.said) for one in found]


def test_without_a_word_list_it_warns(tmp_path: Path) -> None:
    assert [state for state, _ in looked(tmp_path)] == ["warning"]


def test_a_list_that_can_be_read_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("C7 免费领取\nincident 泄露\n", encoding="utf-8")

    assert looked(tmp_path, word_list=path) == [("good", f"{path}: 2")]


@pytest.mark.parametrize("content", [None, "C9 词\n"])
def test_a_list_that_cannot_be_read_is_bad(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "words.txt"
    if content:
        path.write_text(content, encoding="utf-8")

    ((state, said),) = looked(tmp_path, word_list=path)
    assert (state, str(path) in said) == ("bad", True)


def test_certificates_that_are_none_are_bad(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_text("no certificate\n", encoding="utf-8")

    assert [state for state, _ in looked(tmp_path, ca_file=path)] == ["warning", "bad"]
