"""The sample company and its procedures, as they are published for tests."""

from datetime import datetime
from functools import cache
from pathlib import Path

from models.language.moments import parse_moment
from store.programs import Published

POLICIES = Path(__file__).parents[2] / "policies_as_yaml"
EARLY: datetime = parse_moment("2026-01-05 09:00")


@cache
def sample_files() -> tuple[Published, ...]:
    """Every file but the policy tests."""
    return tuple(
        Published(path.relative_to(POLICIES).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(POLICIES.rglob("*.yaml"))
        if "tests" not in path.relative_to(POLICIES).parts
    )
