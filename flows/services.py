"""Services: what flows need from the composition root."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from store.cases import Store
from tasks.registered import Registered, Tools


@dataclass(frozen=True, slots=True)
class Services:
    """The store, the clock and the machines' tools."""

    store: Store
    clock: Callable[[], datetime]
    """Now, China time; a fast clock in the demo."""
    wall: Callable[[datetime], datetime]
    """When, by the clock on the wall, the case's clock will show a time."""
    real: Callable[[], datetime]
    """Now, by the clock on the wall: what work is claimed by."""
    name: str
    """The worker's name, unlike that of any other that is running."""
    queues: tuple[str, ...]
    """Queues whose work this worker does, e.g. `dmz`; empty for work that names none."""
    tools: Tools
    registry: Mapping[str, Registered]
