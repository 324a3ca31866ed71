"""The schemas that editors use: current, complete in Chinese, and true of every file we ship."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from duly.commands.schema import as_text, command
from models.language import rulebook
from models.language.rulebook import kind_of, yaml_files
from models.language.schema import KINDS, file_name, schema_of
from models.language.schema_titles import TITLES
from models.language.source import read

POLICIES: Final = Path(__file__).parents[2] / "policies_as_yaml"
FILES: Final = [pytest.param(path, id=path.relative_to(POLICIES).as_posix()) for path in yaml_files(POLICIES)]
POINTER: Final = re.compile(r"\A# yaml-language-server: \$schema=(\S+)$", re.MULTILINE)
CHINESE: Final = re.compile("[\u4e00-\u9fff]")


@cache
def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(kind))


def keys_of(node: Any) -> list[tuple[str, dict[str, Any]]]:
    """Every key that a schema describes, with its schema."""
    if isinstance(node, list):
        return [found for each in node for found in keys_of(each)]
    if not isinstance(node, dict):
        return []
    own = list(node.get("properties", {}).items()) if isinstance(node.get("properties"), dict) else []
    return own + [found for each in node.values() for found in keys_of(each)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_for_editors_is_current(kind: str) -> None:
    written = (POLICIES / "schema" / file_name(kind)).read_text(encoding="utf-8")

    assert written == as_text(kind), "run: duly schema --write"


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_schema_of_draft_2020_12(kind: str) -> None:
    Draft202012Validator.check_schema(schema_of(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_it_explains_every_key_in_chinese_and_english(kind: str) -> None:
    told = {name: part.get("description", "") for name, part in keys_of(schema_of(kind))}

    assert [name for name, text in told.items() if not CHINESE.search(text) or not re.search("[a-z]", text)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_it_names_every_part_in_chinese(kind: str) -> None:
    assert set(schema_of(kind).get("$defs", {})) <= set(TITLES)


def test_there_is_one_for_every_kind_of_file() -> None:
    assert set(KINDS.values()) == set(rulebook.KINDS.values())


@pytest.mark.parametrize("path", FILES)
def test_it_accepts_every_file_we_ship(path: Path) -> None:
    source = read(path)
    kind = next(name for name, model in KINDS.items() if model is kind_of(source))

    errors = [f"{error.json_path}: {error.message}" for error in validator(kind).iter_errors(source.data)]

    assert errors == []


@pytest.mark.parametrize("path", FILES)
def test_a_file_points_to_the_schema_of_its_kind(path: Path) -> None:
    source = read(path)
    pointer = POINTER.search(source.text)
    if pointer is None:
        # Calendars are copied from a notice once a year and need no help with their keys.
        assert path.parent.name == "calendars"
        return
    meant = (path.parent / pointer[1]).resolve()

    assert meant.exists()
    assert KINDS[meant.name.removesuffix(".schema.json")] is kind_of(source)


STEP: Final = {"id": "a", "kind": "task", "who": "acceptor"}
PROCEDURE: Final = {
    "procedure": "x",
    "title": "标题",
    "owner": "gm",
    "chain": "office",
    "starts": [{"by": "form"}],
    "steps": [STEP],
}


@pytest.mark.parametrize(
    "step",
    [
        {"who": ["acceptor", {"head_of": "department", "except": "requester"}]},
        {"title": {"zh": "受理", "en": "Accept"}},
        {"after": "b"},
        {"after": ["b", "c"]},
        {"within": "24 hours"},
        {"deadline": {"within": "3 working days"}},
        {"deadline": [{"term": "promptly"}, {"within": "1 hour", "from": "a.opened"}]},
    ],
)
def test_it_accepts_every_shorthand(step: dict[str, Any]) -> None:
    assert validator("procedure").is_valid({**PROCEDURE, "steps": [{**STEP, **step}]})


@pytest.mark.parametrize(
    "step",
    [
        {"witin": "24 hours"},
        {"within": "1d"},
        {"within": "24 days"},
        {"kind": "approval"},
        {"times": "2"},
        {"outcome": "done"},
        {"who": None},
    ],
)
def test_it_refuses_what_check_would_refuse(step: dict[str, Any]) -> None:
    assert not validator("procedure").is_valid({**PROCEDURE, "steps": [{**STEP, **step}]})


def test_it_is_printed_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policies_as_yaml").mkdir()
    monkeypatch.chdir(tmp_path)

    printed = CliRunner().invoke(command, ["modes"]).output
    answer = CliRunner().invoke(command, ["--write"])

    assert json.loads(printed)["$id"] == "modes.schema.json"
    assert answer.exit_code == 0
    assert (tmp_path / "policies_as_yaml/schema/modes.schema.json").read_text(encoding="utf-8") == printed


def test_it_lists_the_kinds_and_names_them_when_asked_for_another() -> None:
    listed = CliRunner().invoke(command, [])
    unknown = CliRunner().invoke(command, ["policy"])

    assert [line.split()[0] for line in listed.output.splitlines()] == list(KINDS)
    assert unknown.exit_code == 2
    assert "procedure, organisation" in unknown.output
