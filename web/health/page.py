"""Health: is the process alive, can it work, and the figures that an operator watches."""

from threading import Lock
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, Histogram, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from store.heartbeats import SILENT, heartbeats
from store.inbox import count_waiting
from store.lists import gauges, timers_since
from web.frame.surroundings import Given
from web.services import Services

router: Final = APIRouter()

_SECONDS: Final = (0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400)


class Metrics:
    """The figures of one process, brought up to date when they are asked for."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.lateness = Histogram(
            "duly_deadline_lateness_seconds", "From due to recorded, of every act of the clock",
            buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self.open_cases = Gauge("duly_open_cases", "Cases that have not ended", registry=self.registry)
        self.set_aside = Gauge(
            "duly_set_aside_cases", "Cases whose timer could not be processed", registry=self.registry
        )
        self.waiting = Gauge("duly_outbox_letters", "Letters not yet sent", registry=self.registry)
        self.unsorted = Gauge("duly_mails_waiting", "Mails that a person has still to sort", registry=self.registry)
        self.age = Gauge("duly_outbox_age_seconds", "Age of the oldest letter not yet sent", registry=self.registry)
        self.silent = Gauge(
            "duly_process_silent_seconds", "Since a process of a kind last said that it lives", ["kind"],
            registry=self.registry,
        )  # fmt: skip
        self._seq = 0
        self._lock = Lock()

    def text(self, services: Services) -> bytes:
        """All figures in the format of Prometheus."""
        with self._lock, services.store.database.reading() as connection:
            for seq, seconds in timers_since(connection, self._seq):
                self._seq = seq
                self.lateness.observe(max(0.0, seconds))
            found = gauges(connection)
            self.open_cases.set(found.open_cases)
            self.set_aside.set(found.set_aside)
            self.waiting.set(found.letters_waiting)
            self.unsorted.set(count_waiting(connection))
            oldest = found.oldest_letter
            for kind, seconds in _silence(services).items():
                self.silent.labels(kind).set(seconds)
            self.age.set(max(0.0, (services.clock() - oldest).total_seconds()) if oldest else 0)
            return generate_latest(self.registry)


def _silence(services: Services) -> dict[str, float]:
    """Seconds since the last word of a process of each kind."""
    now = services.wall()
    found: dict[str, float] = {}
    for one in heartbeats(services.store.database):
        silent = max(0.0, (now - one.seen_at).total_seconds())
        found[one.kind] = min(silent, found.get(one.kind, silent))
    return found


@router.get("/health")
def health() -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


@router.get("/ready")
def ready(services: Given) -> Response:
    """The database answers and a rulebook is published; 503 with the reason otherwise.

    `silent` names kinds of processes that have stopped saying that they live, e.g. `clock`.
    """
    try:
        with services.store.database.reading() as connection:
            services.store.programs.refresh(connection)
    except SQLAlchemyError as error:
        return JSONResponse({"ready": False, "why": f"database: {type(error).__name__}"}, 503)
    if not services.store.programs.rulebook.procedures:
        return JSONResponse({"ready": False, "why": "no procedure is published: run `duly apply`"}, 503)
    silent = sorted(kind for kind, seconds in _silence(services).items() if seconds > SILENT.total_seconds())
    return JSONResponse({"ready": True, "silent": silent})


@router.get("/metrics")
def metrics(request: Request, services: Given) -> Response:
    """Figures for Prometheus; they name no person and no case."""
    found: Metrics = request.app.state.metrics
    return Response(found.text(services), media_type=CONTENT_TYPE_LATEST)
