"""A Chroma server over HTTP: requests with time limits, tried again while it is away, its faults as errors for people."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.errors import ChromaError, NotFoundError

from rolewise.errors import IndexFault
from rolewise.settings import Settings

T = TypeVar("T")

_CONNECT_S = 2.0
_PATIENCE_S = 10.0
"""Seconds from the first failure on in which a request is tried again: a restart of the server takes one or two, more on a busy machine."""
_LONGEST_PAUSE_S = 0.5
_KEPT = "Your documents are untouched, and questions are answered again as soon as it is back."


class Connection:
    """The way to the server that the settings name. It is first asked by the first `call`."""

    def __init__(self, settings: Settings, read_s: float, waits: bool = True) -> None:
        """`read_s`: seconds that the server may be silent in one request. One that does not wait tells at once that it is away."""
        self._settings = settings
        self._read_s = read_s
        self._waits = waits
        self._client: ClientAPI | None = None
        self._connecting = threading.Lock()

    @property
    def place(self) -> str:
        """The address, without a password that it may hold."""
        parts = urlsplit(self._settings.chroma_url or "")
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"

    def call(self, action: Callable[[ClientAPI], T], again: bool = False) -> T:
        """What `action` gives. It may run several times: while the server is away it is tried again for some seconds.

        With `again`, also what the server says of a collection that has gone, or is just going, is no last word.
        Raises IndexFault where the server stays away, or refuses the token or what is asked; without `again` NotFoundError.
        """
        deadline, pause = time.monotonic() + _PATIENCE_S * self._waits, 0.05

        def late() -> bool:
            return time.monotonic() + pause > deadline

        while True:
            try:
                return action(self._connected())
            except NotFoundError as error:
                if not again:
                    raise
                if late():
                    raise IndexFault(
                        f"The Chroma server at {self.place} has lost the index, which is being filled anew. "
                        "Your documents are untouched. Ask again in a while."
                    ) from error
            except httpx.HTTPError as error:
                if _refused(error):
                    raise IndexFault(
                        f"The Chroma server at {self.place} refuses access ({_said(error)}). Nothing was changed. "
                        "Set ROLEWISE_CHROMA_TOKEN to its token."
                    ) from error
                if late():
                    raise IndexFault(
                        f"The Chroma server at {self.place} cannot be reached ({_said(error)}). {_KEPT} "
                        "Start it, or see whether ROLEWISE_CHROMA_URL is right."
                    ) from error
            except ChromaError as error:
                if not again or late():
                    raise IndexFault(
                        f"The Chroma server at {self.place} refuses what it was asked ({error}). Your documents are "
                        "untouched. See whether its version is that of this RoleWise, then run `rolewise index --rebuild`."
                    ) from error
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_S)

    def _connected(self) -> ClientAPI:
        with self._connecting:
            if self._client is None:
                self._client = self._opened()
            return self._client

    def _opened(self) -> ClientAPI:
        settings, token = self._settings, self._settings.chroma_token
        # A proxy before the server reads the one, Chroma Cloud the other.
        headers = {"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {}
        url = (settings.chroma_url or "").rstrip("/")
        limits = httpx.Timeout(self._read_s, connect=_CONNECT_S)
        # Chroma's client has no time limit while it opens, and takes any web server for Chroma: so a look before.
        with httpx.Client(timeout=limits, headers=headers, event_hooks={"response": [_raise_faults]}) as first:
            if "nanosecond heartbeat" not in first.get(f"{url}/api/v2/heartbeat").text:
                raise IndexFault(
                    f"What answers at {self.place} is no Chroma server of version 1. Nothing was changed. "
                    "Correct ROLEWISE_CHROMA_URL; it looks like http://127.0.0.1:8000."
                )
        try:
            client = chromadb.HttpClient(
                url, headers=headers, tenant=settings.chroma_tenant, database=settings.chroma_database
            )
        except ValueError as error:
            raise IndexFault(
                f"The Chroma server at {self.place} cannot be used: {error} Nothing was changed. "
                "See ROLEWISE_CHROMA_TENANT and ROLEWISE_CHROMA_DATABASE."
            ) from error
        session: Any = client._server._session  # type: ignore[attr-defined]  # it offers no other way to set limits
        session.timeout = limits
        session.event_hooks = {"response": [_raise_faults]}
        return client


def _raise_faults(response: httpx.Response) -> None:
    """Chroma's client would make a bare Exception of what a proxy says; other refusals are Chroma's own to word."""
    if response.status_code in (401, 403, 429) or response.status_code >= 500:
        response.read()
        response.raise_for_status()


def _refused(error: httpx.HTTPError) -> bool:
    return isinstance(error, httpx.HTTPStatusError) and error.response.status_code in (401, 403)


def _said(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"status {error.response.status_code}"
    return type(error).__name__ if isinstance(error, httpx.TimeoutException) else str(error) or type(error).__name__
