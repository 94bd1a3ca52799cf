"""Serving the page: built, put behind its doors, and run by uvicorn in a thread of its own."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import gradio as gr
import uvicorn
from fastapi import FastAPI
from gradio.utils import get_upload_folder
from starlette.types import ASGIApp

from rolewise.access import Access, is_this_machine
from rolewise.errors import UsageError
from rolewise.settings import Settings
from rolewise.web.doors import Doors
from rolewise.web.doors.cookie import cookies_for
from rolewise.web.doors.log_in import LogIn
from rolewise.web.health import Health
from rolewise.web.theme import theme

HERE = Path(__file__).parent
SCRIPTS = ("away.js", "quotes.js", "page.js", "focus.js", "announce.js", "conversations.js", "tabs.js")
STYLES = ("page.css", "conversations.css", "tabs.css")
MOST_UPLOAD = "20mb"
START_S = 30.0


@dataclass(frozen=True)
class Serving:
    """A page being served. `close()` ends it; `wait()` returns when it has ended or is interrupted."""

    page: gr.Blocks
    address: str
    _server: uvicorn.Server
    _thread: threading.Thread

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)

    def wait(self) -> None:
        try:
            while self._thread.is_alive():
                self._thread.join(0.5)
        except KeyboardInterrupt:
            self.close()


def serve_page(page: gr.Blocks, health: Health, settings: Settings, access: Access, host: str, port: int) -> Serving:
    """Serve a built page. Raises UsageError where the port is taken or the host is not this machine's."""
    listening = _listen(host, port)
    cookies = cookies_for(settings.session_key, port)
    script = "".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.router.routes.extend([*LogIn(access, cookies, health.watch.tried).routes, *health.routes])
    gr.mount_gradio_app(
        app, page, "/", server_name=host, server_port=port, theme=theme(), css_paths=[HERE / name for name in STYLES],
        head=f"<script>{script}</script>", favicon_path=HERE / "icon.svg", footer_links=[], run_history=False,
        enable_monitoring=False, ssr_mode=False, pwa=False, mcp_server=False, max_file_size=MOST_UPLOAD, show_error=True,
    )  # fmt: skip
    page.has_launched = True  # only then does Gradio check that a file is one that was uploaded
    names = frozenset({socket.gethostname().lower(), *(name.lower() for name in settings.hosts)})
    doors = Doors(access, cookies, names, is_this_machine(host), get_upload_folder(), (script,))
    mounted = next(
        found for route in app.router.routes if isinstance(found := getattr(route, "app", None), gr.routes.App)
    )
    server = _Server(_configured(doors.before(app), settings, host, port), page, mounted)
    thread = threading.Thread(target=server.run, args=([listening],), name="rolewise-server", daemon=True)
    thread.start()
    deadline = time.monotonic() + START_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise UsageError(f"The page could not be started at {host}:{port}; the lines above say why.")
        time.sleep(0.001)
    return Serving(page, f"http://{_written(host)}:{port}", server, thread)


class _Server(uvicorn.Server):
    """Ends the page's open streams first, which would keep it from ending."""

    def __init__(self, config: uvicorn.Config, page: gr.Blocks, mounted: gr.routes.App) -> None:
        super().__init__(config)
        self._page = page
        self._mounted = mounted

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._page._queue.close()  # type: ignore[no-untyped-call]
        self._page.is_running = False
        self._mounted.stop_event.set()
        await super().shutdown(sockets)


def _configured(app: ASGIApp, settings: Settings, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app, host, port, log_level="warning", access_log=False, server_header=False, lifespan="on",
        proxy_headers=True, forwarded_allow_ips=settings.proxies, timeout_graceful_shutdown=3, ws="none",
    )  # fmt: skip


def _listen(host: str, port: int) -> socket.socket:
    name = host.strip("[]")
    try:
        family = socket.AF_INET6 if ":" in name and ipaddress.ip_address(name).version == 6 else socket.AF_INET
        return socket.create_server((name, port), family=family, backlog=512)
    except (OSError, ValueError, OverflowError) as error:
        raise UsageError(
            f"The page cannot be served at {host}:{port}, which something else may be using already. "
            f"Stop that, or choose another port: rolewise serve --port {port + 1}"
        ) from error


def _written(host: str) -> str:
    """The address to print: every address of the machine is reached as this machine's own."""
    anywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  printed, not bound
    name = anywhere.get(host.strip("[]"), host.strip("[]"))
    return f"[{name}]" if ":" in name else name
