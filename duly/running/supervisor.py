"""The supervisor: starts the processes of one machine, starts again what ends, and ends all with one Ctrl-C.

It imports nothing that works, so that it costs little memory and cannot break with what it watches.
"""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PATIENCE: Final = 10.0
"""Seconds that processes have to end before they are killed."""

LONGEST_WAIT: Final = 30.0
"""Seconds at most before a process that ended is started again."""

STEADY: Final = 60.0
"""A process that has lived for so many seconds is no longer held to have failed before."""

USER_MUST_ACT: Final = 2
"""Exit code of a process that cannot work until somebody changes something: starting it again is of no use."""

LOOK: Final = 0.1
_PDEATHSIG: Final = 1


@dataclass
class Part:
    """One process: how it is started, and how it fares."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path | None = None
    """Where its output goes; to ours if None."""
    process: "subprocess.Popen[bytes] | None" = None
    delay: float = 0.0
    """Seconds after the others: what people wait for starts first."""
    failures: int = 0
    steady: bool = False
    """It has worked before, so that nothing in its settings can be wrong from the start."""
    started_at: float = 0.0
    again_at: float = 0.0


@dataclass
class Supervisor:
    """Runs parts until told to stop."""

    parts: Sequence[Part]
    say: Callable[[str], None]
    clock: Callable[[], float] = time.monotonic
    stopping: bool = False
    code: int = 0

    def run(self, meanwhile: Iterator[None]) -> int:
        """Run all parts. `meanwhile` is advanced at every look. Returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # ignored means: under nohup
                signal.signal(number, self._stop)
        try:
            for part in self.parts:
                part.again_at = self.clock() + part.delay
            while not self.stopping:
                for part in self.parts:
                    self._look_after(part)
                next(meanwhile, None)
                time.sleep(LOOK)
        finally:
            self._end_all()
        return self.code

    def _stop(self, _number: int, _frame: object) -> None:
        self.stopping = True

    def _look_after(self, part: Part) -> None:
        now = self.clock()
        if part.process is None:
            if now >= part.again_at and not self.stopping:
                self._start(part, now)
            return
        code = part.process.poll()
        if code is None:
            if now - part.started_at > STEADY:
                part.failures, part.steady = 0, True
            return
        part.process = None
        # What has worked before is waited for: a port taken by a stranger, say, must not end the clock too.
        if code == USER_MUST_ACT and not part.steady:
            self.code, self.stopping = USER_MUST_ACT, True
            return
        self._try_again(part, now, f"{part.name} ended with code {code}")

    def _try_again(self, part: Part, now: float, what: str) -> None:
        part.failures += 1
        # Counted no further than it matters: the thousandth power of two is no float any more.
        wait = min(0.5 * 2 ** min(part.failures - 1, 10), LONGEST_WAIT)
        part.again_at = now + wait
        self.say(f"{what}; it is started again in {wait:g} s")

    def _start(self, part: Part, now: float) -> None:
        """Start a part; a machine that has no process or no file to spare just now is no reason to end the others."""
        try:
            self._run(part)
        except OSError as error:
            self._try_again(part, now, f"{part.name} cannot be started: {error.strerror}")
        part.started_at = now

    def _run(self, part: Part) -> None:
        output = part.log.open("ab") if part.log else None
        try:
            part.process = subprocess.Popen(  # noqa: S603 - our own commands
                part.command, env=dict(part.environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                # Ctrl-C in a terminal reaches a whole session; only we shall hear it, and tell the parts in order.
                start_new_session=True, preexec_fn=_end_with_parent,  # noqa: PLW1509 - this process has no threads
            )  # fmt: skip
        finally:
            if output:
                output.close()

    def _end_all(self) -> None:
        living = [part for part in self.parts if part.process is not None and part.process.poll() is None]
        for part in living:
            if part.process is not None:
                part.process.terminate()
        deadline = time.monotonic() + PATIENCE
        for part in living:
            if part.process is None:
                continue
            try:
                part.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"{part.name} did not end in {PATIENCE:g} s and is killed")
                part.process.kill()
                part.process.wait()


def python(*words: str) -> list[str]:
    """A command of our own interpreter; `-P` keeps a foreign package in the working directory off its path."""
    return [sys.executable, "-P", *words]


def _end_with_parent() -> None:
    """Have the kernel end a part whose supervisor was killed, so that none is left over (Linux)."""
    ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGTERM)
