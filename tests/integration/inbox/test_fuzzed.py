"""Mails changed at random, taken whole: each ends in one outcome, whatever its bytes, on either database."""

from itertools import islice
from random import Random
from typing import get_args

from store.inbox import OutcomeKind
from tests.integration.inbox.desk import Post, Writing
from tests.unit.inbound.mutated_mails import mutated

COUNT = 60


def test_whatever_the_bytes_there_is_an_outcome(post: Post) -> None:
    ours = [Writing(to=to).written() for to in ("complaints@mingchuan.example", "report@mingchuan.example")]
    rng = Random(20260321)  # noqa: S311 - chance for tests, not for secrets
    strange = [*islice(mutated(rng), COUNT), *(_scratched(rng, rng.choice(ours)) for _ in range(COUNT))]

    found = [post.take(content).outcome for content in strange]

    assert set(found) <= set(get_args(OutcomeKind))
    assert post.count("SELECT count(*) FROM incoming") == len(strange)
    assert len(set(found)) > 2
    assert not [row.reason for row in post.rows() if "处理时出错" in row.reason]


def _scratched(rng: Random, content: bytes) -> bytes:
    """A good mail with a few bytes changed."""
    changed = bytearray(content)
    for _ in range(rng.randint(1, 6)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)
