"""The supervisor: what breaks is started again for as long as it takes, and takes nothing else with it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from duly.running.supervisor import LONGEST_WAIT, STEADY, USER_MUST_ACT, Part, Supervisor, python

FOREVER = python("-c", "import signal; signal.pause()")


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


class Watch:
    """A supervisor whose clock leaps at every look, and what it has said."""

    def __init__(self, *parts: Part, leap: float = 0.0) -> None:
        self.said: list[str] = []
        self.now, self.leap = 0.0, leap
        self.supervisor = Supervisor(parts, self.said.append, lambda: self.now)

    def until(self, reached: Callable[[], bool], looks: int = 200) -> int:
        """Run until something is so. Gives the exit code."""

        def look() -> Iterator[None]:
            for _ in range(looks):
                self.now += self.leap
                if reached():
                    break
                yield
            self.supervisor.stopping = True

        return self.supervisor.run(look())


def ends_with(code: int, name: str = "brief") -> Part:
    return Part(name, python("-c", f"raise SystemExit({code})"), os.environ)


def test_a_part_that_has_ended_a_thousand_times_is_still_started_again() -> None:
    part = ends_with(1)
    part.failures = 2000
    watch = Watch(part)
    watch.until(lambda: bool(watch.said))

    assert watch.said == [f"brief ended with code 1; it is started again in {LONGEST_WAIT:g} s"]


def test_a_part_that_cannot_be_started_does_not_end_the_others(tmp_path: Path) -> None:
    other = Part("other", FOREVER, os.environ)
    away = Part("prefect", FOREVER, os.environ, log=tmp_path / "no-folder" / "server.log")
    watch = Watch(other, away)
    running: list[bool] = []

    def tried() -> bool:
        running[:] = [other.process is not None]
        return bool(watch.said)

    watch.until(tried)

    assert watch.said == ["prefect cannot be started: No such file or directory; it is started again in 0.5 s"]
    assert running == [True]


def test_what_only_a_person_can_put_right_ends_all_at_the_start() -> None:
    watch = Watch(ends_with(USER_MUST_ACT))

    assert watch.until(lambda: False) == USER_MUST_ACT


def test_what_only_a_person_can_put_right_later_on_ends_nothing_else() -> None:
    """The pages break after a month, and somebody has taken their port meanwhile: deadlines are kept all the same."""
    part = Part("web", FOREVER, os.environ)
    watch = Watch(part, leap=STEADY)

    def breaks() -> bool:
        if part.steady and part.process is not None and part.command is FOREVER:
            part.command = ends_with(USER_MUST_ACT).command
            part.process.kill()
        return len(watch.said) > 1

    assert watch.until(breaks) == 0
    assert watch.said[1].startswith(f"web ended with code {USER_MUST_ACT}; it is started again")


@pytest.mark.parametrize(("ignored", "ends"), [(True, False), (False, True)], ids=["nohup", "plain"])
def test_a_terminal_that_is_closed_ends_it_unless_it_was_started_to_outlive_it(ignored: bool, ends: bool) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN if ignored else signal.SIG_DFL)
    watch = Watch()
    stopped: list[bool] = []

    def closed() -> bool:
        os.kill(os.getpid(), signal.SIGHUP)
        stopped.append(watch.supervisor.stopping)
        return True

    watch.until(closed)

    assert stopped == [ends]


def test_a_reader_who_has_gone_ends_nothing() -> None:
    code = "from duly.running.everything import say; say('x'); say('y'); print('goes on')"
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=writer, check=False, cwd=Path(__file__).parents[2]
    )
    os.close(writer)

    assert done.stdout == b"goes on\n"
