"""How problems are handed on: to people, to programs, to code review tools."""

import json
from typing import Any

import pytest

from models.language.findings import as_json, as_sarif, as_text
from models.language.problem import Problem, Wording, Words
from models.language.rule import catalogue

LATER = Problem("规程/a b.yaml", 7, 3, "DL012", "wrong", "write right", "error", "错", "请改")
EARLIER = Problem("规程/a b.yaml", 2, 1, "DL002", "hm", "look", "warning")


def sarif() -> dict[str, Any]:
    run: dict[str, Any] = json.loads(as_sarif([LATER, EARLIER], catalogue()))["runs"][0]
    return run


def test_it_prints_chinese_before_english_in_the_order_of_the_file() -> None:
    assert as_text([LATER, EARLIER]) == (
        "规程/a b.yaml:2:1 DL002 警告 warning: hm\n  → look\n\n"
        "规程/a b.yaml:7:3 DL012 错\n    wrong\n  → 请改\n    write right"
    )


def test_it_shows_the_line_and_marks_the_column() -> None:
    shown = as_text([LATER], {"规程/a b.yaml": ["", "", "", "", "", "", "标题：客户"]})

    # A Chinese character takes two columns of a terminal, so a wide blank stands below it.
    assert "\n     7 | 标题：客户\n       | \u3000\u3000^\n  → 请改" in shown


def test_it_does_not_show_a_line_that_fills_the_screen() -> None:
    assert as_text([LATER], {"规程/a b.yaml": ["x" * 500] * 9}) == as_text([LATER])


def test_it_prints_nothing_for_nothing() -> None:
    assert as_text([]) == ""
    assert json.loads(as_json([])) == {"problems": []}


def test_it_gives_programs_both_languages() -> None:
    second = json.loads(as_json([LATER, EARLIER]))["problems"][1]

    assert second == {
        "path": "规程/a b.yaml",
        "line": 7,
        "column": 3,
        "rule": "DL012",
        "message": "wrong",
        "remedy": "write right",
        "severity": "error",
        "message_zh": "错",
        "remedy_zh": "请改",
    }


def test_it_writes_the_position_and_a_relative_uri_to_sarif() -> None:
    location = sarif()["results"][1]["locations"][0]["physicalLocation"]

    assert location == {
        "artifactLocation": {"uri": "%E8%A7%84%E7%A8%8B/a%20b.yaml"},
        "region": {"startLine": 7, "startColumn": 3},
    }


@pytest.mark.parametrize("path", ["/policies/a.yaml", "a/../b.yaml"])
def test_it_writes_other_paths_as_uris_too(path: str) -> None:
    problem = Problem(path, 1, 1, "DL001", "m", "r")

    run = json.loads(as_sarif([problem], {}))["runs"][0]

    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == ("file:///policies/a.yaml" if path.startswith("/") else path)


def test_it_links_every_result_of_sarif_to_its_rule() -> None:
    rules = sarif()["tool"]["driver"]["rules"]

    for result in sarif()["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_it_has_what_sarif_2_1_0_requires() -> None:
    log = json.loads(as_sarif([LATER, EARLIER], catalogue()))

    assert log["version"] == "2.1.0"
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
    assert [result["level"] for result in log["runs"][0]["results"]] == ["warning", "error"]
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning")


def test_it_never_formats_what_an_author_wrote() -> None:
    wording = Wording("DL001", Words("found {text}", "看到 {text}"), Words("r", "r"))

    assert wording.at("x", 1, 1, text="{0.__class__} {text}").message == "found {0.__class__} {text}"


def test_it_cuts_what_it_quotes_to_a_readable_length() -> None:
    wording = Wording("DL001", Words("found {text}", "看到 {text}"), Words("r", "r"))

    message = wording.at("x", 1, 1, text="a\n" * 10_000).message

    assert len(message) < 1_000
    assert "\n" not in message
