"""Rendering: a template and its values become a page; all is escaped unless a template of ours says otherwise."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.language.moments import format_moment
from web.frame.surroundings import company, services_of, signed_in

_ROOT: Final = Path(__file__).parents[1]
_STYLE: Final = _ROOT / "frame" / "style.css"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(_ROOT),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.filters["moment"] = format_moment
    found.globals["style"] = hashlib.sha256(style().encode()).hexdigest()[:12]
    return found


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet of all pages."""
    return _STYLE.read_text(encoding="utf-8")


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page; `template` is its path below `web/`, e.g. `mine/page.html`."""
    services = services_of(request)
    found = company(services).organisation
    person = signed_in(request)
    reader = found.people[person].name if person in found.people else ""
    text = (
        _environment()
        .get_template(template)
        .render(company_name=found.company, reader=reader, demo=services.settings.demo, now=services.clock(), **values)
    )
    return HTMLResponse(text, status)
