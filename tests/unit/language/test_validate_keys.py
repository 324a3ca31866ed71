"""Keys and kinds that are wrong or missing: the right line, the word that was meant, what is available."""

import pytest

from tests.unit.language.plan import only, place, problems


def test_it_names_the_key_that_was_meant_and_all_that_are_available() -> None:
    problem = only("title: a\nlevle: sealed\n")

    assert place(problem) == ("DL009", 2, 1)
    assert "did you mean `level`?" in problem.message
    assert "是否想写 `level`" in problem.message_zh
    assert "title, level, urgent" in problem.remedy


@pytest.mark.parametrize(
    ("key", "meant"), [("ｔｉｔｌｅ", "title"), ("Steps", "steps"), ("由谁", "who"), ("With-in", "within")]
)
def test_it_guesses_keys_across_widths_cases_and_languages(key: str, meant: str) -> None:
    found = problems(f"title: a\nsteps:\n  - kind: ask\n    who: b\n    {key}: c\n{key}: c\n")

    assert any(f"did you mean `{meant}`?" in problem.message for problem in found)


def test_it_says_which_kind_a_key_belongs_to() -> None:
    problem = only("title: a\nsteps:\n  - kind: tell\n    who: b\n")

    assert place(problem) == ("DL009", 4, 5)
    assert "`who` is a key of `kind: ask`, and this is `kind: tell`" in problem.message


def test_it_says_what_a_missing_key_is_for_with_an_example() -> None:
    problem = only("steps:\n  - kind: tell\n")

    assert place(problem) == ("DL010", 1, 1)
    assert "missing key `title`: title" in problem.message
    assert "规程名称" in problem.message_zh
    assert "`title: 来访登记`" in problem.remedy


def test_it_points_at_the_step_that_lacks_a_key() -> None:
    assert place(only("title: a\nsteps:\n  - kind: ask\n    times: 2\n")) == ("DL010", 3, 5)


@pytest.mark.parametrize(("line", "rule"), [("- kind：tell", "DL002"), ("- kind:tell", "DL001")])
def test_it_recognises_a_key_and_a_value_that_became_one_text(line: str, rule: str) -> None:
    assert place(only(f"title: a\nsteps:\n  {line}\n")) == (rule, 3, 5)


def test_it_lists_the_kinds_of_steps() -> None:
    problem = only("title: a\nsteps:\n  - id: b\n    kind: aks\n")

    assert place(problem) == ("DL014", 4, 11)
    assert "unknown kind `aks`; did you mean `ask`?" in problem.message
    assert "ask, tell" in problem.remedy


def test_it_says_that_the_kind_is_missing() -> None:
    problem = only("title: a\nsteps:\n  - who: b\n")

    assert place(problem) == ("DL010", 3, 5)
    assert "ask, tell" in problem.remedy


def test_it_points_at_a_key_that_is_itself_wrong() -> None:
    assert place(only("title: a\noptions:\n    x: y\nsteps: [{kind: tell}]\n")) == ("DL013", 3, 5)


def test_it_reports_all_mistakes_in_the_order_of_the_file() -> None:
    found = problems("titel: a\nlevel: x\nsteps:\n  - kind: ask\n    times: 0\n  - kind: x\n")

    assert [place(problem)[:2] for problem in found] == [
        ("DL009", 1), ("DL013", 2), ("DL010", 4), ("DL013", 5), ("DL014", 6),
    ]  # fmt: skip
