"""What the processes of one machine are started with, and what is said if they cannot be."""

import os
import subprocess
from pathlib import Path

import pytest

from duly.errors import UserError
from duly.running.everything import run_everything
from duly.running.machine import parts_of
from duly.running.secrets import secret_of
from duly.settings import Settings
from duly.settings_parts import WebSettings


def test_a_host_that_is_not_of_this_machine_is_not_called_a_port_in_use(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, web=WebSettings(host="192.0.2.1"))  # an address for documentation, RFC 5737

    with pytest.raises(UserError, match=r"192\.0\.2\.1:8000 cannot be listened on") as raised:
        run_everything(settings, os.environ)
    assert "web.host" in raised.value.remedy


def test_a_process_that_died_while_it_made_the_secret_is_not_in_the_way(tmp_path: Path) -> None:
    (tmp_path / f"secret.{os.getpid()}.partial").write_bytes(b"half")

    assert len(secret_of(tmp_path / "secret")) == 32


def test_a_file_in_the_working_directory_is_not_taken_for_a_part_of_prefects_server(tmp_path: Path) -> None:
    (tmp_path / "prefect").mkdir()
    (tmp_path / "prefect" / "__init__.py").write_text("raise SystemExit(77)")
    parts = parts_of(Settings(data=tmp_path / "data"), os.environ)
    (server,) = (part for part in parts if part.name == "prefect")
    # An application that does not exist: whatever is imported on the way there is imported, and it ends.
    missing = "prefect.no_such_module:app"
    command = [missing if word.startswith("prefect.server") else word for word in server.command]

    done = subprocess.run(command, env={**server.environment}, cwd=tmp_path, capture_output=True, check=False)

    assert (done.returncode == 77, b"no_such_module" in done.stderr) == (False, True)
