"""Errors say what went wrong, and not what it went wrong with."""

import pytest

from flows.telling import NotDone, place, told, without_secrets
from tasks.registered import WorkFailed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("GET https://a.example/hook?key=s3cret: 404", "GET https://a.example/… 404"),
        ("http://user:s3cret@a.example:8080/", "http://a.example:8080/"),
        ("url 'https://a.example/x#s3cret' failed", "url 'https://a.example/…' failed"),
        ("https://a.example?key=s3cret", "https://a.example/…"),
        ("postgresql+psycopg://duly:s3cret@db/duly", "postgresql+psycopg://db/…"),
        ("https://甲.example/路径?密=s3cret", "https://甲.example/…"),
        ("HTTPS://u:p/s3cret@a.example/s3cret", "HTTPS://u:p/…"),
        ("no address at all: 30 %", "no address at all: 30 %"),
    ],
)
def test_an_address_ends_with_its_host(before: str, after: str) -> None:
    assert without_secrets(before) == after


def test_a_foreseen_failure_keeps_its_words_and_a_fault_its_kind() -> None:
    assert [told(WorkFailed("the page is empty")), told(WorkFailed("")), told(KeyError("s3cret"))] == [
        "the page is empty",
        "WorkFailed",
        "KeyError",
    ]


def test_prefect_is_told_the_kind_alone() -> None:
    assert str(NotDone(WorkFailed("s3cret"))) == "WorkFailed，原因见事项 / the case says why"


def test_the_place_of_an_error_is_a_line_of_a_file() -> None:
    with pytest.raises(WorkFailed) as caught:
        raise WorkFailed("s3cret")
    assert place(caught.value).startswith("test_telling.py:")
