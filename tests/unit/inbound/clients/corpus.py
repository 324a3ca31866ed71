"""All clients, and a seeded number of mails of each."""

from collections.abc import Iterator
from random import Random
from typing import Final

from tests.unit.inbound.clients import (
    foxmail,
    habits,
    microsoft,
    netease,
    passing_on,
    programs,
    rarer,
    tencent,
    webmail,
)
from tests.unit.inbound.clients.writing import Written, coded

CLIENTS: Final = (
    *tencent.CLIENTS, *foxmail.CLIENTS, *netease.CLIENTS, *microsoft.CLIENTS, *webmail.CLIENTS, *programs.CLIENTS,
    *rarer.CLIENTS, *habits.CLIENTS, *passing_on.CLIENTS,
)  # fmt: skip


def corpus(seed: int, each: int) -> Iterator[Written]:
    """So many mails of every client, the same ones for the same seed."""
    for client in CLIENTS:
        rng = Random(f"{seed}/{client.__module__}/{client.__name__}")  # noqa: S311 - chance for tests, not for secrets
        for _ in range(each):
            yield coded(client(rng), rng)
