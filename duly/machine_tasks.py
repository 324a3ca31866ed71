"""Machine tasks: tells the check of procedures which work there is; the room of the language cannot look upwards."""

from collections.abc import Mapping

from models.language.machine_tasks import MachineTask


def known_tasks() -> Mapping[str, MachineTask]:
    """All registered work by name."""
    # Brings the database and the web client with it: a file without machine work is checked without them.
    from tasks.shapes import known_tasks as shapes  # noqa: PLC0415

    return shapes()
