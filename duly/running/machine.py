"""The processes of one machine: which there are, and what each is given."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from duly.running.supervisor import Part, python
from duly.settings import Settings

PREFECT: Final[Mapping[str, str]] = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_CLI_WRAP_LINES": "false",
}
"""What Prefect's server and its clients are told: nothing leaves the intranet."""


def parts_of(settings: Settings, environment: Mapping[str, str]) -> list[Part]:
    """Every process that `duly up` runs, the pages first, because people wait for them."""
    parts = [
        Part("web", python("-m", "duly", "web"), environment),
        Part("clock", python("-m", "duly", "clock"), environment, delay=0.5),
    ]
    if settings.carries_mail or settings.demo:
        parts.append(Part("mail", python("-m", "duly", "mail"), environment, delay=0.5))
    if settings.prefect.enabled:
        if not settings.prefect.api_url:
            parts.append(prefect_server(settings, environment))
        parts.append(Part("worker", python("-m", "duly", "worker"), environment, delay=4))
    return parts


def client_environment(settings: Settings) -> dict[str, str]:
    """What a process is told that talks to Prefect, before it imports it."""
    found = {**PREFECT, "PREFECT_API_URL": settings.prefect.url}
    found["PREFECT_HOME"] = str((settings.data / "prefect-client").resolve())
    if settings.prefect.auth:
        found["PREFECT_API_AUTH_STRING"] = settings.prefect.auth.get_secret_value()
    return found


def prefect_server(settings: Settings, environment: Mapping[str, str]) -> Part:
    """Prefect's own server, on a port of this machine alone."""
    home = settings.data / "prefect"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    given = {**environment, **PREFECT, "PREFECT_HOME": str(home.resolve()), "PREFECT_UI_API_URL": settings.prefect.url}
    if settings.prefect.database_url:
        given["PREFECT_API_DATABASE_CONNECTION_URL"] = settings.prefect.database_url.get_secret_value()
    if settings.prefect.auth:
        given["PREFECT_SERVER_API_AUTH_STRING"] = settings.prefect.auth.get_secret_value()
    # Started as the application it is: Prefect's own command keeps a second Python process of 100 MB beside it.
    # The folder of the application is put first on the path: ours is empty, and not the working directory.
    command = python(
        "-m", "uvicorn", "--app-dir", str(_empty(home)), "--factory", "prefect.server.api.server:create_app",
        "--host", settings.prefect.host, "--port", str(settings.prefect.port), "--timeout-keep-alive", "5",
        "--log-level", "warning",
    )  # fmt: skip
    return Part("prefect", command, given, log=home / "server.log", delay=2)


def _empty(home: Path) -> Path:
    path = (home / "nothing").resolve()
    path.mkdir(exist_ok=True, mode=0o700)
    return path
