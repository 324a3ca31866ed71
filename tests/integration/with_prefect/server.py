"""A real Prefect server of our own, which tests may kill, start again and rob of its memory."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx


class PrefectServer:
    """A server on a free port, with all that it keeps in one folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/api"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environment = os.environ | {
            "PREFECT_HOME": str(self.home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1",
        }  # fmt: skip
        command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(self.port), "--host", "127.0.0.1"]
        log = self.home / "server.log"
        with log.open("ab") as file:
            self._process = subprocess.Popen(command, env=environment, stdout=file, stderr=file, start_new_session=True)
        for _ in range(240):
            try:
                if httpx.get(f"{self.url}/health", timeout=1).is_success:
                    return
            except httpx.HTTPError:
                assert self._process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.5)
        raise AssertionError(log.read_text(encoding="utf-8"))

    def kill(self) -> None:
        """End it as a power cut would: nothing is written or said any more."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def forget(self) -> None:
        """Delete its database, while it does not run."""
        for file in self.home.glob("prefect.db*"):
            file.unlink()
