"""The register of clauses is complete and states exactly the times the policy states."""

import re
from collections import Counter
from itertools import pairwise

from models.language.clauses import Clause
from tests.unit.language.shared_files import clauses


def _parent(number: str) -> str:
    """`7-5.5` for `7-5.5b`; a whole clause and a law are their own."""
    return number if number.startswith("L-") else re.sub(r"(?<=\d)[a-z]$", "", number)


def _rules() -> dict[str, Clause]:
    """Testable rules: what is neither a law nor a whole clause that letters split."""
    split = {_parent(number) for number in clauses().clauses if _parent(number) != number}
    return {
        number: clause
        for number, clause in clauses().clauses.items()
        if not number.startswith("L-") and number not in split
    }


def test_it_holds_the_167_testable_rules() -> None:
    assert len(_rules()) == 167


def test_every_leading_kind_is_there_as_often_as_the_analysis_counted() -> None:
    assert Counter(clause.kind[0] for clause in _rules().values()) == {
        "PROCEDURE": 51, "GATE": 31, "GOVERNANCE": 22, "PERIODIC": 20, "DEFINITION": 20, "DUTY": 19, "RECORD": 4,
    }  # fmt: skip


def test_a_clause_that_letters_split_can_be_cited_as_a_whole() -> None:
    numbers = set(clauses().clauses)

    assert {_parent(number) for number in numbers} <= numbers


def test_letters_run_without_a_gap() -> None:
    letters: dict[str, list[str]] = {}
    for number in clauses().clauses:
        if _parent(number) != number:
            letters.setdefault(_parent(number), []).append(number[-1])

    assert all(found[0] == "a" and len(found) > 1 for found in letters.values())
    assert all(ord(b) - ord(a) == 1 for found in letters.values() for a, b in pairwise(found))


def test_only_four_clauses_state_a_time_to_be_met() -> None:
    limits = {number: str(clause.limit) for number, clause in _rules().items() if clause.limit}

    assert limits == {"4-2.1": "24 hours", "7-4.2.2": "1 hour", "7-4.2.3a": "24 hours", "7-4.2.3b": "3 working days"}


def test_a_whole_clause_has_no_time_of_its_own() -> None:
    wholes = {number for number in clauses().clauses if not number.startswith("L-")} - set(_rules())

    assert [number for number in wholes if clauses().clauses[number].limit] == []


def test_laws_state_their_times_and_are_marked_as_law() -> None:
    laws = {number: clause for number, clause in clauses().clauses.items() if "LAW" in clause.kind}

    assert set(laws) == {number for number in clauses().clauses if number.startswith("L-")}
    assert {number: str(clause.limit) for number, clause in laws.items() if clause.limit} == {
        "L-incident-4h": "4 hours",
        "L-incident-cii-1h": "1 hour",
        "L-incident-summary-30d": "30 calendar days",
        "L-police-24h": "24 hours",
    }


def test_the_number_that_the_policy_skips_stays_unused() -> None:
    assert "3-2" not in clauses().clauses


def test_every_clause_is_told_in_both_languages() -> None:
    assert [number for number, clause in clauses().clauses.items() if not clause.title.en] == []
    assert [number for number, one in clauses().clauses.items() if not re.search("[一-鿿]", one.title.zh)] == []
