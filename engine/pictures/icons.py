"""Icons: one small sign for each kind of step and each thing a picture tells about it, drawn in 16 by 16 pixels."""

from collections.abc import Mapping
from typing import Final

from engine.pictures.svg import Markup, element

_PATHS: Final[Mapping[str, str]] = {
    "task": "M4 2.5h8v11h-8zM6 6h4M6 8.5h4M6 11h2.5",
    "approve": "M3 13.5h10M4.5 11h7M8 2.5a2.6 2.6 0 0 1 1.6 4.6L9.4 11H6.6L6.4 7.1A2.6 2.6 0 0 1 8 2.5z",
    "notify": "M3.5 11.5h9L11.2 10V7a3.2 3.2 0 0 0-6.4 0v3zM7 13.5h2",
    "machine": "M4.5 4.5h7v7h-7zM6.5 2v2.5M9.5 2v2.5M6.5 11.5V14M9.5 11.5V14"
    "M2 6.5h2.5M2 9.5h2.5M11.5 6.5H14M11.5 9.5H14",
    "call": "M6.5 3.5H3.5v9h9v-3M8.5 3h4.5v4.5M13 3L7.5 8.5",
    "wait": "M4.5 2.5h7M4.5 13.5h7M5.5 2.5c0 4 5 4 5 11M10.5 2.5c0 4-5 4-5 11",
    "end": "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M5.6 8.2l1.8 1.8 3.2-3.8",
    "start": "M5.5 3.5l6.5 4.5-6.5 4.5z",
    "who": "M8 2.8a2.4 2.4 0 1 0 0 4.8a2.4 2.4 0 1 0 0-4.8M3.5 13.5c.4-3 2.2-4 4.5-4s4.1 1 4.5 4",
    "when": "M8 2.5L13.5 8L8 13.5L2.5 8z",
    "request": "M8 2.5v6M4.5 9V7.2M11.5 9V7.2M4.5 8.5c0 3 1.5 5 3.5 5s3.5-2 3.5-5M6 4.5L8 2.5l2 2",
    "repeat": "M3.5 8a4.5 4.5 0 0 1 8-2.8M12.5 8a4.5 4.5 0 0 1-8 2.8M11.7 2.8v2.6H9.1M4.3 13.2v-2.6h2.6",
    "each": "M5.5 5.5h8v8h-8zM3 10.5V3h7.5",
    "note": "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 7.5v3.5M8 5v.3",
    "exit": "M6.5 3h-3v10h3M9.5 5l3 3-3 3M12.5 8H6.5",
    "clock": "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M8 5v3.2l2.2 1.4",
    "gate": "M4 7.5h8v6H4zM5.7 7.5V5.2a2.3 2.3 0 0 1 4.6 0v2.3",
}


def icon(name: str, x: float, y: float, class_: str = "", size: float = 14) -> Markup:
    """The sign with its top left corner at a place."""
    scale = size / 16
    transform = f"translate({x:g} {y:g}) scale({scale:g})"
    return element("path", d=_PATHS[name], transform=transform, class_=f"icon {class_}".rstrip())
