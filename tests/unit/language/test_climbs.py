"""Which ladder a deadline climbs, over what span, and whether anybody stands at its end."""

from typing import Any

import pytest

from models.language.clauses import Terms
from models.language.climbs import default_ladder, is_staffed, reaches, span_of
from models.language.deadlines import StepDeadline
from models.language.ladders import Defaults
from models.language.organisation import Organisation
from models.language.who import Who

TERMS = Terms.model_validate(
    {"terms": {"promptly": {"title": "及时", "within": "4 hours", "least": "1 hour", "most": "24 hours"}}}
)
DEFAULTS = Defaults(short="short", hours="hours", days="days", campaign="campaign", target="target")
COMPANY = Organisation.model_validate(
    {
        "company": "公司",
        "departments": {"office": {"name": "办公室", "head": "wang"}},
        "people": {"wang": {"name": "王", "email": "w@example.com", "department": "office"}},
        "roles": {
            "head": {"title": "负责人", "holders": ["wang"]},
            "vacant": {"title": "空缺"},
            "covered": {"title": "由他人承担", "fallback": "head"},
            "loop": {"title": "互相承担", "fallback": "pool"},
            "pool": {"title": "互相承担", "fallback": "loop"},
            "all": {"title": "全体", "everyone": True},
        },
        "duty_person": "office",
        "vacancy": "head",
    }
)


def deadline(**keys: Any) -> StepDeadline:
    return StepDeadline.model_validate(keys)


def test_a_span_of_its_own_goes_before_that_of_the_term() -> None:
    assert str(span_of(deadline(term="promptly", within="2 hours"), TERMS)) == "2 hours"
    assert str(span_of(deadline(term="promptly"), TERMS)) == "4 hours"
    assert span_of(deadline(at="field"), TERMS) is None


@pytest.mark.parametrize(
    ("within", "ladder"),
    [
        ("30 minutes", "short"),
        ("31 minutes", "hours"),
        ("24 hours", "hours"),
        ("8 working hours", "hours"),
        ("1 working day", "days"),
        ("30 calendar days", "days"),
    ],
)
def test_the_kind_of_span_chooses_the_ladder(within: str, ladder: str) -> None:
    given = deadline(within=within)

    assert default_ladder(given, given.within, None, DEFAULTS) == ladder


@pytest.mark.parametrize(
    ("role", "staffed"),
    [("head", True), ("vacant", False), ("covered", True), ("loop", False), ("all", True), ("gone", False)],
)
def test_a_role_is_staffed_if_somebody_holds_it_or_takes_over(role: str, staffed: bool) -> None:
    assert is_staffed(role, COMPANY) is staffed


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ({"special": "L1"}, True),
        ({"special": "L2"}, False),
        ({"special": "L3"}, False),
        ({"special": "assignee"}, False),
        ({"special": "owner"}, True),
        ({"person": "li"}, False),
        ({"superior_of": "requester"}, True),
    ],
)
def test_a_ladder_ends_at_somebody_who_can_exist(who: dict[str, Any], found: bool) -> None:
    chain = {"L1": (Who(role="head"),), "L2": (Who(role="vacant"),)}

    assert reaches([Who.model_validate(who)], chain, COMPANY) is found
