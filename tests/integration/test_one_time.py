"""One-time secrets: however fast somebody clicks, there is one that holds, and no page breaks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from store.connection import Database
from store.one_time import guess, keep_secret
from tests.integration.records import at

ROUNDS = 20


def test_a_code_that_is_asked_for_twice_at_once_is_kept_once(database: Database) -> None:
    together = Barrier(3, timeout=20)

    def ask(who: int) -> None:
        for number in range(ROUNDS):
            together.wait()
            with database.writing() as connection:
                keep_secret(connection, ("code", f"{number}"), "wang.fang", f"hash-{who}", at("10:00"), at("10:10"))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(ask, range(3)))

    with database.writing() as connection:
        right = [guess(connection, ("code", "0"), f"hash-{who}", at("10:01")) for who in range(3)]
    assert sorted(right) == ["right", "wrong", "wrong"]
