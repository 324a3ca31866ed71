"""Real mails of public collections, and our own Chinese ones: each ends in exactly one outcome, and quickly.

The public ones lie beside the project and are not part of it; where they are missing, our own are taken alone.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from store.inbox import OutcomeKind
from tests.integration.inbox.desk import Post
from tests.unit.inbound.clients.corpus import corpus
from tests.unit.inbound.test_telling_what_was_read import NO_BOUNCES, NO_BOUNCES_EITHER

PUBLIC = Path(__file__).parents[4] / "shared" / "corpus" / "mail"
LONGEST = 2.0
"""Seconds of processor time for one mail, its outcome committed."""


def mails() -> Iterator[tuple[str, bytes]]:
    for path in sorted(PUBLIC.rglob("*.eml")):
        yield path.relative_to(PUBLIC).as_posix(), path.read_bytes()
    for number, written in enumerate(corpus(seed=20260321, each=3)):
        yield f"our own {number}", written.content()


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
def test_every_mail_ends_in_exactly_one_outcome(post: Post) -> None:
    found: dict[str, str] = {}
    slow: dict[str, float] = {}
    for name, content in mails():
        began = time.process_time()
        found[name] = post.take(content).outcome
        slow[name] = time.process_time() - began
        post.clock.later(seconds=20)

    assert len(found) >= 150
    assert set(found.values()) <= set(get_args(OutcomeKind))
    assert post.count("SELECT count(*) FROM incoming") == len(found)
    assert max(slow.values()) < LONGEST, max(slow, key=lambda name: slow[name])
    bounces = {name for name in found if "sisimai/maildir" in name and not _is_no_bounce(name.split("/")[-1])}
    told = {name for name in bounces if found[name] == "bounced"}
    assert len(told) >= 0.97 * len(bounces), sorted(bounces - told)


def _is_no_bounce(name: str) -> bool:
    return name.startswith(NO_BOUNCES) or name in NO_BOUNCES_EITHER
