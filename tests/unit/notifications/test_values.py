"""Values: answers as words in a mail."""

import pytest

from engine.titles import Titles
from models.language.fields import FileField, FormField, NumberField, TextField
from notifications.outbound.values import in_words
from tests.unit.notifications.samples import program


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (FileField(type="file"), f"sha256:{'ab' * 32}/2034/报价/单.pdf", "报价/单.pdf"),
        (NumberField(type="number"), 12_345_678_901, "12,345,678,901"),
        (NumberField(type="number"), 1234567890.25, "1,234,567,890.25"),
        (NumberField(type="number"), 12.5, "12.5"),
        (
            TextField(type="text"),
            "见 www.evil.example 和 HTTPS://evil.example",
            "见 www[.]evil.example 和 hxxPS://evil.example",
        ),
    ],
)
def test_an_answer_reads_as_people_know_it(field: FormField, value: object, words: str) -> None:
    assert in_words(Titles(program()), field, value) == words
