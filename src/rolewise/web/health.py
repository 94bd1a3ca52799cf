"""Whether the page can answer, for a balancer, and its figures, for Prometheus."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rolewise.access import is_this_machine
from rolewise.web.doors.who import address_of
from rolewise.web.opening import Opening
from rolewise.web.watch import Watch

CLOSED = "The figures are for this machine, or for a program that sends the token as Authorization: Bearer."


class Health:
    """The paths /health and /metrics of one server."""

    def __init__(self, opening: Opening, watch: Watch) -> None:
        self.watch = watch
        self._opening = opening

    @property
    def routes(self) -> list[Route]:
        return [Route("/health", self.health), Route("/metrics", self.metrics)]

    async def health(self, request: Request) -> Response:
        """200 once questions can be answered, else 503; and which of starting, ready, failed. Why is in the terminal."""
        if self._opening.failure:
            self._opening.start()  # what kept it from starting may be over: a balancer that waits for it sends nobody
        status = "failed" if self._opening.failure else "ready" if self._opening.advisor.ready.is_set() else "starting"
        return JSONResponse({"status": status}, 200 if status == "ready" else 503, {"Cache-Control": "no-store"})

    async def metrics(self, request: Request) -> Response:
        if not is_this_machine(address_of(request.scope)) and not request.state.visitor.id.startswith("token:"):
            return JSONResponse({"detail": CLOSED}, 403)
        self.watch.ready.set(self._opening.advisor.ready.is_set())
        return Response(self.watch.shown(), media_type=CONTENT_TYPE_LATEST)
