"""A real HTTP server on loopback that speaks, well or badly, as model servers do."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Endpoint:
    """An OpenAI-compatible server on loopback whose answer is the function given to it."""

    def __init__(self, answer: Callable[[Handler], None], models: tuple[str, ...] = (), port: int = 0) -> None:
        self.models = models
        self.requests: list[tuple[str, dict[str, Any], Message]] = []
        self.seen = 0
        """Requests of any kind."""
        self.broken = threading.Event()
        """Set when a client went away in the middle of an answer."""
        self.done = threading.Event()
        """Set at the end of a test, so that hanging answers end."""
        self._handler = type("Bound", (Handler,), {"endpoint": self, "answer": staticmethod(answer)})
        self.server = ThreadingHTTPServer(("127.0.0.1", port), self._handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer_with(self, answer: Callable[[Handler], None]) -> None:
        self._handler.answer = staticmethod(answer)  # type: ignore[attr-defined]

    def close(self) -> None:
        self.done.set()
        self.server.shutdown()
        self.server.server_close()


class Handler(BaseHTTPRequestHandler):
    endpoint: Endpoint
    answer: Callable[[Handler], None]

    def parse_request(self) -> bool:
        self.endpoint.seen += 1
        return super().parse_request()

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.endpoint.requests.append((self.path, body, self.headers))
        try:
            type(self).answer(self)
        except (BrokenPipeError, ConnectionResetError):
            self.endpoint.broken.set()

    def do_GET(self) -> None:
        listed = {"data": [{"id": name} for name in self.endpoint.models]}
        self.head(200, "application/json")
        self.raw(json.dumps(listed) if self.path == "/v1/models" else "{}")

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def head(self, status: int = 200, kind: str = "text/event-stream") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()

    def piece(self, text: str, finish: str | None = None) -> None:
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        self.raw(f"data: {json.dumps(chunk)}\n\n")

    def raw(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()


def good(handler: Handler) -> None:
    handler.head()
    for text in ("Hello", ", ", "you."):
        handler.piece(text)
    handler.piece("", finish="stop")
    handler.raw("data: [DONE]\n\n")


def fails(handler: Handler) -> None:
    handler.head(500, "application/json")
    handler.raw('{"error": {"message": "the graphics card is on fire"}}')
