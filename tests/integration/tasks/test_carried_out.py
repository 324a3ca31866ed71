"""What a worker does with work that it cannot even begin: a person is asked, and nothing confidential is repeated."""

from pathlib import Path
from types import MappingProxyType

import pytest

from engine.case import Case
from engine.events import Opened
from flows.carrying_on import carry_on
from flows.services import Services
from store.cases import Store, load_case, open_case
from store.programs import Published, publish
from tasks.registered import Registered, Tools
from tasks.registry import registry
from tests.integration.tasks.sites import NOW, done

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)

LOOK = """
procedure: look
title: 核对
owner: info_head
chain: office
starts: [{by: form, who: all_staff}]
form: {url: {type: text, title: 网址}}
steps:
  - {id: one, kind: machine, title: 甲, runs: compare_page, inputs: {url: url}, otherwise: info_head, within: 1 hour}
  - {id: end, kind: end, outcome: done}
"""


def carried_on(store: Store, folder: Path, url: str, known: dict[str, Registered]) -> Case:
    """The case of a page after a worker has had it."""
    with store.database.writing() as connection:
        publish(connection, [Published("procedures/look.yaml", LOOK)], "gao.xiang", NOW)
    opening = Opened(case="", by="zhu.lin", facts={"url": url})
    number = open_case(store, "look", opening, "form", NOW).recording.case_id

    async def work(tools: Tools) -> None:
        services = Services(
            store=store, clock=lambda: NOW, wall=lambda one: one, real=lambda: NOW, queues=(), tools=tools,
            registry=MappingProxyType(known), name="worker",
        )  # fmt: skip
        await carry_on(services, number)

    done(work, folder, store=store)
    with store.database.reading() as connection:
        return load_case(connection, store, number)[0]


def test_inputs_that_do_not_do_are_named_and_not_repeated(store: Store, tmp_path: Path) -> None:
    case = carried_on(store, tmp_path, "绝密://内部", dict(registry()))

    assert case.steps["one"].reason.startswith("input `url` does not fit")
    assert "绝密" not in case.steps["one"].reason
    assert [one.person for one in case.assignments.values()] == ["fang.lei"]


def test_work_that_nobody_has_registered_names_what_there_is(store: Store, tmp_path: Path) -> None:
    case = carried_on(store, tmp_path, "http://site.example/", {})

    assert case.steps["one"].reason.startswith("no work is registered as `compare_page`")
