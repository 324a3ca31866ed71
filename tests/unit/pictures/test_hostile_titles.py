"""Titles that try to break out of a picture: authors are trusted little, the people who open a picture even less."""

import re
from xml.dom import minidom

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.pictures.flowchart import flowchart
from engine.pictures.mermaid import escaped, mermaid
from engine.pictures.outline import outline
from tests.unit.pictures.small_picture import titled

HOSTILE = [
    "</svg><script>alert(1)</script>",
    '"]; click s1 "javascript:alert(1)"',
    '%%{init: {"securityLevel": "loose"}}%% `**x**`',
    "很长" * 1000,
    "W" * 2000,
    "，。；：" * 50,
    "👨‍👩‍👧‍👦 家庭",
    "\u202eabc שלום مرحبا",
    "a\x00b\x1b[31m\ufffe",
    "a & b <b> ]]> --> end",
]


def parsed(svg: str) -> minidom.Document:
    return minidom.parseString(svg)  # noqa: S318 - what we have drawn, without entities or a document type


@pytest.mark.parametrize("title", HOSTILE)
def test_an_svg_with_it_is_well_formed_and_holds_nothing_that_runs(title: str) -> None:
    document = parsed(flowchart(titled([title, title])))
    names = {element.tagName for element in document.getElementsByTagName("*")}
    attributes = {name for element in document.getElementsByTagName("*") for name in dict(element.attributes.items())}

    assert names <= {"svg", "style", "title", "defs", "marker", "path", "rect", "g", "text", "tspan"}
    assert not [name for name in attributes if name.startswith("on") or "href" in name]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_widens_the_picture(title: str) -> None:
    size = re.compile(r'viewBox="0 0 (\S+) ')

    assert size.findall(flowchart(titled([title]))) == size.findall(flowchart(titled(["短"])))


@pytest.mark.parametrize("title", HOSTILE)
def test_a_mermaid_text_with_it_has_the_same_lines(title: str) -> None:
    shape = [re.sub(r'"[^"]*"', '""', line) for line in mermaid(titled([title, title])).splitlines()]

    assert shape == [re.sub(r'"[^"]*"', '""', line) for line in mermaid(titled(["短", "短"])).splitlines()]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_terminal_gets_no_control_characters_from_it(title: str) -> None:
    assert [one for one in outline(titled([title])) if ord(one) < 32 and one != "\n"] == []


@settings(max_examples=50)
@given(st.text(min_size=1, max_size=40))
def test_any_title_gives_well_formed_xml(title: str) -> None:
    assert parsed(flowchart(titled([title])))


@given(st.text(max_size=80))
def test_no_text_can_end_a_mermaid_label_or_begin_a_directive(text: str) -> None:
    assert not set('"<>`%{}[]|') & set(escaped(text))
